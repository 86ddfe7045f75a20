package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// inbox takes files that devices send.
type inbox struct {
	folder   *share.Folder
	receiver *receive.Receiver
	recorder *traffic.Recorder
	devices  devices
	trash    *trash
	pages    *visitorsPages
	drive    *drive
}

// sender returns the device that sends the body of a request.
func (d devices) sender(q *http.Request) (receive.Device, error) {
	id, err := d.identify(q)
	may := func(name string, replace bool) error {
		needed := access.Add
		if replace {
			needed = access.Change
		}
		if granted := d.rights.at(name); granted < needed {
			return notAllowed(granted)
		}
		return nil
	}
	by := receive.Device{ID: id, Addr: traffic.AddrOf(q), Group: d.groupOf(q), May: may}
	if d.inbox != nil {
		if into := d.inbox.Into(d.nameOf(q, id)); into != "" {
			by.Into = receive.SafeName(into, false)
		}
	}
	return by, err
}

// sender returns the device that sends a request which may give a file its name.
func (in *inbox) sender(q *http.Request) (receive.Device, error) {
	by, err := in.devices.sender(q)
	by.MayTake = in.drive.mayTake(q)
	return by, err
}

// uploader is sender for a device whose body is a file, which may have to end
// early.
func (in *inbox) uploader(w http.ResponseWriter, q *http.Request) (receive.Device, error) {
	by, err := in.sender(q)
	control := http.NewResponseController(w)
	by.Interrupt = func() { _ = control.SetReadDeadline(time.Now()) } // fails only on a closed connection
	return by, err
}

// put takes a file under the name in the address (RFC 9110 9.3.4). A file that
// has it goes to the trash; devices that may not change anything get the next
// name that is free. Its time of change may be in X-OC-Mtime, in seconds
// since 1970, as rclone and ownCloud's programs send it.
func (in *inbox) put(w http.ResponseWriter, q *http.Request) error {
	if err := checkBody(q); err != nil {
		return err
	}
	file, err := in.target(q)
	if err != nil {
		return err
	}
	if file.From, err = in.uploader(w, q); err != nil {
		return err
	}
	if file.Clash == receive.Replace && !replaces(q) {
		file.From.May = in.drive.mayFill(q, file, file.From.May)
	}
	if err := in.recorder.Mark(w, traffic.Thing{Kind: traffic.Arrival, Key: q.URL.Path, Name: file.Name, Size: file.Size}); err != nil {
		return err
	}
	file.Modified = receive.ParseSeconds(q.Header.Get("X-OC-Mtime"))
	at, err := in.receiver.Put(q.Context(), file, q.Body)
	if errors.Is(err, fs.ErrNotExist) {
		return errNoFolder
	}
	if err != nil {
		return err
	}
	in.placed(file.From, at)
	h := w.Header()
	if !file.Modified.IsZero() {
		h.Set("X-OC-Mtime", "accepted")
	}
	if m, err := in.folder.Member(at.Name); err == nil {
		h.Set("ETag", m.ETag)
		in.drive.added.add(at.Name, in.drive.holder(q), m.Inode)
	}
	if at.Replaced != "" {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	h.Set("Location", address(at.Name))
	return tellStored(w, q, []receive.Placed{at})
}

// checkBody refuses bodies that are not the file itself: a part of it must
// never be taken for the whole (RFC 9110 14.4).
func checkBody(q *http.Request) error {
	if q.Header.Get("Content-Range") != "" || q.Header.Get("Range") != "" { // lftp sends the latter
		return errPart
	}
	if c := q.Header.Get("Content-Encoding"); c != "" && !strings.EqualFold(c, "identity") {
		return errEncoded
	}
	return nil
}

// target returns the file that a PUT is for, and what is to happen if there is
// one. The name of a file that is there is taken as it is, a new one is tamed.
func (in *inbox) target(q *http.Request) (receive.File, error) {
	path := strings.TrimPrefix(q.URL.Path, "/")
	folder, name := split(path)
	if name == "" {
		return receive.File{}, errNameless
	}
	file := receive.File{Folder: folder, Name: name, Size: q.ContentLength}
	old, err := in.folder.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		var nameErr error
		if file.Name, nameErr = in.drive.newName(q, name); nameErr != nil {
			return file, nameErr
		}
		if file.Name != name {
			old, err = in.folder.Open(inFolder(folder, file.Name))
		}
	}
	switch {
	case err == nil:
		defer old.Close()
		if old.IsDir() {
			return file, fs.ErrExist
		}
	case !errors.Is(err, fs.ErrNotExist):
		return file, err
	}
	switch {
	case q.Header.Get("If-None-Match") == "*":
		file.Clash = receive.Refuse
	case replaces(q) || old != nil && file.Name == name && in.drive.mayReplace(q, path, old):
		file.Clash = receive.Replace
		file.Current = func(f *share.File) error { return checkCondition(q, in.drive.tagOf(file, f)) }
	}
	return file, checkCondition(q, in.drive.tagOf(file, old))
}

// checkFolder returns nil if there is a folder of that name to put something
// in.
func checkFolder(in *share.Folder, name string) error {
	m, err := in.Member(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !m.Dir {
		return errNoFolder
	}
	return err
}

// checkCondition compares what a request expects with the tag of what is there;
// "" if nothing is (RFC 9110 13.2.2).
func checkCondition(q *http.Request, tag string) error {
	if want := q.Header.Get("If-Match"); want != "" && !matches(want, tag, false) {
		return receive.ErrChanged
	}
	if not := q.Header.Get("If-None-Match"); not != "" && matches(not, tag, true) {
		return receive.ErrChanged
	}
	return nil
}

// note gives a file that came in a row of the log, where the request does not
// name it.
func (in *inbox) note(q *http.Request, at receive.Placed) {
	if at.Name != "" {
		in.recorder.Note(traffic.AddrOf(q), "Received "+at.Name)
	}
}

// placed lets the owner bring back the file that one which came in replaced, and
// decide about a page.
func (in *inbox) placed(by receive.Device, at receive.Placed) {
	in.pages.placed(at.Name, by)
	if at.Replaced != "" {
		in.trash.add(Deleted{ID: at.Replaced, Name: at.Name, Device: by.ID, Addr: by.Addr, At: time.Now()})
	}
}

// readsAnswer reports whether who sent a request reads where its files are now.
// Drives do not, and programs that do not say what they would like to read.
func readsAnswer(q *http.Request) bool {
	return q.Header.Get("Accept") != "" && !isDriveAgent(q.UserAgent())
}

// tellStored tells a program where its files are now. One that does not read it
// gets nothing: rclone, which leaves the text unread, would need another connection
// for each file.
func tellStored(w http.ResponseWriter, q *http.Request, files []receive.Placed) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if q.Method == http.MethodPut && !readsAnswer(q) {
		h.Set("Content-Length", "0")
		w.WriteHeader(http.StatusCreated)
		return nil
	}
	if prefersJSON(q.Header.Get("Accept")) {
		type file struct {
			Location string `json:"location"` // percent-encoded
		}
		list := make([]file, len(files))
		for i, f := range files {
			list[i].Location = address(f.Name)
		}
		h.Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return abort(json.NewEncoder(w).Encode(map[string]any{"files": list}))
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusCreated)
	for _, f := range files {
		if _, err := fmt.Fprintf(w, "Stored as %s\n", address(f.Name)); err != nil {
			return abort(err)
		}
	}
	return nil
}
