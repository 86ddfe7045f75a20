package receive

import (
	"errors"
	"io/fs"
)

// Restore takes something out of the trash and returns its name, which is the
// one that it had, or the next one that is free. The error satisfies
// [fs.ErrNotExist] if it is not in the trash.
func (r *Receiver) Restore(id string) (name string, err error) {
	was, err := r.writer.Trashed(id)
	if err != nil {
		return "", err
	}
	if folder := parent(was); folder != "" {
		if err := r.writer.MakeFolders(folder); err != nil {
			return "", err
		}
	}
	for n := 1; n <= maxNumber; n++ {
		name = numbered(was, n)
		if err = r.writer.Restore(id, name); !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
	return "", ErrExists
}
