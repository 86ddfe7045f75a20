package web

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"

	"windowsill/server/receive"
	"windowsill/server/traffic"
)

const (
	// maxParts is how many parts a form may have.
	maxParts = 10000
	// formBuffer is how much of a form is read at a time, in bytes. Each form
	// that waits for its turn holds so much, too.
	formBuffer = 128 << 10
)

// formReader reads a form and knows how much of it has come.
type formReader struct {
	parts *multipart.Reader
	body  *bufio.Reader // that they are read from
}

// partReader reads as much of a part as has come. The part itself yields at most
// 4 KiB at a time, and so little is written as slowly as ten times as much.
type partReader struct {
	part io.Reader
	body *bufio.Reader
}

// Read returns what the part does, also with its error.
func (r partReader) Read(p []byte) (n int, err error) {
	for n < len(p) && err == nil && (n == 0 || r.body.Buffered() > 0) {
		var m int
		m, err = r.part.Read(p[n:])
		n += m
	}
	return n, err
}

// takeForm takes the files of a form into the folder in the address, one
// after the other and each on its own: those before a broken one stay.
func (in *inbox) takeForm(w http.ResponseWriter, q *http.Request) error {
	folder := nameIn(q)
	if err := checkFolder(in.folder, folder); err != nil {
		return err
	}
	from, err := in.uploader(w, q)
	if err != nil {
		return err
	}
	// The form is a little larger than its files, which does no harm here.
	if err := in.receiver.Check(receive.File{Folder: folder, Size: q.ContentLength}); errors.Is(err, receive.ErrNoSpace) {
		return err
	}
	body := bufio.NewReaderSize(q.Body, formBuffer)
	q = q.WithContext(q.Context())
	q.Body = struct { // as much at a time as for other uploads
		io.Reader
		io.Closer
	}{body, q.Body}
	form, err := q.MultipartReader()
	if err != nil {
		return errBadForm
	}
	file := in.receiver.Pin(receive.File{Folder: folder, Size: -1, From: from})
	if replaces(q) {
		file.Clash = receive.Replace
	}
	placed, err := in.takeParts(w, q, formReader{form, body}, file)
	if err != nil {
		return err
	}
	if !asksForHTML(q) {
		return tellStored(w, q, placed)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", folderAddress(folder))
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// takeParts takes the parts of a form that are files. Each becomes one like
// file, but for its name.
func (in *inbox) takeParts(w http.ResponseWriter, q *http.Request, form formReader, file receive.File) ([]receive.Placed, error) {
	var placed []receive.Placed
	for range maxParts {
		part, err := form.parts.NextRawPart()
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
		if file.Name, err = receive.SafePath(name, in.folder.ServesHidden()); err != nil {
			return nil, err
		}
		if err := in.drive.confirmReplacing(q, file); err != nil {
			return nil, err
		}
		if err := in.recorder.Mark(w, traffic.Thing{Kind: traffic.Arrival, Key: q.URL.Path, Name: file.Name, Size: q.ContentLength}); err != nil {
			return nil, err
		}
		at, err := in.receiver.Put(q.Context(), file, partReader{part, form.body})
		if errors.Is(err, fs.ErrNotExist) {
			err = errNoFolder
		}
		if err != nil {
			return nil, err
		}
		in.note(q, at)
		in.placed(file.From, at)
		placed = append(placed, at)
	}
	return nil, errBadForm
}

// sentName returns a part's file name as it was sent. When somebody chose a
// whole folder, browsers put folders before it, which Part.FileName drops. ""
// says that the part is no file.
func sentName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return part.FileName()
	}
	return params["filename"]
}
