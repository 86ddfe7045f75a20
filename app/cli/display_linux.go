package cli

import (
	"net"
	"os"
	"strings"
	"time"
)

// hasDisplay reports whether a display answers.
func hasDisplay() bool {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return true
	}
	host, number, ok := strings.Cut(os.Getenv("DISPLAY"), ":")
	if !ok {
		return false
	}
	if host != "" && host != "unix" {
		return true // another computer's screen: asking it could take long
	}
	number, _, _ = strings.Cut(number, ".")
	for _, socket := range []string{"@/tmp/.X11-unix/X" + number, "/tmp/.X11-unix/X" + number} {
		if c, err := net.DialTimeout("unix", socket, time.Second); err == nil {
			c.Close()
			return true
		}
	}
	return false
}
