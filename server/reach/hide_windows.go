package reach

import (
	"os/exec"
	"syscall"
)

// hideWindow keeps a console window from appearing.
func hideWindow(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }
