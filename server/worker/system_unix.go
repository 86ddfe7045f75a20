//go:build unix

package worker

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// niceness is how far workers stand back behind what else the computer does.
// At 5 one that competes gets a third of the usual share: not so little that
// an honest document comes to its end in time.
const niceness = 5

// slack is how much more than its heap a process may map, in bytes: the
// runtime maps 64 MB at a time, and each thread has a stack.
const slack = 192 << 20

// separate keeps a worker from the signals of the terminal: the program says
// when it ends. It stands in no folder, so that a drive can be unmounted.
func separate(cmd *exec.Cmd) {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// restrain asks the system for bounds. A worker is a group of its own, whose
// priority is set as a whole: on Linux each thread has one, and there are
// several already.
func restrain(memory int64) {
	_ = unix.Setpriority(unix.PRIO_PGRP, 0, niceness)
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	if mapped := dataMapped(); mapped > 0 {
		_ = unix.Setrlimit(unix.RLIMIT_DATA, rlimit(mapped+memory+slack))
	}
}

// rlimit is a limit that cannot be raised again.
func rlimit(most int64) *unix.Rlimit {
	var l unix.Rlimit
	setBoth(&l.Cur, &l.Max, most)
	return &l
}

// setBoth sets the fields of a limit, whose type is not the same on all systems.
func setBoth[T int64 | uint64](cur, max *T, most int64) { *cur, *max = T(most), T(most) }

// dataMapped is what RLIMIT_DATA counts, in bytes, as proc(5) tells it of
// this process; 0 where there is no such file.
func dataMapped() int64 {
	statm, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(statm))
	if err != nil || len(fields) < 6 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[5], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// processorTime is what this process has used so far.
func processorTime() time.Duration {
	var used unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
