package receive

import (
	"errors"
	"io/fs"
	"strings"
)

// MakeFolder makes a folder that a device asks for, which counts as a file does.
// The error is [ErrFilesLimit], or one of [share.Writer.MakeFolder].
func (r *Receiver) MakeFolder(name string) (Placed, error) {
	if err := r.quota.addFile(0); err != nil {
		return Placed{}, err
	}
	if err := r.writer.MakeFolder(name); err != nil {
		r.quota.dropFile()
		return Placed{}, err
	}
	return Placed{Name: name, made: r.writer.MadeFolder(name)}, nil
}

// makeFolders makes folders that come with a file, outermost first. Each counts,
// unless it is there by now.
func (r *Receiver) makeFolders(names []string, mayTake func(string) error) error {
	for _, name := range names {
		if err := mayTake(name); err != nil {
			return err
		}
		_, err := r.MakeFolder(name)
		if errors.Is(err, fs.ErrExist) {
			err = r.writer.MakeFolders(name) // which says whether it is a folder
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lacking returns the folders in a file's name that are not there, outermost first.
func (r *Receiver) lacking(f File) []string {
	return r.missing(f.Folder, parent(f.Name))
}

// missing returns the folders on the way from a folder to another one in it that
// are not there.
func (r *Receiver) missing(from, to string) (names []string) {
	if to == "" {
		return nil
	}
	at := from
	for element := range strings.SplitSeq(to, "/") {
		at = inFolder(at, element)
		if names == nil {
			f, err := r.folder.Open(at)
			if err == nil {
				f.Close()
				continue
			}
		}
		names = append(names, at)
	}
	return names
}

// checkFolders returns [ErrExists] if a folder in the file's name is the name of
// a file.
func (r *Receiver) checkFolders(f File) error {
	for i := range len(f.Name) {
		if f.Name[i] != '/' {
			continue
		}
		at, err := r.folder.Open(inFolder(f.Folder, f.Name[:i]))
		if err != nil {
			return nil // it does not exist, or makeFolders returns why not
		}
		at.Close()
		if !at.IsDir() {
			return ErrExists
		}
	}
	return nil
}
