package cli

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// Attach lets the program speak in the console that it was started from. As a
// program with a window it has none of its own; and where its output goes to a
// file or a pipe, that stays so.
func Attach() {
	attach := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")
	const ofParent = ^uintptr(0)
	if ok, _, _ := attach.Call(ofParent); ok == 0 {
		return
	}
	console, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return
	}
	for _, f := range []**os.File{&os.Stdout, &os.Stderr} {
		if _, err := (*f).Stat(); err != nil {
			*f = console
		}
	}
}

// complain tells a person what went wrong: in the console, or without one in a
// window of the system's.
func complain(err error) {
	if _, none := os.Stderr.Stat(); none == nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	text, textErr := windows.UTF16PtrFromString(err.Error())
	title, titleErr := windows.UTF16PtrFromString("Windowsill")
	if textErr == nil && titleErr == nil {
		_, _ = windows.MessageBox(0, text, title, windows.MB_ICONWARNING) // nobody is left to tell
	}
}
