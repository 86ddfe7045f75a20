package desktop

import (
	"bytes"
	"context"
	"encoding/hex"
	"os"
	"os/exec"
)

// HasPictures reports whether pictures can be pasted and copied.
func HasPictures() bool { return true }

// PicturesNeed returns what to install so that they can; "" where nothing is needed.
func PicturesNeed() string { return "" }

// pastedPicture reads what osascript writes: «data PNGf89504E47…».
func pastedPicture(ctx context.Context) ([]byte, error) {
	b, err := output(ctx, 2*MaxPicture+64, "/usr/bin/osascript", "-e", "the clipboard as «class PNGf»")
	if err != nil {
		if ctx.Err() != nil || err == ErrPictureTooLarge {
			return nil, err
		}
		return nil, ErrNoPicture
	}
	_, b, _ = bytes.Cut(b, []byte("PNGf"))
	b, _, _ = bytes.Cut(b, []byte("»"))
	return hex.AppendDecode(nil, b)
}

func copyPicture(ctx context.Context, png []byte) error {
	return withPicture(png, func(path string) error {
		return exec.CommandContext(ctx, "/usr/bin/osascript", "-e", "on run argv", "-e", "set the clipboard to (read (POSIX file (item 1 of argv)) as «class PNGf»)", "-e", "end run", path).Run()
	})
}

// withPicture calls do with the path of a file that has a picture in it.
func withPicture(png []byte, do func(path string) error) error {
	f, err := os.CreateTemp("", "windowsill-*.png")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(png)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return do(f.Name())
}

func hideWindow(*exec.Cmd) {}
