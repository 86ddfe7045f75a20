package worker

import (
	"os"
	"os/exec"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// separate keeps a worker from opening a console, and lets it stand back
// behind what else the computer does. It stands in no folder that is shared,
// so that a drive can be ejected.
func separate(cmd *exec.Cmd) {
	cmd.Dir = os.Getenv("SystemRoot")
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW | windows.BELOW_NORMAL_PRIORITY_CLASS}
}

// restrain asks the system for a bound on memory.
func restrain(memory int64) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return
	}
	var l windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	l.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY
	l.ProcessMemoryLimit = uintptr(memory + memory/2)
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&l)), uint32(unsafe.Sizeof(l)))
	if err == nil {
		_ = windows.AssignProcessToJobObject(job, windows.CurrentProcess())
	}
}

// processorTime is what this process has used so far.
func processorTime() time.Duration {
	var created, exited, kernel, user windows.Filetime
	if windows.GetProcessTimes(windows.CurrentProcess(), &created, &exited, &kernel, &user) != nil {
		return 0
	}
	const tick = 100 * time.Nanosecond
	return tick * time.Duration(int64(kernel.HighDateTime+user.HighDateTime)<<32+int64(kernel.LowDateTime)+int64(user.LowDateTime))
}
