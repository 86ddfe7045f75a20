package dav

import (
	"errors"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"windowsill/server/share"
)

// Why a request is refused, besides what other files say.
var (
	ErrDepth    = errors.New("malformed Depth")
	ErrNoParent = errors.New("no folder for it to be in")
	ErrTooMuch  = errors.New("too many properties for one file")
	// ErrCut says that an answer failed after it had begun.
	ErrCut = errors.New("answer cut")
)

// Handler answers what WebDAV has and HTTP has not, for one share. It is safe for
// concurrent use.
type Handler struct {
	folder   *share.Folder
	writer   *share.Writer
	title    string // what the share is called
	locks    locks
	patching sync.Mutex // held while properties are read and written back
}

// New returns a handler for a share.
func New(w *share.Writer) *Handler {
	folder := w.Folder()
	return &Handler{folder: folder, writer: w, title: filepath.Base(folder.Path())}
}

// Held reports whether a name that nothing has yet is locked, and the entity tag
// of the empty file that clients of RFC 4918 7.3 expect there. No file has it.
func (h *Handler) Held(name string) (tag string, ok bool) {
	for _, l := range h.locks.on(name, time.Now()) {
		if l.isRoot(name) && l.unmapped {
			return strconv.Quote("held-" + l.token[len(l.token)-12:]), true
		}
	}
	return "", false
}

// Gone ends the locks on what was moved away or deleted, and on all below it.
func (h *Handler) Gone(name string) { h.locks.removeTree(name) }

// Left ends the locks of the devices for which gone reports true. It must not
// call the Handler.
func (h *Handler) Left(gone func(holder string) bool) { h.locks.removeHolders(gone) }

// contentType is that of all answers.
const contentType = "application/xml; charset=utf-8"

const prolog = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

// depth reads the Depth header: 0, 1 or infinite. noroot says that the folder
// itself is not asked for, which only some of Microsoft's programs do.
func depth(q *http.Request, missing int) (depth int, noroot bool, err error) {
	switch q.Header.Get("Depth") {
	case "":
		return missing, false, nil
	case "0":
		return 0, false, nil
	case "1":
		return 1, false, nil
	case "1,noroot":
		return 1, true, nil
	case "infinity", "Infinity":
		return infinite, false, nil
	}
	return 0, false, ErrDepth
}

const infinite = -1
