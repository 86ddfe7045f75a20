package web

import (
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"windowsill/server/receive"
	"windowsill/server/traffic"
)

// mostParts is how many parts a form may have.
const mostParts = 10000

// takeForm takes the files of a form into the folder in the address, one
// after the other and each on its own: those before a broken one stay.
func (s inbox) takeForm(w http.ResponseWriter, q *http.Request) error {
	path := strings.TrimPrefix(q.URL.Path, "/")
	folder := trimSlash(path)
	if err := s.isFolder(folder); err != nil {
		return err
	}
	from, err := s.sender(q)
	if err != nil {
		return err
	}
	// The form is a little larger than its files, which does no harm here.
	if err := s.receiver.Check(receive.File{Folder: folder, Size: q.ContentLength}); errors.Is(err, receive.ErrNoRoom) {
		return err
	}
	form, err := q.MultipartReader()
	if err != nil {
		return errBadForm
	}
	file := receive.File{Folder: folder, Size: -1, From: from}
	if replaces(q) {
		file.Clash = receive.Replace
	}
	placed, err := s.takeParts(w, q, form, file)
	if err != nil {
		return err
	}
	if !asksForHTML(q) {
		return stored(w, q, placed)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", strings.TrimSuffix(address(folder), "/")+"/")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// takeParts takes what is a file in a form. Each is like file but for its name.
func (s inbox) takeParts(w http.ResponseWriter, q *http.Request, form *multipart.Reader, file receive.File) ([]receive.Placed, error) {
	var placed []receive.Placed
	for range mostParts {
		part, err := form.NextRawPart()
		if err == io.EOF {
			if len(placed) == 0 {
				return nil, errNoFile
			}
			return placed, nil
		}
		if err != nil {
			return nil, errBadForm
		}
		name := sentName(part)
		if name == "" { // another field, or one in which no file was chosen
			continue
		}
		if file.Name, err = receive.TamePath(name); err != nil {
			return nil, err
		}
		if err := s.record.Mark(w, traffic.Thing{Kind: traffic.Arrival, Key: q.URL.Path, Name: file.Name, Size: q.ContentLength}); err != nil {
			return nil, err
		}
		at, err := s.receiver.Put(q.Context(), file, part)
		if errors.Is(err, fs.ErrNotExist) {
			err = errNoFolder
		}
		if err != nil {
			return nil, err
		}
		s.note(q, at)
		placed = append(placed, at)
	}
	return nil, errBadForm
}

// sentName returns a part's file name as it was sent: with the folders that a
// browser puts before it when somebody chose a whole folder, which
// Part.FileName drops. "" says that it is no file.
func sentName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return part.FileName()
	}
	return params["filename"]
}

// isFolder returns nil if there is a folder of that name to put something in.
func (s inbox) isFolder(name string) error {
	f, err := s.folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return errNoFolder
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if !f.IsDir() {
		return errNoFolder
	}
	return nil
}
