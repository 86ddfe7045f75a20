package server

import (
	"errors"
	"fmt"
	"strings"

	"windowsill/server/share"
)

// Why a folder cannot be shared. Their texts are sentences for a person.
var (
	ErrFolderMissing    = share.ErrMissing    // there is nothing at that path
	ErrNotAFolder       = share.ErrNotAFolder // there is something else
	ErrFolderUnreadable = share.ErrUnreadable // the system forbids reading it

	// ErrFolderGone is the state's error when the folder vanished while it
	// was shared, such as an unplugged drive.
	ErrFolderGone = errors.New("The folder is no longer there. Was a drive unplugged, or the folder moved? Bring it back, or choose another one.")

	// ErrBusy is returned by Start while something is already shared.
	ErrBusy = errors.New("A folder is already shared. Stop sharing it first.")
)

// PortBusyError says that another program has the port a person asked for.
type PortBusyError struct {
	Port       int
	Suggestion int // a free port above it; 0 if none was found
	Err        error
}

// Error returns a sentence for a person.
func (e *PortBusyError) Error() string {
	if e.Suggestion == 0 {
		return fmt.Sprintf("Port %d is used by another program. Choose another one.", e.Port)
	}
	return fmt.Sprintf("Port %d is used by another program. Try %d.", e.Port, e.Suggestion)
}

// Unwrap returns the system's own error.
func (e *PortBusyError) Unwrap() error { return e.Err }

// PortForbiddenError says that the system keeps the port for
// administrators, as most do with those below 1024.
type PortForbiddenError struct {
	Port       int
	Suggestion int // a port that can be had; 0 if none was found
	Err        error
}

// Error returns a sentence for a person.
func (e *PortForbiddenError) Error() string {
	if e.Suggestion == 0 {
		return fmt.Sprintf("Port %d is reserved for administrators. Choose one above 1023.", e.Port)
	}
	return fmt.Sprintf("Port %d is reserved for administrators. Choose one above 1023, such as %d.", e.Port, e.Suggestion)
}

// Unwrap returns the system's own error.
func (e *PortForbiddenError) Unwrap() error { return e.Err }

// PortUnusableError says that the system could not open the port, for a
// reason that is neither of the others.
type PortUnusableError struct {
	Port int
	Err  error
}

// Error returns a sentence for a person.
func (e *PortUnusableError) Error() string {
	return fmt.Sprintf("Port %d could not be opened. Try another one.", e.Port)
}

// Unwrap returns the system's own error.
func (e *PortUnusableError) Unwrap() error { return e.Err }

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
