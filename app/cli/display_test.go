package cli

import (
	"errors"
	"runtime"
	"testing"
)

func TestWithDisplay(t *testing.T) {
	if runtime.GOOS == "linux" {
		t.Setenv("WAYLAND_DISPLAY", "")
		t.Setenv("DISPLAY", "")
		if err := WithDisplay(func() { t.Error("opened") }); !errors.Is(err, ErrNoDisplay) {
			t.Errorf("without a display: %v", err)
		}
	}
	t.Setenv("DISPLAY", "elsewhere:0")
	t.Setenv("FYNE_PLATFORM", "x11") // what WithDisplay would set
	opened := false
	if err := WithDisplay(func() { opened = true }); err != nil || !opened {
		t.Errorf("with a display: %v", err)
	}
	if err := WithDisplay(func() { panic("NotInitialized: The GLFW library is not initialized") }); !errors.Is(err, ErrNoDisplay) {
		t.Errorf("with one that lets nobody in: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a programming error is hidden")
		}
	}()
	WithDisplay(func() { panic("nil map") })
}
