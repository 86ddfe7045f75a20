//go:build !windows

package reach

import "os/exec"

func hideWindow(*exec.Cmd) {}
