package server

import (
	"os"
	"time"

	"windowsill/server/access"
	"windowsill/server/share"
	"windowsill/server/web"
)

// Receiving says that a share is there for devices to send files to: in its Folder
// they may add files, whatever the policy is, and nothing more. The folder is made
// if there is none.
type Receiving struct {
	On   bool
	Sort Sorting // what comes in goes into folders
	// Shown lets devices see and take what has come in. Otherwise each is told the
	// names and sizes of what it has sent itself, and no more.
	Shown bool
}

// Sorting says into which folders what comes in goes.
type Sorting int

// The ways to sort what comes in.
const (
	Unsorted Sorting = iota
	ByDay            // "2026-11-30"
	ByDevice         // by the name of the device that sent it
)

// into returns the folder for what a device sends now; "" for none.
func (s Sorting) into(device string) string {
	switch s {
	case ByDay:
		return time.Now().Format(time.DateOnly)
	case ByDevice:
		return device
	}
	return ""
}

// inbox returns what devices meet instead of a share like others; nil if it is one.
func (r Receiving) inbox() *web.Inbox {
	if !r.On {
		return nil
	}
	return &web.Inbox{Blind: !r.Shown, Into: r.Sort.into}
}

// allow returns what devices may do, given what the policy allows.
func (r *run) allow(name string, whole bool, p access.Permission) access.Permission {
	if r.receiving.On {
		return access.Add
	}
	return r.limits.allow(name, whole, p)
}

// openInbox opens the folder that devices send files to.
func (sh Share) openInbox(o share.Options) (*share.Folder, error) {
	if err := os.MkdirAll(sh.Folder, 0o755); err != nil && !share.IsFolder(sh.Folder) {
		return nil, &FolderNotMadeError{sh.Folder, err}
	}
	return share.Open(sh.Folder, o)
}

// FolderNotMadeError says that there is no folder for what comes in, and that it
// could not be made.
type FolderNotMadeError struct {
	Path string
	Err  error
}

// Error returns a sentence for a person.
func (e *FolderNotMadeError) Error() string {
	return "The folder " + e.Path + " could not be made. Choose another one for what comes in."
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *FolderNotMadeError) Sentence() (template string, data map[string]any) {
	return "The folder {{.Path}} could not be made. Choose another one for what comes in.", map[string]any{"Path": e.Path}
}

// Unwrap returns the system's error.
func (e *FolderNotMadeError) Unwrap() error { return e.Err }

// seen returns what devices see of a share: all of it or, where they only send
// files to it, nothing.
func (sh Share) seen(folder *share.Folder) (*share.Folder, error) {
	if !sh.isBlind() {
		return folder, nil
	}
	return share.OpenRoots(nil, share.Options{})
}

// isBlind reports whether devices only send files there, and see none.
func (sh Share) isBlind() bool { return sh.Receiving.On && !sh.Receiving.Shown }
