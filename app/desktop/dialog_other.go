//go:build !linux

package desktop

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/ncruces/zenity"
)

// ChooseFolder lets the person choose a folder, beginning at start. The path is ""
// if the person cancels. The dialog closes when ctx is done. The error is
// ErrNoDialog.
func (d Dialog) ChooseFolder(ctx context.Context, start string) (string, error) {
	return result(zenity.SelectFile(
		zenity.Context(ctx),
		zenity.Title(d.Title),
		zenity.Directory(),
		zenity.Filename(ExistingFolder(start)+string(filepath.Separator)),
	))
}

// ChooseFiles lets the person choose one or several files, beginning at the folder of
// near. There are none if the person cancels. It ends as ChooseFolder does.
func (d Dialog) ChooseFiles(ctx context.Context, near string) ([]string, error) {
	paths, err := zenity.SelectFileMultiple(
		zenity.Context(ctx),
		zenity.Title(d.Title),
		zenity.Filename(ExistingFolder(near)+string(filepath.Separator)),
	)
	switch {
	case err == nil:
		return paths, nil
	case errors.Is(err, zenity.ErrCanceled):
		return nil, nil
	}
	return nil, errors.Join(ErrNoDialog, err)
}

// ChooseNewFile lets the person choose the path of a new file and suggests a name, as
// ChooseFolder does.
func (d Dialog) ChooseNewFile(ctx context.Context, name string) (string, error) {
	return result(zenity.SelectFileSave(
		zenity.Context(ctx),
		zenity.Title(d.Title),
		zenity.ConfirmOverwrite(),
		zenity.Filename(filepath.Join(HomeFolder(), name)),
	))
}

func result(path string, err error) (string, error) {
	switch {
	case err == nil:
		return path, nil
	case errors.Is(err, zenity.ErrCanceled):
		return "", nil
	}
	return "", errors.Join(ErrNoDialog, err)
}
