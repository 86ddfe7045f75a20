//go:build unix

package worker

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

func init() {
	jobs["describe"] = func(_ []byte, out io.Writer) error {
		dir, err := os.Getwd()
		nice, e := unix.Getpriority(unix.PRIO_PROCESS, 0)
		if runtime.GOOS == "linux" {
			nice = 20 - nice // getpriority(2), "C library/kernel differences"
		}
		fmt.Fprint(out, dir, " ", nice, " ", e, " ", unix.Getpgrp() == os.Getpid())
		return err
	}
}

func TestWorkerStandsBack(t *testing.T) {
	got, err := do(t, pool(t, Options{}), "describe", "")
	if want := "/ 5 <nil> true"; got != want || err != nil {
		t.Errorf("folder, priority and group are %q, %v, want %q", got, err, want)
	}
}
