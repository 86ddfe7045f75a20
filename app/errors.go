package app

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/app/words"
	"windowsill/server"
)

// What a person has to know that no error of the server's says.
var (
	errFlooded     = errors.New("Too many wrong PINs were tried. The PIN is new.")
	errNotOpened   = errors.New("The folder could not be shown. Open it in your file manager.")
	errNotAllowed  = errors.New("The system has not let the firewall be changed. Copy the command, and run it in a terminal.")
	errNotRestored = errors.New("This could not be brought back. It lies in the hidden folder .windowsill-trash of the shared folder.")
)

func isOneOf(err error, others ...error) bool {
	return slices.ContainsFunc(others, func(o error) bool { return errors.Is(err, o) })
}

// errorText says in the person's language what went wrong. An error that nobody here
// knows stays as it is.
func errorText(err error) string {
	var busy *server.PortBusyError
	var forbidden *server.PortForbiddenError
	var unusable *server.PortUnusableError
	var notLocal *desktop.NotLocalError
	switch {
	case errors.As(err, &busy):
		return portText(busy.Port, busy.Suggestion,
			words.Phrase("Port {{.Port}} is used by another program. Choose another one."),
			words.Phrase("Port {{.Port}} is used by another program. Try {{.Other}}."))
	case errors.As(err, &forbidden):
		return portText(forbidden.Port, forbidden.Suggestion,
			words.Phrase("Port {{.Port}} is reserved for administrators. Choose one above 1023."),
			words.Phrase("Port {{.Port}} is reserved for administrators. Choose one above 1023, such as {{.Other}}."))
	case errors.As(err, &unusable):
		return portText(unusable.Port, 0, words.Phrase("Port {{.Port}} could not be opened. Try another one."), "")
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

// portText translates the first text, or the second if there is another port to
// offer.
func portText(port, other int, without, with string) string {
	if other != 0 {
		without = with
	}
	return lang.L(without, map[string]any{"Port": strconv.Itoa(port), "Other": strconv.Itoa(other)})
}

// translated is an error whose text is translated, for dialogs of Fyne's that take no
// text.
type translated struct{ error }

func (t translated) Error() string { return errorText(t.error) }

func (t translated) Unwrap() error { return t.error }
