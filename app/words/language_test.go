package words

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"

	"windowsill/assets"
)

// The tests read English, whatever the system is set to.
func init() { setLanguage("en") }

func setLanguage(tag string) {
	if err := SetLanguage(assets.Languages(), tag); err != nil {
		panic(err)
	}
}

// useLanguage sets the language for one test, from a few messages.
func useLanguage(t *testing.T, want string) {
	t.Helper()
	locales := fstest.MapFS{
		"en.json": {Data: []byte(`{"{{.Count}} files": {"one": "{{.Count}} file", "other": "{{.Count}} files"}}`)},
		"de.json": {Data: []byte(`{"Share": "Freigeben", "Cancel": "Abbrechen", "{{.Count}} s": "{{.Count}} Sek.",
			"{{.Count}} files": {"one": "{{.Count}} Datei", "other": "{{.Count}} Dateien"}}`)},
		"ar.json": {Data: []byte(`{"Share": "مشاركة"}`)},
	}
	if err := SetLanguage(locales, want); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { setLanguage("en") })
}

func TestTextsAreInTheChosenLanguage(t *testing.T) {
	useLanguage(t, "de-AT")
	for _, c := range []struct{ got, want string }{
		{lang.L("Share"), "Freigeben"},
		{lang.L("Cancel"), "Abbrechen"}, // of Fyne's own dialogs
		{lang.X("file.name", "Name"), "Name"},
		{Count(1, "{{.Count}} files"), "1 Datei"},
		{Count(12_345, "{{.Count}} files"), "12.345 Dateien"},
		{lang.L("Keep it"), "Keep it"},
		{Bytes(2_400_000), "2,4 MB"},
		{Duration(3400 * time.Millisecond), "3,4 Sek."},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestLocaleWithAModifierIsALanguage(t *testing.T) {
	useLanguage(t, "de-DE@euro")
	if got := lang.L("Share"); got != "Freigeben" {
		t.Errorf("%q, want German", got)
	}
}

func TestOtherLanguagesFallBackToEnglish(t *testing.T) {
	for _, want := range []string{"en-GB", "C", "sw", "ar", "\x00"} {
		useLanguage(t, want)
		if got := lang.L("Share"); got != "Share" {
			t.Errorf("%q: %q", want, got)
		}
		if got := Count(1, "{{.Count}} files"); got != "1 file" {
			t.Errorf("%q: %q", want, got)
		}
	}
}

func TestBestMatch(t *testing.T) {
	tags := []language.Tag{language.English, language.German, language.French, language.Portuguese}
	for preferred, want := range map[string]string{
		"": "en", "C": "en", "de-CH": "de", "sw fr": "fr", "pt-BR": "pt", "nb": "en", "en-GB de": "en",
	} {
		if got := bestMatch(tags, strings.Fields(preferred)).String(); got != want {
			t.Errorf("%q: %s, want %s", preferred, got, want)
		}
	}
}

func TestDamagedFileIsAnError(t *testing.T) {
	if err := SetLanguage(fstest.MapFS{"de.json": {Data: []byte(`{`)}}, "de"); err == nil {
		t.Error("no error")
	}
}
