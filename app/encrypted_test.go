package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"windowsill/app/settings"
	"windowsill/server"
)

// encrypt makes a snapshot that of an encrypted share.
func encrypt(authority string) func(*server.Snapshot) {
	return func(n *server.Snapshot) {
		n.Totals.Requests++
		n.Links = slices.Clone(n.Links)
		for i := range n.Links {
			n.Links[i].URL = strings.Replace(n.Links[i].URL, "http:", "https:", 1)
			n.Links[i].Plain = strings.Replace(n.Links[i].Plain, "http:", "https:", 1)
		}
		n.Certificate = server.Certificate{Words: "together mail awful cradle", Fingerprint: "AB:CD", Authority: authority, AuthorityName: "Windowsill on desk", AuthorityFingerprint: "12:34"}
	}
}

func TestEncryptedIsASetting(t *testing.T) {
	h := sharingWindow(t)
	if h.sharing.snapshot.Share.TLS.On {
		t.Fatal("A share is encrypted, though nobody asked for it.")
	}
	h.openSettings()
	h.check("Encrypted").SetChecked(true)
	h.sees("This applies the next time you share.")
	if !settings.Encrypted.Get(&h.store) {
		t.Error("It is not remembered.")
	}
	h.view.showSettings(false)
	h.tap("Stop sharing")
	h.untilState(server.Stopped)
	h.tap("Share")
	h.untilState(server.Sharing)
	if !h.sharing.snapshot.Share.TLS.On {
		t.Error("The next share is not encrypted.")
	}
	h.openSettings()
	h.seesNot("This applies the next time you share.")
}

func TestOwnCertificateOfTheCommandLineIsUsed(t *testing.T) {
	want := server.TLS{On: true, Certificate: "/srv/certificates"}
	h := sharingWindow(t)
	h.sharing.given.TLS = want
	if got := h.sharing.tls(); got != want {
		t.Errorf("%+v", got)
	}
	h.sharing.setEncrypted(false)
	if got := h.sharing.tls(); got != (server.TLS{}) {
		t.Errorf("Switched off in the window, it is %+v", got)
	}
}

func TestWindowSaysHowDevicesTrustThisComputer(t *testing.T) {
	h := sharingWindow(t)
	h.tap("Other addresses")
	h.seesNot("Trust this computer…")
	h.view.column.link.address.menu.FocusLost()
	authority := filepath.Join(t.TempDir(), "authority.crt")
	if err := os.WriteFile(authority, []byte("certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.change(encrypt(authority))
	h.sees("Encrypted. Compare: together mail awful cradle")
	link := h.view.column.link.link
	if !strings.HasPrefix(link.URL, "https://") {
		t.Errorf("The code is %s.", link.URL)
	}
	h.tap("Other addresses")
	h.choose("Trust this computer…")
	h.sees("The device gets the certificate at "+addressText(link.Plain)+"/.windowsill/trust", "12:34", "iPhone, iPad", "Android", "Windows", "macOS", "Firefox")
	h.tap("Close")
	h.seesNot("12:34")
}

func TestDriveOfAnEncryptedShare(t *testing.T) {
	h := sharingWindow(t)
	h.change(encrypt(""))
	at := addressText(h.view.column.link.link.Plain)
	h.tap("Other addresses")
	h.choose("Open as a drive…")
	h.sees("Explorer › This PC › Map network drive: https://"+at+"/", "Finder › Go › Connect to Server: https://"+at+"/",
		"Address bar of Files: davs://"+at+"/, of Dolphin: webdavs://"+at+"/")
	h.tap("Copy address")
	if got := h.app.Clipboard().Content(); got != "https://"+at+"/" {
		t.Errorf("Copied %q.", got)
	}
}

func TestCertificateIsSaved(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "authority.crt"), filepath.Join(dir, "windowsill.crt")
	if err := os.WriteFile(from, []byte("certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	var offered string
	h := &trustHelp{saveAs: func(_ fyne.Window, name string, save func(string) error) {
		offered = name
		if err := save(to); err != nil {
			t.Error(err)
		}
	}}
	h.save(from)
	if got, err := os.ReadFile(to); string(got) != "certificate" || offered != "windowsill.crt" {
		t.Errorf("%s: %q, %v", offered, got, err)
	}
}
