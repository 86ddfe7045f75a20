package web

import (
	"errors"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"windowsill/server/access"
	"windowsill/server/dav"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// drive makes a share a drive for file managers: what WebDAV has and HTTP has
// not.
type drive struct {
	dav      *dav.Handler
	lister   *lister
	folder   *share.Folder
	guard    *access.Guard
	recorder *traffic.Recorder
	devices  devices
	added    *addedFiles

	companions bool // it is for companions, which whoever may add may replace
}

func newDrive(c Config, w *share.Writer, d devices) *drive {
	return &drive{dav: dav.New(w), lister: newLister(w.Folder(), d, c.Closing), folder: w.Folder(), guard: c.Guard, recorder: c.Recorder, devices: d, added: new(addedFiles)}
}

// safeName makes a name fit for every file system, but for those that mean
// something to macOS.
func (d *drive) safeName(name string) string {
	if d.companions && share.IsCompanion(name) {
		return name
	}
	return receive.SafeName(name, d.folder.ServesHidden())
}

// newName returns the name under which something new stands that a request calls
// name. A drive is refused if that is another one: it would look for its file in
// vain, and send it again and again.
func (d *drive) newName(q *http.Request, name string) (string, error) {
	safe := d.safeName(name)
	if safe != name && !readsAnswer(q) && safe != norm.NFC.String(name) {
		return "", fs.ErrInvalid
	}
	return safe, nil
}

// readMethods are those that everybody may use who is in.
const readMethods = "GET, HEAD, OPTIONS, PROPFIND"

// davClasses are the classes of WebDAV that there are (RFC 4918 18). What does not
// have class 2, locks, Finder mounts for reading only.
const davClasses = "1, 2, 3"

// announceDAV tells who asks with OPTIONS that this is a drive, also if it is to
// come back with a password: Finder and Explorer never ask for one otherwise.
func announceDAV(w http.ResponseWriter, q *http.Request) {
	if q.Method == http.MethodOptions {
		w.Header().Set("DAV", davClasses)
		w.Header().Set("MS-Author-Via", "DAV")
	}
}

// options answers OPTIONS, whether there is anything or not: clients ask before
// there is.
func (d *drive) options(w http.ResponseWriter, q *http.Request) error {
	w.Header().Set("Allow", d.devices.rights.methods(nameIn(q)))
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	return nil
}

// serve answers the methods that only WebDAV has.
func (d *drive) serve(w http.ResponseWriter, q *http.Request) error {
	q.Body = http.MaxBytesReader(w, q.Body, maxDAVBody)
	switch q.Method {
	case "PROPFIND":
		_ = d.recorder.Mark(w, traffic.Thing{Kind: traffic.Folder, Key: nameIn(q), Name: nameIn(q)}) // a folder cannot be cancelled
		wait, giveBack := d.lister.turn(q)
		defer giveBack()
		return cut(d.dav.PropFind(w, q, wait))
	case "UNLOCK":
		return d.dav.Unlock(w, q, d.holder(q))
	}
	if q.ContentLength != 0 || q.Method == "PROPPATCH" { // not a lock that is to go on
		if err := d.mayAlter(q, nameIn(q)); err != nil {
			return err
		}
	}
	if q.Method == "LOCK" {
		d.endLocks()
		if _, name := split(nameIn(q)); !d.isThere(nameIn(q)) && d.safeName(name) != name {
			return fs.ErrInvalid // the file would come under another name, which the client does not know
		}
		return cut(d.dav.Lock(w, q, d.holder(q), d.devices.groupOf(q).String()))
	}
	return cut(d.dav.PropPatch(w, q))
}

// maxDAVBody is a little more than package dav reads, in bytes.
const maxDAVBody = 512 << 10

// cut marks errors of answers that had begun.
func cut(err error) error {
	if errors.Is(err, dav.ErrCut) {
		return abort(err)
	}
	return err
}

// holder returns the device as which one holds locks.
func (d *drive) holder(q *http.Request) string {
	if id, err := d.devices.identify(q); err == nil && id != 0 {
		return holderOf(id)
	}
	return traffic.AddrOf(q).String()
}

// devicePrefix tells holders that have a number from those that have an address
// only.
const devicePrefix = "device "

func holderOf(id uint64) string { return devicePrefix + strconv.FormatUint(id, 10) }

// mayAlter returns nil if a device may alter what has a name: because it may
// change everything, has just added it, or nothing has that name yet.
func (d *drive) mayAlter(q *http.Request, name string) error {
	may := d.devices.rights.at(name)
	if may >= access.Change || d.companions {
		return nil
	}
	f, err := d.folder.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if d.added.has(name, d.holder(q), f) {
		return nil
	}
	return notAllowed(may)
}

// mayReplace reports whether the file at a name is replaced by one that is sent
// there: if its device may change everything, or has just added it empty.
func (d *drive) mayReplace(q *http.Request, name string, f *share.File) bool {
	return d.devices.rights.at(name) >= access.Change || d.companions || f.Size() == 0 && d.added.has(name, d.holder(q), f)
}

// mayFill lets a device that may only add fill the empty file that it has just
// added, for as long as nobody else does.
func (d *drive) mayFill(q *http.Request, file receive.File, may func(name string, replace bool) error) func(string, bool) error {
	name := inFolder(file.Folder, file.Name)
	return func(at string, replace bool) error {
		err := may(at, replace)
		if err == nil || may(at, false) != nil {
			return err
		}
		f, openErr := d.folder.Open(name)
		if openErr != nil {
			return err
		}
		defer f.Close()
		if d.mayReplace(q, name, f) {
			return nil
		}
		return err
	}
}

// confirm returns nil if the locks that a request meets are its device's, and
// the conditions that it names hold.
func (d *drive) confirm(q *http.Request) error {
	if q.Method == "LOCK" || !d.dav.Concerns(q) { // LOCK has conditions of its own
		return nil
	}
	d.endLocks()
	return d.dav.Confirm(q, d.holder(q), d.changesOf(q)...)
}

// confirmReplacing returns nil if a file may be replaced that a request does not
// name in its address.
func (d *drive) confirmReplacing(q *http.Request, file receive.File) error {
	if file.Clash != receive.Replace || !d.dav.Concerns(q) {
		return nil
	}
	d.endLocks()
	return d.dav.Confirm(q, d.holder(q), dav.Change{Name: inFolder(file.Folder, file.Name)})
}

// mayTake returns a function that says why a request may not give something a name,
// since another device has locked that or the folder that it is in; also
// [fs.ErrExist] if the next name may be free.
func (d *drive) mayTake(q *http.Request) func(name string) error {
	return func(name string) error {
		if !d.dav.HasLocks() {
			return nil
		}
		d.endLocks()
		there := d.isThere(name)
		err := d.dav.Unlocked(q, d.holder(q), dav.Change{Name: name, Member: !there})
		if _, held := d.dav.Held(name); err != nil && (there || held) {
			err = errors.Join(err, fs.ErrExist)
		}
		return err
	}
}

// endLocks ends the locks of devices that are not in any more.
func (d *drive) endLocks() {
	in := map[string]bool{}
	for _, device := range d.guard.Devices() {
		if device.Status == access.In {
			in[holderOf(device.ID)] = true
		}
	}
	d.dav.Left(func(holder string) bool { return strings.HasPrefix(holder, devicePrefix) && !in[holder] })
}

// changesOf returns what a request is about to change.
func (d *drive) changesOf(q *http.Request) []dav.Change {
	name := nameIn(q)
	switch q.Method {
	case http.MethodPut:
		return []dav.Change{{Name: name, Member: !d.isThere(name)}}
	case http.MethodDelete:
		return []dav.Change{{Name: name, Member: true, Tree: true}}
	case "PROPPATCH":
		return []dav.Change{{Name: name}}
	case "MKCOL":
		return []dav.Change{{Name: d.tamed(name), Member: true}}
	case "MOVE", "COPY":
		var changes []dav.Change
		if q.Method == "MOVE" {
			changes = append(changes, dav.Change{Name: name, Member: true, Tree: true})
		}
		if to, err := destination(q); err == nil {
			to = d.tamed(to)
			changes = append(changes, dav.Change{Name: to, Member: !d.isThere(to), Tree: true})
		}
		return changes
	}
	return nil
}

// tamed returns the name that something new gets instead of one that was asked for.
func (d *drive) tamed(path string) string {
	folder, name := split(path)
	if name == "" {
		return path
	}
	return inFolder(folder, d.safeName(name))
}

func (d *drive) isThere(name string) bool {
	f, err := d.folder.Open(name)
	if err == nil {
		f.Close()
	}
	return err == nil
}

// held reports whether a name is locked and has no file yet, and the tag of the
// empty file that clients take it for.
func (d *drive) held(name string) (tag string, ok bool) {
	if d.isThere(name) {
		return "", false
	}
	return d.dav.Held(name)
}

// serveHeld answers for a name that is locked and has no file yet: as an empty
// one, since that is what LOCK makes (RFC 4918 7.3). davfs2 asks for its tag, and
// sends the content only if it still has that.
func (d *drive) serveHeld(w http.ResponseWriter, name string) bool {
	tag, held := d.dav.Held(name)
	if held {
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Length", "0")
		w.Header()["Cache-Control"] = revalidate
		w.WriteHeader(http.StatusOK)
	}
	return held
}

// tagOf returns the tag of a file, or of what is held in its place; "" if there
// is nothing.
func (d *drive) tagOf(file receive.File, f *share.File) string {
	if f != nil {
		return f.ETag()
	}
	tag, _ := d.dav.Held(inFolder(file.Folder, file.Name))
	return tag
}
