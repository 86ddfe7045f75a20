//go:build !linux && !darwin && !windows

package desktop

import (
	"context"
	"os/exec"
)

// HasPictures reports whether pictures can be pasted and copied.
func HasPictures() bool { return false }

// PicturesNeed returns what to install so that they can; "" where nothing helps.
func PicturesNeed() string { return "" }

func pastedPicture(context.Context) ([]byte, error) { return nil, ErrNoPicture }

func copyPicture(context.Context, []byte) error { return exec.ErrNotFound }

func hideWindow(*exec.Cmd) {}
