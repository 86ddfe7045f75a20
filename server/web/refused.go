package web

import (
	"errors"
	"io/fs"
	"net/http"

	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
)

var (
	errPart        = errors.New("part of a file")
	errEncoded     = errors.New("content in an encoding")
	errNameless    = errors.New("no file is named")
	errNoFolder    = errors.New("no folder to put it in")
	errNoFile      = errors.New("a form without a file")
	errDestination = errors.New("malformed destination")
	errOtherServer = errors.New("destination on another server")
	errTusVersion  = errors.New("another version of tus")
	errTusContent  = errors.New("not a part of an upload")
	errTusNumber   = errors.New("malformed number of bytes")
)

// notReceived says what a visitor is told when something could not be written.
// The first that fits counts.
var notReceived = []struct {
	err error
	page.Message
}{
	{errReadOnly, refusals[errReadOnly]},
	{errPart, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Send the whole file, not a part of it."}},
	{errEncoded, page.Message{Status: http.StatusUnsupportedMediaType, Title: "Not understood", Text: "Send the file as it is, without a content encoding."}},
	{errNameless, page.Message{Status: http.StatusBadRequest, Title: "No name", Text: "The address names no file. Put the file’s name at its end."}},
	{errNoFolder, page.Message{Status: http.StatusConflict, Title: "No such folder", Text: "The folder that this should go into is not there. Make it first, or choose another one.", Home: true}},
	{errNoFile, page.Message{Status: http.StatusBadRequest, Title: "No file", Text: "No file was chosen. Go back and choose one.", Home: true}},
	{errDestination, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "The Destination header has to hold an address in this share."}},
	{errOtherServer, page.Message{Status: http.StatusBadGateway, Title: "Another computer", Text: "Things can be moved within this share only."}},
	{errTusVersion, page.Message{Status: http.StatusPreconditionFailed, Title: "Not understood", Text: "Uploads are taken with version 1.0.0 of tus."}},
	{errTusContent, page.Message{Status: http.StatusUnsupportedMediaType, Title: "Not understood", Text: "Send the part as application/offset+octet-stream."}},
	{errTusNumber, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Upload-Length and Upload-Offset are numbers of bytes."}},

	{receive.ErrTooLong, page.Message{Status: http.StatusBadRequest, Title: "Too long", Text: "More came than the file should have. Nothing of this part was kept."}},
	{receive.ErrOffset, page.Message{Status: http.StatusConflict, Title: "Out of step", Text: "Another part of the file is missing. Ask how far it has come, and go on from there."}},
	{receive.ErrChecksum, page.Message{Status: 460, Title: "Damaged", Text: "This part was damaged on its way. Send it again."}},
	{receive.ErrBusy, page.Message{Status: http.StatusLocked, Title: "In use", Text: "Another request is writing this file. Try again in a moment."}},
	{receive.ErrMetadata, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Upload-Metadata or Upload-Checksum is malformed."}},
	{receive.ErrAlgorithm, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Checksums can be " + receive.ChecksumAlgorithms + "."}},
	{receive.ErrDeep, page.Message{Status: http.StatusBadRequest, Title: "Too deep", Text: "The folders lie too deep in each other. Send a folder further down."}},
	{receive.ErrExists, page.Message{Status: http.StatusPreconditionFailed, Title: "Already there", Text: "There is a file or folder of that name. Nothing was changed.", Home: true}},
	{receive.ErrChanged, page.Message{Status: http.StatusPreconditionFailed, Title: "Not as expected", Text: "What is here is not what you expected. Nothing was changed.", Home: true}},
	{receive.ErrFileLimit, page.Message{Status: http.StatusRequestEntityTooLarge, Title: "Too large", Text: "The owner does not take files of this size. Ask for more room.", Home: true}},
	{receive.ErrTotalLimit, page.Message{Status: http.StatusInsufficientStorage, Title: "Enough", Text: "The owner takes no more than has come in already. Ask for more room.", Home: true}},
	{receive.ErrNoRoom, page.Message{Status: http.StatusInsufficientStorage, Title: "No room", Text: "There is not enough room on the computer that shares this folder. Ask its owner to make some.", Home: true}},
	{receive.ErrCrowded, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Many files are coming in just now. Try again in a moment.", Home: true}},

	{share.ErrFull, page.Message{Status: http.StatusInsufficientStorage, Title: "No room", Text: "The drive of the computer that shares this folder is full. Ask its owner to make room.", Home: true}},
	{share.ErrTooLarge, page.Message{Status: http.StatusRequestEntityTooLarge, Title: "Too large", Text: "The drive of the computer that shares this folder does not take files of this size.", Home: true}},
	{share.ErrNotWritable, page.Message{Status: http.StatusForbidden, Title: "Not writable", Text: "The computer that shares this folder may not write here itself. Ask its owner.", Home: true}},
	{share.ErrLongName, page.Message{Status: http.StatusBadRequest, Title: "Name too long", Text: "The name is longer than this drive takes. Choose a shorter one."}},
	{share.ErrElsewhere, page.Message{Status: http.StatusConflict, Title: "On another drive", Text: "This would have to go to another drive, which cannot be done in one step. Nothing was changed.", Home: true}},
	{share.ErrInside, page.Message{Status: http.StatusForbidden, Title: "Into itself", Text: "It would have to go into itself. Choose another place.", Home: true}},
	{fs.ErrInvalid, page.Message{Status: http.StatusBadRequest, Title: "Not a name", Text: "Nothing can have this name here. Choose another one."}},
	{fs.ErrExist, page.Message{Status: http.StatusMethodNotAllowed, Title: "Already there", Text: "There is a file or folder of that name. Nothing was changed.", Home: true}},

	{receive.ErrBroken, page.Message{Status: http.StatusBadRequest, Title: "Not whole", Text: "The file did not arrive whole. Send it again."}},
}
