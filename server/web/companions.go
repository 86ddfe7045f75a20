package web

import (
	"net/http"

	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/turns"
)

// Bounds of all companions of one share together.
const (
	maxCompanionSize  = 64 << 20 // bytes of one
	maxCompanionsSize = 1 << 30  // bytes
	maxCompanions     = 100_000
)

// isForCompanion reports whether a request is for a file that macOS keeps beside
// another one, and not for one that the owner shares under such a name.
func (r *root) isForCompanion(q *http.Request) bool {
	_, element := split(nameIn(q))
	return r.companions != nil && share.IsCompanion(element) && !r.drive.isThere(nameIn(q))
}

// companionsOf returns what answers for companions: as root does for files, but
// apart from them. They keep their names, replace each other, and what is deleted
// of them is gone.
func companionsOf(c Config, d devices, v *visitorsPages, f *files) *root {
	writer := c.Share.Writer.Companions()
	folder := writer.Folder()
	receiver := receive.New(writer, receive.Options{Limits: receive.Limits{
		File: maxCompanionSize, Total: maxCompanionsSize, Files: maxCompanions, Reserve: c.Share.Receiver.Limits().Reserve,
	}})
	gone := &trash{receiver: receiver, changed: func() {}, forget: writer.Forget}
	drive := newDrive(c, writer, d)
	drive.companions = true
	return &root{
		folder: folder, drive: drive, pages: v,
		inbox:   &inbox{folder: folder, receiver: receiver, recorder: c.Recorder, devices: d, trash: gone, pages: v, drive: drive},
		changes: &changes{writer: writer, receiver: receiver, devices: d, trash: gone, pages: v, drive: drive, copies: turns.New(maxCopies, maxCopiesOfOne), closing: c.Closing},
		files:   f,
	}
}
