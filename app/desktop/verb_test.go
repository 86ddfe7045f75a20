package desktop

import (
	"maps"
	"testing"
)

func TestVerb(t *testing.T) {
	const exe = `C:\Program Files\Windowsill\windowsill.exe`
	for key, clicked := range map[string]string{
		`Software\Classes\*\shell\Windowsill`:                    `%1`,
		`Software\Classes\Directory\shell\Windowsill`:            `%1`,
		`Software\Classes\Directory\Background\shell\Windowsill`: `%V`,
		`Software\Classes\Drive\shell\Windowsill`:                `%1`,
	} {
		if _, ok := verbs[key]; !ok {
			t.Errorf("%s has no verb", key)
		}
		got, want := map[string]string{}, map[string]string{
			key + `@`:                 "Share with Windowsill",
			key + `@Icon`:             exe,
			key + `@MultiSelectModel`: "Player",
			key + `\command@`:         `"` + exe + `" "` + clicked + `"`,
		}
		for _, v := range verbValues(key, exe, "Share with Windowsill") {
			got[v.key+"@"+v.name] = v.data
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	if len(verbs) != 4 {
		t.Errorf("there are %d verbs", len(verbs))
	}
}
