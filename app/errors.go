package app

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/app/words"
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

// errorText says in the person's language what went wrong. An error for a person
// has a method Sentence, or its text is its sentence; anything else stays as it
// is.
func errorText(err error) string {
	var notLocal *desktop.NotLocalError
	if errors.As(err, &notLocal) {
		return lang.L("{{.Name}} is not a place on this computer’s disks. Choose another one.", map[string]any{"Name": words.Visible(notLocal.URI)})
	}
	var filled interface {
		Sentence() (template string, data map[string]any)
	}
	if errors.As(err, &filled) {
		template, data := filled.Sentence()
		return words.Visible(lang.L(template, data))
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := e.Error(); !strings.Contains(text, "{{") && lang.L(text) != text { // {{ begins a template
			return words.Visible(strings.Replace(err.Error(), text, lang.L(text), 1))
		}
	}
	return words.Visible(err.Error())
}

// translated is an error whose text is translated, for dialogs of Fyne's that take no
// text.
type translated struct{ error }

func (t translated) Error() string { return errorText(t.error) }

func (t translated) Unwrap() error { return t.error }
