package app

import (
	"errors"
	"slices"
)

// What a person has to know that no error of the server's says.
var (
	errFlooded          = errors.New("Too many wrong PINs were tried, so there is a new PIN.")
	errNotOpened        = errors.New("The folder could not be shown. Open it in your file manager.")
	errNotAllowed       = errors.New("The system did not allow the firewall to be changed. Copy the command and run it in a terminal.")
	errNotRestored      = errors.New("This could not be restored. It is in the hidden folder .windowsill-trash inside the shared folder.")
	errNotAccepted      = errors.New("This could not be made the page of its folder. Check that you may change the folder.")
	errNoReceivedFolder = errors.New("There is no folder for what comes in. Choose one in the settings.")
	errFileNotOpened    = errors.New("The file could not be opened. Show it in its folder instead.")
	errNotCopied        = errors.New("The text could not be copied. Show the file in its folder instead.")
	errNotPasted        = errors.New("The picture on the clipboard could not be read. Save it as a file, and share that.")
	errPictureNotCopied = errors.New("The picture could not be copied. Show the file in its folder instead.")
	errNotDeleted       = errors.New("The file could not be deleted. Check that no program has it open.")
)

func isOneOf(err error, others ...error) bool {
	return slices.ContainsFunc(others, func(o error) bool { return errors.Is(err, o) })
}
