package web

import (
	"errors"
	"io/fs"
	"net/http"
	"syscall"

	"windowsill/server/access"
	"windowsill/server/archive"
	"windowsill/server/dav"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/worker"
)

// What handlers return besides the errors of other packages. What a device is
// told about them stands in the table below.
var (
	errNotFound     = fs.ErrNotExist
	errMethod       = errors.New("method not allowed")
	errNotHere      = errors.New("method not allowed at this address")
	errReadOnly     = errors.New("devices may only look")
	errAddOnly      = errors.New("devices may only add")
	errHost         = errors.New("unknown host name")
	errOrigin       = errors.New("request of another web page")
	errNotEncrypted = errors.New("request without encryption")
	errBadForm      = errors.New("malformed form")
	errLongForm     = errors.New("too long a form")
	errNothing      = errors.New("nothing is selected")
	errForgotten    = errors.New("selection is not kept any more")
	errSearches     = errors.New("too many searches")
	errLists        = errors.New("too many lists of large folders")
	errStreams      = errors.New("too many streams of events")
	errBadSize      = errors.New("no thumbnails of this size")
	errPart         = errors.New("part of a file")
	errEncoded      = errors.New("content in an encoding")
	errNameless     = errors.New("no file is named")
	errNoFolder     = errors.New("no folder to put it in")
	errNoFile       = errors.New("a form without a file")
	errDestination  = errors.New("malformed destination")
	errOtherServer  = errors.New("destination on another server")
	errTusVersion   = errors.New("another version of tus")
	errTusContent   = errors.New("not a part of an upload")
	errTusNumber    = errors.New("malformed number of bytes")
	errTusConcat    = errors.New("parts of an upload that are to be joined")

	// What nobody foresaw, while something was read or written.
	errRead  = errors.New("not read")
	errWrite = errors.New("not written")
)

