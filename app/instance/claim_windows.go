package instance

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// claim makes the named pipe that only the first instance has, or hands the
// paths to who made it. The system takes the pipe away with its process.
func (i *Instance) claim(paths []string) (first bool, err error) {
	name, err := pipeName()
	if err != nil {
		return true, nil
	}
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return true, nil
	}
	pipe, err := windows.CreateNamedPipe(path,
		windows.PIPE_ACCESS_DUPLEX|windows.FILE_FLAG_FIRST_PIPE_INSTANCE,
		windows.PIPE_TYPE_BYTE|windows.PIPE_WAIT|windows.PIPE_REJECT_REMOTE_CLIENTS,
		1, pipeBuffer, pipeBuffer, 0, nil)
	switch {
	case errors.Is(err, windows.ERROR_ACCESS_DENIED), errors.Is(err, windows.ERROR_PIPE_BUSY):
		return false, callPipe(name, paths)
	case err == nil:
		// Never closed: that would wait for the next one who calls.
		go i.acceptPipe(pipe)
	}
	return true, nil
}

// pipeBuffer is how much the system keeps of what is written and not read yet, in
// bytes.
const pipeBuffer = 64 << 10

// pipeName has the person in it, as pipes have one name space for all.
func pipeName() (string, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return "", err
	}
	return `\\.\pipe\windowsill-` + user.User.Sid.String(), nil
}

// callPipe hands paths to the first instance. Only who was clicked last may
// bring a window to the front, and that is this process: it passes that on.
func callPipe(name string, paths []string) error {
	const anyProcess = ^uintptr(0)
	windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(anyProcess)
	answer := make(chan error, 1)
	go func() { answer <- openPipe(name, paths) }()
	select {
	case err := <-answer:
		return err
	case <-time.After(patience):
		return ErrNoAnswer
	}
}

func openPipe(name string, paths []string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(patience / 100) {
		pipe, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil { // it speaks with another one just now
			continue
		}
		defer pipe.Close()
		if deliver(pipe, paths) != nil {
			break
		}
		return nil
	}
	return ErrNoAnswer
}

// acceptPipe speaks with one at a time.
func (i *Instance) acceptPipe(pipe windows.Handle) {
	for {
		err := windows.ConnectNamedPipe(pipe, nil)
		if err != nil && !errors.Is(err, windows.ERROR_PIPE_CONNECTED) {
			return
		}
		i.receive(pipeEnd(pipe))
		_ = windows.FlushFileBuffers(pipe) // so that the answer is read before the end
		if windows.DisconnectNamedPipe(pipe) != nil {
			return
		}
	}
}

// pipeEnd reads and writes a pipe that stays open from one caller to the next.
type pipeEnd windows.Handle

func (p pipeEnd) Read(b []byte) (n int, err error) { return windows.Read(windows.Handle(p), b) }

func (p pipeEnd) Write(b []byte) (n int, err error) { return windows.Write(windows.Handle(p), b) }
