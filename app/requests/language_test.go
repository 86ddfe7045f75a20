package requests

import (
	"testing"
	"time"

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

func TestCellsFitInAllLanguages(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	for _, tag := range words.Languages(assets.Languages()) {
		useLanguage(t, tag)
		if least := newColumns(262, 0); least.width[cellDevice] == 0 {
			t.Errorf("%s: the least window does not say who it was", tag)
		}
		if narrow := newColumns(262, 60); narrow.width[cellDevice] == 0 {
			t.Errorf("%s: the least window does not say an address", tag)
		}
		wide, narrow := newColumns(1200, 90), newColumns(270, 90)
		if wide.shortStatus || !narrow.shortStatus {
			t.Fatalf("%s: short is %t and %t", tag, wide.shortStatus, narrow.shortStatus)
		}
		requests := []server.Request{{}, {Status: 206, Cut: true}}
		for status := range statusWords {
			requests = append(requests, server.Request{Status: status})
		}
		fits := func(c *columns, cell int, text string) {
			if got := c.measurer.fit(text, c.width[cell]); got != text {
				t.Errorf("%s: %q is shown as %q", tag, text, got)
			}
		}
		for _, r := range requests {
			text, _ := statusText(&r)
			fits(wide, cellStatus, text)
			fits(narrow, cellStatus, shortStatusText(line{&r, 1}))
		}
		whole := func(cell int, text string) {
			if need := wide.measure(text); need > wide.width[cell] {
				t.Errorf("%s: %q needs %v, has %v", tag, text, need, wide.width[cell])
			}
		}
		for _, d := range []time.Duration{0, 999 * time.Millisecond, 59 * time.Second, 9 * time.Hour} {
			whole(cellDuration, words.Duration(d))
		}
		for _, n := range []int64{1, 999, 999e6, 9.9e9} {
			whole(cellBytes, words.Bytes(n))
		}
	}
}
