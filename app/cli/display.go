package cli

import (
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
)

// ErrNoDisplay says that no window can be opened here.
var ErrNoDisplay = errors.New("There is no display to open a window on. Use windowsill -no-window FOLDER to serve from the terminal.")

// WithDisplay calls open, which opens a window, and returns when that is
// closed. It returns [ErrNoDisplay] where no window can be opened: the library
// that does it would end the program with a stack trace.
func WithDisplay(open func()) (err error) {
	if !hasDisplay() {
		return ErrNoDisplay
	}
	if os.Getenv("WAYLAND_DISPLAY") == "" && os.Getenv("FYNE_PLATFORM") == "" {
		_ = os.Setenv("FYNE_PLATFORM", "x11") // on Linux it would look for Wayland first, whose library prints an error
	}
	log.SetOutput(&fyneLog{out: os.Stderr}) // for good: Fyne still logs when its window is closed
	defer func() {
		p := recover()
		if p != nil && !strings.Contains(fmt.Sprint(p), "GLFW") {
			panic(p)
		}
		if p != nil { // a display that does not let us in
			err = ErrNoDisplay
		}
	}()
	open()
	return nil
}
