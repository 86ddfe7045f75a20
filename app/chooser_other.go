//go:build !linux

package app

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/ncruces/zenity"
)

// nativeHandle is of use only where the dialog belongs to another program.
func nativeHandle(fyne.Window) string { return "" }

func systemFolder(ctx context.Context, _, start string) (string, error) {
	return answered(zenity.SelectFile(
		zenity.Context(ctx),
		zenity.Title(lang.L("Choose a folder")),
		zenity.Directory(),
		zenity.Filename(existingFolder(start)+string(filepath.Separator)),
	))
}

func systemNewFile(ctx context.Context, _, name string) (string, error) {
	return answered(zenity.SelectFileSave(
		zenity.Context(ctx),
		zenity.Title(lang.L("Save as")),
		zenity.ConfirmOverwrite(),
		zenity.Filename(filepath.Join(homeFolder(), name)),
	))
}

// answered tells a dialog that the person cancelled from one that failed.
func answered(path string, err error) (string, error) {
	switch {
	case err == nil:
		return path, nil
	case errors.Is(err, zenity.ErrCanceled):
		return "", nil
	}
	return "", errors.Join(errNoChooser, err)
}
