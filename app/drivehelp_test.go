package app

import (
	"testing"

	"windowsill/server"
)

func TestHowToOpenADrive(t *testing.T) {
	h := sharingWindow(t)
	h.change(withPIN("012345"))
	h.sees("PIN 012 345")
	at := addressText(h.view.column.link.link.Plain)
	h.tap("Other addresses")
	h.choose("Open as a drive…")
	h.sees("Explorer › This PC › Map network drive: http://"+at+"/", "Finder › Go › Connect to Server: http://"+at+"/",
		"Address bar of Files: dav://"+at+"/, of Dolphin: webdav://"+at+"/", "Any name will do; the password is the PIN, 012345.")
	h.tap("Copy address")
	if got := h.app.Clipboard().Content(); got != "http://"+at+"/" {
		t.Errorf("Copied %q.", got)
	}
	h.tap("Close")
	h.seesNot("Map network drive")
	h.change(func(s *server.Snapshot) { s.Policy.Open = true; s.Totals.Requests++ })
	h.until("no PIN", func() bool { return h.sharing.snapshot.Policy.Open })
	h.tap("Other addresses")
	h.choose("Open as a drive…")
	h.sees("Map network drive")
	h.seesNot("the password is")
}
