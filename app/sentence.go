package app

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/app/words"
	"windowsill/server"
)

// sentence says in the person's language what went wrong. What the server says
// in words of its own is known by how it reads in English; what nobody here
// knows stays as it is.
func sentence(err error) string {
	var busy *server.PortBusyError
	var forbidden *server.PortForbiddenError
	var unusable *server.PortUnusableError
	var notLocal *desktop.NotLocalError
	switch {
	case errors.As(err, &busy):
		return portSentence(busy.Port, busy.Suggestion,
			words.Phrase("Port {{.Port}} is used by another program. Choose another one."),
			words.Phrase("Port {{.Port}} is used by another program. Try {{.Other}}."))
	case errors.As(err, &forbidden):
		return portSentence(forbidden.Port, forbidden.Suggestion,
			words.Phrase("Port {{.Port}} is reserved for administrators. Choose one above 1023."),
			words.Phrase("Port {{.Port}} is reserved for administrators. Choose one above 1023, such as {{.Other}}."))
	case errors.As(err, &unusable):
		return portSentence(unusable.Port, 0, words.Phrase("Port {{.Port}} could not be opened. Try another one."), "")
	case errors.As(err, &notLocal):
		return lang.L("{{.Name}} is not a place on this computer’s disks. Choose another one.", map[string]any{"Name": words.Visible(notLocal.URI)})
	}
	for _, known := range []error{
		server.ErrFolderMissing, server.ErrNotAFolder, server.ErrFolderUnreadable, server.ErrFolderGone, server.ErrBusy, errFlooded, errNotAllowed,
	} {
		if errors.Is(err, known) {
			return words.Visible(strings.Replace(err.Error(), known.Error(), lang.L(known.Error()), 1))
		}
	}
	return words.Visible(err.Error())
}

// portSentence says the first, or the second if there is another port to
// offer.
func portSentence(port, other int, without, with string) string {
	if other != 0 {
		without = with
	}
	return lang.L(without, map[string]any{"Port": strconv.Itoa(port), "Other": strconv.Itoa(other)})
}

// translated is an error that says its sentence in the person's language, for
// dialogs of Fyne's that take no text.
type translated struct{ error }

func (t translated) Error() string { return sentence(t.error) }

func (t translated) Unwrap() error { return t.error }
