package desktop

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
)

const pngType = "image/png"

// clipboard are the commands that read and write the clipboard.
type clipboard struct {
	types, paste, copy []string
}

var (
	wayland = clipboard{[]string{"wl-paste", "--list-types"}, []string{"wl-paste", "--no-newline", "--type", pngType}, []string{"wl-copy", "--type", pngType}}
	x11     = clipboard{
		[]string{"xclip", "-selection", "clipboard", "-o", "-t", "TARGETS"},
		[]string{"xclip", "-selection", "clipboard", "-o", "-t", pngType},
		[]string{"xclip", "-selection", "clipboard", "-i", "-t", pngType},
	}
)

// clipboardHere returns the commands for the present session; ok is false if they are
// not installed.
func clipboardHere() (c clipboard, ok bool) {
	for _, one := range []struct {
		display string
		clipboard
	}{{"WAYLAND_DISPLAY", wayland}, {"DISPLAY", x11}} {
		if os.Getenv(one.display) == "" {
			continue
		}
		if _, err := exec.LookPath(one.copy[0]); err == nil {
			return one.clipboard, true
		}
	}
	return clipboard{}, false
}

// HasPictures reports whether pictures can be pasted and copied.
func HasPictures() bool {
	_, ok := clipboardHere()
	return ok
}

// PicturesNeed returns what to install so that they can; "" where nothing is needed.
func PicturesNeed() string {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return "wl-clipboard"
	}
	return "xclip"
}

func pastedPicture(ctx context.Context) ([]byte, error) {
	c, ok := clipboardHere()
	if !ok {
		return nil, ErrNoPicture
	}
	types, err := output(ctx, MaxPicture, c.types[0], c.types[1:]...)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || !slices.Contains(strings.Fields(string(types)), pngType) {
		return nil, ErrNoPicture // they fail if the clipboard is empty
	}
	return output(ctx, MaxPicture, c.paste[0], c.paste[1:]...)
}

// copyPicture starts a program that goes on by itself, since on X11 and Wayland whoever
// has copied something keeps it.
func copyPicture(ctx context.Context, png []byte) error {
	c, ok := clipboardHere()
	if !ok {
		return exec.ErrNotFound
	}
	cmd := exec.CommandContext(ctx, c.copy[0], c.copy[1:]...)
	cmd.Stdin = bytes.NewReader(png)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // it outlives this program
	return cmd.Run()
}

func hideWindow(*exec.Cmd) {}
