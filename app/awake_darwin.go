package app

import (
	"os"
	"os/exec"
	"strconv"
)

// stayAwake keeps macOS from falling asleep until release is called, or this
// program ends.
func stayAwake(string) (release func(), err error) {
	c := exec.Command("/usr/bin/caffeinate", "-i", "-w", strconv.Itoa(os.Getpid()))
	if err := c.Start(); err != nil {
		return nil, err
	}
	return func() { _ = c.Process.Kill(); _ = c.Wait() }, nil
}
