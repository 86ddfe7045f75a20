package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/kit/kittest"
	"windowsill/app/settings"
)

func TestLogFileSetting(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	h := newHarness(t)
	choice := newLogSettings(h.control, &h.store, func(fyne.CanvasObject) {})
	check := kittest.Find[*kit.Check](t, choice)
	for _, c := range []struct {
		on   bool
		path string
	}{{true, settings.LogFilePath()}, {false, ""}} {
		check.SetChecked(c.on)
		h.until("the server is told", func() bool { return h.engine.wasTold(fmt.Sprintf("log to %q", c.path)) })
		if got := h.store.LogFile(); got != c.path {
			t.Errorf("switched %v: remembered is %q, want %q", c.on, got, c.path)
		}
	}
	if path := settings.LogFilePath(); !strings.HasSuffix(path, "requests.log") {
		t.Errorf("the file is %q", path)
	}
	h.engine.mu.Lock()
	h.engine.logError = errors.New("The disk is full.")
	h.engine.mu.Unlock()
	check.SetChecked(true)
	h.until("it is said that the file cannot be written", func() bool {
		return slices.ContainsFunc(test.LaidOutObjects(choice), func(o fyne.CanvasObject) bool {
			l, ok := o.(*widget.Label)
			return ok && l.Visible() && strings.Contains(l.Text, "The disk is full.")
		})
	})
}
