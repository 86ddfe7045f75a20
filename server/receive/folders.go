package receive

import (
	"errors"
	"io/fs"
	"strings"

	"windowsill/server/share"
)

// MakeFolder makes a folder that a device asks for, which counts as a file does.
// The error is [ErrFilesLimit], or one of [share.Writer.MakeFolder].
func (r *Receiver) MakeFolder(name string) (Placed, error) {
	return r.makeFolder(r.writer, name)
}

func (r *Receiver) makeFolder(in *share.Writer, name string) (Placed, error) {
	if err := r.quota.addFile(0); err != nil {
		return Placed{}, err
	}
	if err := in.MakeFolder(name); err != nil {
		r.quota.dropFile()
		return Placed{}, err
	}
	return Placed{Name: name, made: in.MadeFolder(name)}, nil
}

// makeFolders makes folders that come with a file, outermost first. Each counts,
// unless it is there by now.
func (r *Receiver) makeFolders(in *share.Writer, names []string, mayTake func(string) error) error {
	for _, name := range names {
		if err := mayTake(name); err != nil {
			return err
		}
		_, err := r.makeFolder(in, name)
		if errors.Is(err, fs.ErrExist) {
			err = in.MakeFolders(name) // which says whether it is a folder
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lacking returns the folders in a file's name that are not there, outermost first.
func (r *Receiver) lacking(f File) []string {
	return missing(f.in.Folder(), f.Folder, parent(f.Name))
}

// missing returns the folders on the way from a folder to another one in it that
// are not there.
func missing(in *share.Folder, from, to string) (names []string) {
	if to == "" {
		return nil
	}
	at := from
	for element := range strings.SplitSeq(to, "/") {
		at = inFolder(at, element)
		if names == nil {
			f, err := in.Open(at)
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
		at, err := f.in.Folder().Open(inFolder(f.Folder, f.Name[:i]))
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
