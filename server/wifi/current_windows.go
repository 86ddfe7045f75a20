package wifi

import (
	"context"
	"os/exec"
	"syscall"
)

// current asks netsh, whose output has "SSID" in every language.
func current(ctx context.Context) string {
	c := exec.CommandContext(ctx, "netsh", "wlan", "show", "interfaces")
	c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	out, err := c.Output()
	if err != nil {
		return ""
	}
	return valueAfter(string(out), "SSID")
}
