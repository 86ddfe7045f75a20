package web

import (
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/textproto"

	"windowsill/server/receive"
	"windowsill/server/traffic"
)

// maxParts is how many parts a form may have.
const maxParts = 10000

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
	form, err := readParts(q)
	if err != nil {
		return err
	}
	file := in.receiver.Pin(receive.File{Folder: folder, Size: -1, From: from})
	if replaces(q) {
		file.Clash = receive.Replace
	}
	placed, err := in.takeParts(w, q, form, file)
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
func (in *inbox) takeParts(w http.ResponseWriter, q *http.Request, form *parts, file receive.File) ([]receive.Placed, error) {
	var placed []receive.Placed
	for range maxParts {
		header, err := form.next()
		if err == io.EOF {
			if len(placed) == 0 {
				return nil, errNoFile
			}
			return placed, nil
		}
		if err != nil {
			return nil, errBadForm
		}
		name := sentName(header)
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
		at, err := in.receiver.Put(q.Context(), file, form)
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

// sentName returns a part's file name as it was sent, with the folders that
// browsers put before it when somebody chose a whole folder. "" says that the part
// is no file.
func sentName(header textproto.MIMEHeader) string {
	_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}
