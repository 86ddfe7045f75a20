package desktop

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"time"
)

// Pictures on the clipboard go through programs that most systems have: xclip or
// wl-clipboard, osascript, PowerShell. Of the libraries for that,
// golang.design/x/clipboard v0.7.1 reads nothing of a picture that comes in pieces, as
// large ones do on X11, waits without end for a program that does not answer, and needs
// libX11.so, which only packages for developers bring.

const (
	// MaxPicture is how large a picture on the clipboard may be, in bytes.
	MaxPicture = 32 << 20
	// clipboardPatience is how long the program that holds the clipboard may take.
	clipboardPatience = 5 * time.Second
)

var (
	// ErrNoPicture says that there is no picture on the clipboard.
	ErrNoPicture = errors.New("no picture on the clipboard")
	// ErrPictureTooLarge says that it has more than [MaxPicture] bytes.
	ErrPictureTooLarge = errors.New("the picture on the clipboard is too large")
)

// PastedPicture returns the picture on the clipboard as a PNG. The error is
// [ErrNoPicture], also while [HasPictures] is false, [ErrPictureTooLarge], that of ctx, or
// says what went wrong.
func PastedPicture(ctx context.Context) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, clipboardPatience)
	defer cancel()
	return pastedPicture(ctx)
}

// CopyPicture puts a PNG on the clipboard.
func CopyPicture(ctx context.Context, png []byte) error {
	ctx, cancel := context.WithTimeout(ctx, clipboardPatience)
	defer cancel()
	return copyPicture(ctx, png)
}

// output runs a program and returns what it writes, if that is no more than most bytes.
func output(parent context.Context, most int64, name string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.WaitDelay = time.Second
	hideWindow(c)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(out, most+1))
	if err == nil && int64(len(b)) > most {
		cancel()
		err = ErrPictureTooLarge
	}
	return b, errors.Join(err, c.Wait(), context.Cause(parent))
}
