package app

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"testing"

	"windowsill/server"
)

// A test of the server's finds a sentence for each of its errors in every
// language; this one that the window says it.
func TestErrorsAreInThePersonsLanguage(t *testing.T) {
	speakIn("de")
	defer speakIn("en")
	eth0 := server.Address{Addr: netip.MustParseAddr("10.0.0.5"), Interface: "eth0"}
	for _, c := range []struct {
		err  error
		want string
	}{
		{server.ErrNoText, "Es gibt keinen Text zu senden. Bitte einen eingeben oder einfügen."},
		{server.ErrLongText, "Der Text ist zu lang. In Teilen oder als Datei senden."},
		{server.ErrNoShare, "Niemand bekäme den Text. Zuerst einen Ordner freigeben."},
		{fmt.Errorf("start: %w", &server.PortBusyError{Port: 8000, Suggestion: 8001}), "Port 8000 wird von einem anderen Programm benutzt. Vorschlag: 8001."},
		{&server.AddressMissingError{Wanted: "eth7", Has: []server.Address{eth0}}, "Dieser Computer hat im Moment keine Adresse eth7. Er hat eth0 (10.0.0.5)."},
		{&server.LogFileError{Path: "/var/log/x", Err: fs.ErrPermission}, "Das Protokoll lässt sich nicht nach /var/log/x schreiben. Bitte eine Datei wählen, die sich ändern lässt."},
		{errors.New("{{.Path}} is no template"), "{{.Path}} is no template"},
		{errors.New("what nobody foresaw"), "what nobody foresaw"},
	} {
		if got := errorText(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
