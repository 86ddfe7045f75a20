package requests

import (
	"testing"

	"windowsill/app/words"
	"windowsill/assets"
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
