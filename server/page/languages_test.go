package page

import (
	"testing"

	"windowsill/assets"
)

// What browsers ask for, and the language of ours that it gets. Chinese of
// Taiwan is closer to simplified Chinese than to English.
func TestLanguagesThatThereAre(t *testing.T) {
	english, err := New(files, assets.Languages())
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"de-CH,de;q=0.9": "de", "fr-CA": "fr", "es-MX": "es", "pt-BR,pt;q=0.9,en;q=0.8": "pt", "it": "it", "ja-JP": "ja",
		"zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW,zh;q=0.9,en;q=0.8": "zh-Hans", "ar-EG": "ar", "hi-IN": "hi", "nb": "en", "ko": "en",
	} {
		if got := english.In(header).Language(); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
	for language, want := range map[string]string{"ar": "1,234", "hi": "1,234", "de": "1.234"} {
		if got := english.In(language).words.number(1234); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
