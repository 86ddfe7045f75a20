package desktop

import (
	"os"
	"os/exec"
	"strconv"
)

// StayAwake keeps macOS from sleeping until release is called or the program ends.
func StayAwake(string) (release func(), err error) {
	c := exec.Command("/usr/bin/caffeinate", "-i", "-w", strconv.Itoa(os.Getpid()))
	if err := c.Start(); err != nil {
		return nil, err
	}
	return func() { _ = c.Process.Kill(); _ = c.Wait() }, nil
}
