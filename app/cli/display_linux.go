package cli

import (
	"errors"
	"net"
	"os"
	"strings"
	"time"
)

// ErrNoDisplay says that no window can be opened here.
var ErrNoDisplay = errors.New("There is no display to open a window on. Use windowsill -no-window FOLDER to serve from the terminal.")

// CheckDisplay returns [ErrNoDisplay] where opening a window would fail: the
// library that opens it would end the program with a stack trace.
func CheckDisplay() error {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return nil
	}
	display := os.Getenv("DISPLAY")
	host, number, ok := strings.Cut(display, ":")
	if !ok {
		return ErrNoDisplay
	}
	if host != "" && host != "unix" {
		return nil // another computer's screen: asking it could take long
	}
	number, _, _ = strings.Cut(number, ".")
	for _, socket := range []string{"@/tmp/.X11-unix/X" + number, "/tmp/.X11-unix/X" + number} {
		if c, err := net.DialTimeout("unix", socket, time.Second); err == nil {
			c.Close()
			return nil
		}
	}
	return ErrNoDisplay
}