// answers says what a device is told about an error. The first that fits
// counts, by errors.Is; what fits none is errRead. It is the only place where
// an error becomes a status: an error's own text, which may name paths of this
// computer, never goes out.
var answers = []struct {
	err error
	page.Message
}{
	{errMethod, page.Message{Status: http.StatusMethodNotAllowed, Title: "Looking only", Text: "This can be looked at and downloaded, not changed.", Home: true}},
	{errNotHere, page.Message{Status: http.StatusMethodNotAllowed, Title: "Not possible", Text: "This cannot be done with what is at this address.", Home: true}},
	{errAddOnly, page.Message{Status: http.StatusForbidden, Title: "Adding only", Text: "The owner lets visitors add files here, not change or delete any.", Home: true}},
	{errReadOnly, page.Message{Status: http.StatusForbidden, Title: "Looking only", Text: "The owner lets visitors look and download here, not add or change anything.", Home: true}},
	{errHost, page.Message{Status: http.StatusMisdirectedRequest, Title: "Another name", Text: "This computer does not go by the name in the address. Use the address in the owner’s window."}},
	{errOrigin, page.Message{Status: http.StatusForbidden, Title: "From another page", Text: "Another web page tried to change something here. It was blocked."}},
	{errNotEncrypted, page.Message{Status: http.StatusForbidden, Title: "Only encrypted", Text: "This folder is sent encrypted only. Put https:// in place of http:// in the address. Whatever was sent without encryption was not kept."}},
	{errBadForm, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Something went wrong with the form. Go back and try again."}},
	{errLongForm, page.Message{Status: http.StatusRequestEntityTooLarge, Title: "Too much at once", Text: "That is too many files to select at once. Go back and download the whole folder.", Home: true}},
	{errNothing, page.Message{Status: http.StatusBadRequest, Title: "Nothing is ticked", Text: "Go back, tick what you want, and try again.", Home: true}},
	{errForgotten, page.Message{Status: http.StatusNotFound, Title: "Not kept any more", Text: "Your selection is kept for a few hours, and only until sharing stops. Go back to the folder and select it again.", Home: true}},
	{errLists, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many people are opening large folders right now. Try again in a moment.", Home: true}},
	{errSearches, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many people are searching right now. Try again in a moment.", Home: true}},
	{errStreams, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many people are viewing right now. Try again in a moment."}},
	{errBadSize, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Thumbnails are 160, 320 or 640 pixels large.", Home: true}},
	{errPart, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Send the whole file, not a part of it."}},
	{errEncoded, page.Message{Status: http.StatusUnsupportedMediaType, Title: "Not understood", Text: "Send the file as it is, without a content encoding."}},
	{errNameless, page.Message{Status: http.StatusBadRequest, Title: "No name", Text: "The address names no file. Put the file’s name at its end."}},
	{errNoFolder, page.Message{Status: http.StatusConflict, Title: "No such folder", Text: "The folder that this should go into is not there. Make it first, or choose another one.", Home: true}},
	{errNoFile, page.Message{Status: http.StatusBadRequest, Title: "No file", Text: "No file was chosen. Go back and choose one.", Home: true}},
	{errDestination, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "The Destination header has to hold an address in this share."}},
	{errOtherServer, page.Message{Status: http.StatusBadGateway, Title: "Another computer", Text: "You can only move things within this share."}},
	{errTusVersion, page.Message{Status: http.StatusPreconditionFailed, Title: "Not understood", Text: "Uploads are taken with version 1.0.0 of tus."}},
	{errTusContent, page.Message{Status: http.StatusUnsupportedMediaType, Title: "Not understood", Text: "Send the part as application/offset+octet-stream."}},
	{errTusConcat, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Send the file in one upload. Parts of it that are sent at the same time are not joined here."}},
	{errTusNumber, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Upload-Length and Upload-Offset are numbers of bytes."}},

	{dav.ErrLocked, inUse},
	{dav.ErrNotHolder, inUse},
	{dav.ErrPrecondition, page.Message{Status: http.StatusPreconditionFailed, Title: "Not as expected", Text: "What is here is not what you expected. Nothing was changed.", Home: true}},
	{dav.ErrNoLock, page.Message{Status: http.StatusConflict, Title: "Not as expected", Text: "What is here is not what you expected. Nothing was changed.", Home: true}},
	{dav.ErrTooManyLocks, tooManyFiles},
	{dav.ErrBody, notWebDAV},
	{dav.ErrIfHeader, notWebDAV},
	{dav.ErrDepth, notWebDAV},
	{dav.ErrNoParent, page.Message{Status: http.StatusConflict, Title: "No such folder", Text: "The folder that this should go into is not there. Make it first, or choose another one.", Home: true}},

	{traffic.ErrCanceled, page.Message{Status: http.StatusForbidden, Title: "Cancelled", Text: "The owner has cancelled this. It can be tried again in a minute.", Home: true}},

	{archive.ErrCrowded, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many people are downloading whole folders right now. Try again in a moment.", Home: true}},
	{archive.ErrTooLarge, page.Message{Status: http.StatusForbidden, Title: "Too many files", Text: "There are too many files here for one download. Take the folders in it one by one.", Home: true}},

	{media.ErrNoPicture, page.Message{Status: http.StatusNotFound, Title: "This cannot be shown here", Text: "This picture cannot be shown here. Download it to see it.", Home: true}},
	{worker.ErrUnavailable, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many people are viewing right now. Try again in a moment.", Home: true}},
	{media.ErrNoThumbnail, page.Message{Status: http.StatusNotFound, Title: "No thumbnail", Text: "This file has no thumbnail. Open or download the file itself.", Home: true}},
	{media.ErrTooMuch, page.Message{Status: http.StatusNotFound, Title: "This cannot be shown here", Text: "This picture cannot be shown here. Download it to see it.", Home: true}},

	{receive.ErrTooLong, page.Message{Status: http.StatusBadRequest, Title: "Too long", Text: "More arrived than the file should hold. This part was not kept."}},
	{receive.ErrOffset, page.Message{Status: http.StatusConflict, Title: "Out of step", Text: "Part of the file before this is missing. Ask how far it has come, and continue from there."}},
	{receive.ErrChecksum, page.Message{Status: statusChecksumMismatch, Title: "Damaged", Text: "This part was damaged on its way. Send it again."}},
	{receive.ErrBusy, page.Message{Status: http.StatusLocked, Title: "In use", Text: "Another request is writing this file. Try again in a moment."}},
	{receive.ErrMetadata, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Upload-Metadata or Upload-Checksum is malformed."}},
	{receive.ErrAlgorithm, page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "Checksums can be sha1, sha256, md5 or crc32."}},
	{receive.ErrDeep, page.Message{Status: http.StatusBadRequest, Title: "Too deep", Text: "The folders are nested too deeply. Send one from further down."}},
	{receive.ErrExists, page.Message{Status: http.StatusPreconditionFailed, Title: "Already there", Text: "There is a file or folder of that name. Nothing was changed.", Home: true}},
	{receive.ErrChanged, page.Message{Status: http.StatusPreconditionFailed, Title: "Not as expected", Text: "What is here is not what you expected. Nothing was changed.", Home: true}},
	{receive.ErrFileLimit, page.Message{Status: http.StatusRequestEntityTooLarge, Title: "Too large", Text: "This file is larger than the owner allows. Ask them to raise the limit.", Home: true}},
	{receive.ErrTotalLimit, page.Message{Status: http.StatusInsufficientStorage, Title: "Enough", Text: "The owner’s limit for added files has been reached. Ask them to raise it.", Home: true}},
	{receive.ErrFilesLimit, page.Message{Status: http.StatusInsufficientStorage, Title: "Enough", Text: "The owner is not taking any more files. Ask them to raise the limit.", Home: true}},
	{receive.ErrNoSpace, page.Message{Status: http.StatusInsufficientStorage, Title: "No room", Text: "There is not enough room on the computer that shares this folder. Ask its owner to make some.", Home: true}},
	{receive.ErrSlow, page.Message{Status: http.StatusRequestTimeout, Title: "Too slow", Text: "The upload was too slow while others were waiting. Send it again, or continue where it stopped.", Home: true}},
	{receive.ErrCrowded, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many files are coming in right now. Try again in a moment.", Home: true}},

	{share.ErrFull, page.Message{Status: http.StatusInsufficientStorage, Title: "No room", Text: "The drive of the computer that shares this folder is full. Ask its owner to make room.", Home: true}},
	{share.ErrTooLarge, page.Message{Status: http.StatusRequestEntityTooLarge, Title: "Too large", Text: "The drive of the computer that shares this folder does not take files of this size.", Home: true}},
	{share.ErrNotWritable, page.Message{Status: http.StatusForbidden, Title: "Not writable", Text: "The computer that shares this folder may not write here itself. Ask its owner.", Home: true}},
	{share.ErrLongName, page.Message{Status: http.StatusBadRequest, Title: "Name too long", Text: "The name is too long for this drive. Choose a shorter one."}},
	{share.ErrElsewhere, page.Message{Status: http.StatusConflict, Title: "On another drive", Text: "This would have to go to another drive, which cannot be done in one step. Nothing was changed.", Home: true}},
	{share.ErrMounted, page.Message{Status: http.StatusConflict, Title: "A drive is attached", Text: "Another drive is attached at this folder or inside it, so the folder can be neither moved nor deleted. Ask the owner to eject it first.", Home: true}},
	{share.ErrGone, page.Message{Status: http.StatusGone, Title: "No longer there", Text: "This was moved or deleted since it was shared. Ask the owner for it.", Home: true}},
	{share.ErrNotReadable, page.Message{Status: http.StatusForbidden, Title: "Not readable", Text: "The computer that shares this folder may not read this itself.", Home: true}},
	{share.ErrNotAnswering, page.Message{Status: http.StatusServiceUnavailable, Title: "Its drive does not answer", Text: "The drive that this lies on does not answer at the moment. Try again later, or ask the owner.", Home: true}},
	{share.ErrFixed, page.Message{Status: http.StatusForbidden, Title: "Not possible", Text: "The owner has chosen what is shared here. Only what is in the shared folders can be changed.", Home: true}},
	{share.ErrInside, page.Message{Status: http.StatusForbidden, Title: "Into itself", Text: "It would have to go into itself. Choose another place.", Home: true}},
	{share.ErrTooManyWatched, page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many people are viewing right now. Try again in a moment."}},

	{fs.ErrInvalid, page.Message{Status: http.StatusBadRequest, Title: "Not a name", Text: "This name cannot be used here. Choose another one."}},
	{fs.ErrExist, page.Message{Status: http.StatusMethodNotAllowed, Title: "Already there", Text: "There is a file or folder of that name. Nothing was changed.", Home: true}},
	{receive.ErrBroken, page.Message{Status: http.StatusBadRequest, Title: "Not whole", Text: "The file did not arrive whole. Send it again."}}, // it may wrap one of those above
	{fs.ErrNotExist, page.Message{Status: http.StatusNotFound, Title: "Nothing here", Text: "There is no such file or folder in this share. It may have been moved or renamed.", Home: true}},
	{fs.ErrClosed, page.Message{Status: http.StatusNotFound, Title: "Nothing here", Text: "There is no such file or folder in this share. It may have been moved or renamed.", Home: true}}, // the owner has taken it out meanwhile
	{fs.ErrPermission, page.Message{Status: http.StatusForbidden, Title: "Not readable", Text: "The computer that shares this folder may not read this itself.", Home: true}},
	{syscall.EMFILE, tooManyFiles},
	{syscall.ENFILE, tooManyFiles},

	{errWrite, page.Message{Status: http.StatusInternalServerError, Title: "Could not be stored", Text: "The computer that shares this folder could not write this. Try again, or ask its owner.", Home: true}},
	{errRead, page.Message{Status: http.StatusInternalServerError, Title: "Could not be read", Text: "The computer that shares this folder could not read this. Try again, or ask its owner.", Home: true}},
}

// statusChecksumMismatch is tus's own (checksum extension).
const statusChecksumMismatch = 460

var tooManyFiles = page.Message{Status: http.StatusServiceUnavailable, Title: "Too busy", Text: "Too many files are open right now. Try again in a moment.", Home: true}

var (
	inUse     = page.Message{Status: http.StatusLocked, Title: "In use", Text: "Someone has this open, so it cannot be changed. Try again when it is closed.", Home: true}
	notWebDAV = page.Message{Status: http.StatusBadRequest, Title: "Not understood", Text: "The XML or a header of this request is not what WebDAV asks for."}
)

// notAllowed returns the error that says what devices may do, where that is not enough.
func notAllowed(granted access.Permission) error {
	if granted > access.Read {
		return errAddOnly
	}
	return errReadOnly
}

// messageFor returns what a device is told about an error, when its request
// needed a permission and devices have another.
func messageFor(err error, needed, granted access.Permission) page.Message {
	if errors.Is(err, errMethod) && granted > access.Read {
		err = errNotHere // to say that this is for looking only would be wrong
	}
	for _, a := range answers {
		if errors.Is(err, a.err) {
			return a.Message
		}
	}
	if needed > access.Read {
		return messageFor(errWrite, needed, granted)
	}
	return messageFor(errRead, needed, granted)
}
