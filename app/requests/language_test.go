package requests

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

// The tests read English, whatever the system is set to.
func init() { setLanguage("en") }

func setLanguage(tag string) {
	if err := words.SetLanguage(assets.Languages(), tag); err != nil {
		panic(err)
	}
}

// useLanguage sets the language for one test.
func useLanguage(t *testing.T, tag string) {
	t.Helper()
	setLanguage(tag)
	t.Cleanup(func() { setLanguage("en") })
}

func TestStatusFitsInAllLanguages(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	for _, tag := range words.Languages(assets.Languages()) {
		useLanguage(t, tag)
		c := newColumns(1200, 90)
		for status := range statusWords {
			text, _ := statusText(&server.Request{Status: status})
			if got := c.measurer.fit(text, c.width[cellStatus]); got != text {
				t.Errorf("%s: %q is shown as %q", tag, text, got)
			}
		}
	}
}
