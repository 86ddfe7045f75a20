package receive

import (
	"errors"
	"io/fs"
)

// Restore takes something out of the trash and returns its name, which is the
// one that it had, or the next one that is free. Folders that it was in are made
// anew if need be; by is the device that asks, for which they count, or nil if it is
// the owner. The error satisfies [fs.ErrNotExist] if it is not in the trash, and is
// [ErrFilesLimit] or one that by.MayTake returned.
func (r *Receiver) Restore(id string, by *Device) (name string, err error) {
	was, err := r.writer.Trashed(id)
	if err != nil {
		return "", err
	}
	if err := r.makeParent(was, by); err != nil {
		return "", err
	}
	for n := 1; n <= maxNumber; n++ {
		name, err = numbered(was, n), nil
		if by != nil {
			err = by.mayTake(name)
		}
		if err == nil {
			err = r.writer.Restore(id, name)
		}
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
	}
	return "", ErrExists
}

// makeParent makes the folder that something was in.
func (r *Receiver) makeParent(was string, by *Device) error {
	folder := parent(was)
	switch {
	case folder == "":
		return nil
	case by == nil:
		return r.writer.MakeFolders(folder)
	}
	return r.makeFolders(r.writer, missing(r.folder, "", folder), by.mayTake)
}
