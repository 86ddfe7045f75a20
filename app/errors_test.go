package app

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"testing"

	"windowsill/app/desktop"
	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

// errorTexts are errors that reach a person in the window, and what a German one reads.
var errorTexts = []struct {
	err  error
	want string
}{
	{server.ErrNoText, "Es gibt keinen Text zu senden. Bitte einen eingeben oder einfügen."},
	{server.ErrNoDevice, "Dieses Gerät ist nicht mehr dabei und bekommt keinen Text."},
	{server.ErrLongText, "Der Text ist zu lang. In Teilen oder als Datei senden."},
	{server.ErrNoShare, "Niemand bekäme den Text. Zuerst einen Ordner freigeben."},
	{fmt.Errorf("start: %w", &server.PortBusyError{Port: 8000, Suggestion: 8001}), "Port 8000 wird von einem anderen Programm benutzt. Vorschlag: 8001."},
	{&server.AddressMissingError{Wanted: "eth7", Has: []server.Address{{Addr: netip.MustParseAddr("10.0.0.5"), Interface: "eth0"}}},
		"Dieser Computer hat im Moment keine Adresse eth7. Er hat eth0 (10.0.0.5)."},
	{&server.LogFileError{Path: "/var/log/x", Err: fs.ErrPermission}, "Das Protokoll lässt sich nicht nach /var/log/x schreiben. Bitte eine Datei wählen, die sich ändern lässt."},
	{&desktop.NotLocalError{URI: "sftp://host/x"}, "sftp://host/x liegt nicht auf einem Laufwerk dieses Computers. Bitte etwas anderes wählen."},
	{&desktop.EntryError{Path: "/home/x", Err: fs.ErrPermission}, "/home/x ließ sich nicht ändern. Bitte prüfen, ob die Rechte dafür da sind und auf dem Laufwerk Platz ist."},
	{errFlooded, "Zu viele falsche PINs wurden versucht. Die PIN ist neu."},
	{errNotOpened, "Der Ordner ließ sich nicht anzeigen. Bitte im Dateimanager öffnen."},
	{errNotAllowed, "Das System hat die Firewall nicht ändern lassen. Bitte den Befehl kopieren und in einem Terminal ausführen."},
	{errNotRestored, "Das ließ sich nicht zurückholen. Es liegt im versteckten Ordner .windowsill-trash der Freigabe."},
	{errNotAccepted, "Das ließ sich nicht zur Seite des Ordners machen. Bitte prüfen, ob sich der Ordner ändern lässt."},
	{errors.New("what nobody foresaw"), "what nobody foresaw"},
}

func TestReportIsTranslated(t *testing.T) {
	useLanguage(t, "de")
	h := opened(t)
	for _, c := range errorTexts {
		h.report(c.err)
		h.sees(c.want)
	}
}

func TestLossInTheLogFileIsReportedOnce(t *testing.T) {
	h := sharingWindow(t)
	lost := &server.LogFileError{Path: "/var/log/x", Missing: 12, Err: fs.ErrPermission}
	h.change(func(n *server.Snapshot) { n.LogErr = lost; n.Totals.Requests++ })
	h.sees(lost.Error())
	h.tap("Close this message")
	h.change(func(n *server.Snapshot) {
		n.LogErr = &server.LogFileError{Path: "/var/log/x", Missing: 13, Err: fs.ErrPermission}
		n.Totals.Requests++
	})
	h.seesNot("Missing requests")
}

// A test of the server's does the same for its own errors.
func TestErrorsOfTheWindowAreTranslated(t *testing.T) {
	for _, tag := range words.Languages(assets.Languages()) {
		if tag == "en" {
			continue
		}
		useLanguage(t, tag)
		for _, err := range []error{
			errFlooded, errNotOpened, errNotAllowed, errNotRestored, errNotAccepted, errNoReceivedFolder, errFileNotOpened, errNotCopied, errNotDeleted,
			&desktop.NotLocalError{URI: "sftp://host/x"}, &desktop.EntryError{Path: "/home/x"},
		} {
			if got := words.ErrorText(err); got == err.Error() {
				t.Errorf("%s: %q is English.", tag, got)
			}
		}
	}
}

func TestErrorsOfTextAndLogFile(t *testing.T) {
	useLanguage(t, "de")
	h := opened(t)
	h.sharing.folder.set("/srv/Summer 2026")
	h.tap("Freigeben")
	h.untilState(server.Sharing)
	h.engine.mu.Lock()
	h.engine.textError, h.engine.logError = server.ErrLongText, &server.LogFileError{Path: "/var/log/x", Err: fs.ErrPermission}
	h.engine.mu.Unlock()
	h.tap("Hinzufügen oder senden")
	h.choose("Text senden …")
	h.answer("Senden")
	h.until("the sentence", func() bool { return h.view.alerts.notice.content.Visible() })
	h.sees("Der Text ist zu lang.")
	h.openSettings()
	h.check("Anfragen in eine Datei schreiben").SetChecked(true)
	h.control.jobs.Wait()
	h.drain()
	h.sees("Das Protokoll lässt sich nicht nach /var/log/x schreiben.")
	h.seesNot("permission denied")
}
