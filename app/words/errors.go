package words

import (
	"errors"
	"maps"
	"strings"

	"fyne.io/fyne/v2/lang"
)

// ErrorText returns what an error says, in the person's language. An error for a person
// either has a method Sentence, which returns its sentence as an English template and
// what to put into it, or its text is the sentence. The words of the system are only in
// what such an error wraps, and are not shown. Any other error stays as it is.
func ErrorText(err error) string {
	var withData interface {
		Sentence() (template string, data map[string]any)
	}
	if errors.As(err, &withData) {
		template, data := withData.Sentence()
		data = maps.Clone(data)
		for k, v := range data {
			if s, ok := v.(string); ok {
				data[k] = Visible(s)
			}
		}
		return lang.L(template, data)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := e.Error(); !strings.Contains(text, "{{") && lang.L(text) != text { // {{ begins a template
			return Visible(strings.Replace(err.Error(), text, lang.L(text), 1))
		}
	}
	return Visible(err.Error())
}

// Translated is an error whose text is that of ErrorText, for dialogs of Fyne's that take
// an error.
type Translated struct{ Err error }

// Error returns the text in the person's language.
func (t Translated) Error() string { return ErrorText(t.Err) }

// Unwrap returns the error itself.
func (t Translated) Unwrap() error { return t.Err }

// Error is an error whose text is a sentence in the person's language. The cause, in the
// words of the system, is for developers.
type Error struct {
	Text string
	Err  error
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Text }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
