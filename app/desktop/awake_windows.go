package desktop

import (
	"runtime"

	"golang.org/x/sys/windows"
)

// Flags of SetThreadExecutionState.
const (
	esContinuous     = 0x80000000
	esSystemRequired = 0x00000001
)

// StayAwake keeps Windows from sleeping until release is called. The state belongs to
// a thread, which is kept meanwhile.
func StayAwake(string) (release func(), err error) {
	set := windows.NewLazySystemDLL("kernel32.dll").NewProc("SetThreadExecutionState")
	if err := set.Find(); err != nil {
		return nil, err
	}
	end := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		set.Call(esContinuous | esSystemRequired)
		<-end
		set.Call(esContinuous)
	}()
	return func() { close(end) }, nil
}
