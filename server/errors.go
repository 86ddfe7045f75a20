package server

import (
	"errors"
	"strings"

	"windowsill/server/conns"
	"windowsill/server/share"
	"windowsill/server/web"
)

// The errors of this package are for a person. The text of each is a sentence
// in English, by which its translations are found in assets/locales. Those that
// hold data have a method Sentence, which returns the sentence as a template in
// the syntax of text/template. The system's own words are only in what they
// wrap.

// Why a folder cannot be shared.
var (
	ErrFolderMissing    = share.ErrMissing    // there is nothing at that path
	ErrNotAFolder       = share.ErrNotAFolder // there is something else
	ErrFolderUnreadable = share.ErrUnreadable // the system forbids reading it

	// ErrFolderGone is the state's error when the folder vanished while it
	// was shared, such as an unplugged drive.
	ErrFolderGone = errors.New("The folder is no longer there. Was a drive unplugged, or the folder moved? Bring it back, or choose another one.")

	// ErrFewFiles is returned by Start when the system lets this process open
	// too few files and connections to serve anybody.
	ErrFewFiles = errors.New("The system lets Windowsill open too few files at a time to share. Close other programs, or raise the limit (ulimit -n).")

	// Why a text is not sent.
	ErrNoText   = web.ErrNoText
	ErrLongText = web.ErrLongText
	ErrNoDevice = web.ErrNoDevice

	// ErrNoShare is returned by SendText while nothing is shared.
	ErrNoShare = errors.New("Nobody would get the text. Share a folder first.")

	// ErrBusy is returned by Start while something is already shared.
	ErrBusy = errors.New("A folder is already shared. Stop sharing it first.")
)

// Why a port could not be opened, or is open no longer.
type (
	// PortBusyError says that another program has the port.
	PortBusyError = conns.PortBusyError
	// PortForbiddenError says that the system keeps the port for administrators.
	PortForbiddenError = conns.PortForbiddenError
	// PortUnusableError says that the port could not be opened for another reason.
	PortUnusableError = conns.PortUnusableError
	// PortLostError is the state's error when the system closed the port while a folder was shared.
	PortLostError = conns.PortLostError
)

// AddressMissingError says that the address at which alone to share is not
// among this computer's.
type AddressMissingError struct {
	Wanted string
	Has    []Address
}

// Error returns a sentence for a person.
func (e *AddressMissingError) Error() string {
	if len(e.Has) == 0 {
		return "This computer is on no network at the moment."
	}
	return "This computer has no address " + e.Wanted + " at the moment. It has " + e.has() + "."
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *AddressMissingError) Sentence() (template string, data map[string]any) {
	if len(e.Has) == 0 {
		return "This computer is on no network at the moment.", nil
	}
	return "This computer has no address {{.Wanted}} at the moment. It has {{.Has}}.", map[string]any{"Wanted": e.Wanted, "Has": e.has()}
}

// has lists the addresses, as people choose them.
func (e *AddressMissingError) has() string {
	var has []string
	for _, a := range e.Has {
		has = append(has, a.Choice()+" ("+a.Addr.String()+")")
	}
	return strings.Join(has, ", ")
}
