package words

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

// portError is an error for a person with something in it that others chose.
type portError struct{ name string }

func (e portError) Error() string { return e.name + " is taken." }
func (e portError) Unwrap() error { return fs.ErrExist }
func (e portError) Sentence() (string, map[string]any) {
	return "{{.Name}} is taken.", map[string]any{"Name": e.name}
}

func TestErrorText(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"with data", portError{"8000"}, "8000 is taken."},
		{"wrapped", fmt.Errorf("start: %w", portError{"8000"}), "8000 is taken."},
		{"data that deceives", portError{"a\u202eb\n"}, `a\u202eb\n is taken.`},
		{"a text that deceives", errors.New("a\u202eb"), `a\u202eb`},
		{"a text like a template", errors.New("{{.Path}} and {{"), "{{.Path}} and {{"},
		{"unknown", errors.New("what nobody foresaw"), "what nobody foresaw"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ErrorText(c.err); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if got := (Translated{c.err}); got.Error() != c.want || !errors.Is(got, c.err) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestErrorTextIsTranslated(t *testing.T) {
	setLanguage("de")
	t.Cleanup(func() { setLanguage("en") })
	err := errors.New("A folder is already shared. Stop sharing it first.")
	if got := ErrorText(fmt.Errorf("%w", err)); got == err.Error() || got == "" {
		t.Errorf("%q is not German", got)
	}
}
