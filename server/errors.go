package server

import (
	"errors"
	"strings"

	"windowsill/server/conns"
	"windowsill/server/share"
	"windowsill/server/web"
)

// Why a folder cannot be shared. Their texts are sentences for a person.
var (
	ErrFolderMissing    = share.ErrMissing    // there is nothing at that path
	ErrNotAFolder       = share.ErrNotAFolder // there is something else
	ErrFolderUnreadable = share.ErrUnreadable // the system forbids reading it

	// ErrFolderGone is the state's error when the folder vanished while it
	// was shared, such as an unplugged drive.
	ErrFolderGone = errors.New("The folder is no longer there. Was a drive unplugged, or the folder moved? Bring it back, or choose another one.")

	// Why a text is not sent.
	ErrNoText   = web.ErrNoText
	ErrLongText = web.ErrLongText

	// ErrNoShare is returned by SendText while nothing is shared.
	ErrNoShare = errors.New("Nobody would get the text. Share a folder first.")

	// ErrBusy is returned by Start while something is already shared.
	ErrBusy = errors.New("A folder is already shared. Stop sharing it first.")
)

// Why a port could not be opened. Their texts are sentences for a person.
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
	var has []string
	for _, a := range e.Has {
		has = append(has, a.Choice()+" ("+a.Addr.String()+")")
	}
	return "This computer has no address " + e.Wanted + " at the moment. It has " + strings.Join(has, ", ") + "."
}
