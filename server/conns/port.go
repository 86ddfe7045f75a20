package conns

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// portsTried is how many ports above the wanted one are tried.
const portsTried = 100

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

// Sentence returns that sentence as a template, and what to put into it.
func (e *PortBusyError) Sentence() (template string, data map[string]any) {
	if e.Suggestion == 0 {
		return "Port {{.Port}} is used by another program. Choose another one.", map[string]any{"Port": e.Port}
	}
	return "Port {{.Port}} is used by another program. Try {{.Other}}.", map[string]any{"Port": e.Port, "Other": e.Suggestion}
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

// Sentence returns that sentence as a template, and what to put into it.
func (e *PortForbiddenError) Sentence() (template string, data map[string]any) {
	if e.Suggestion == 0 {
		return "Port {{.Port}} is reserved for administrators. Choose one above 1023.", map[string]any{"Port": e.Port}
	}
	return "Port {{.Port}} is reserved for administrators. Choose one above 1023, such as {{.Other}}.", map[string]any{"Port": e.Port, "Other": e.Suggestion}
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

// Sentence returns that sentence as a template, and what to put into it.
func (e *PortUnusableError) Sentence() (template string, data map[string]any) {
	return "Port {{.Port}} could not be opened. Try another one.", map[string]any{"Port": e.Port}
}

// Unwrap returns the system's own error.
func (e *PortUnusableError) Unwrap() error { return e.Err }

// PortLostError says that the system has closed a port that was open.
type PortLostError struct {
	Port int
	Err  error
}

// Error returns a sentence for a person.
func (e *PortLostError) Error() string {
	return fmt.Sprintf("The system has closed port %d, so devices cannot connect any more. Share the folder again.", e.Port)
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *PortLostError) Sentence() (template string, data map[string]any) {
	return "The system has closed port {{.Port}}, so devices cannot connect any more. Share the folder again.", map[string]any{"Port": e.Port}
}

// Unwrap returns the system's own error.
func (e *PortLostError) Unwrap() error { return e.Err }

// opener opens a TCP port.
type opener func(port int) (net.Listener, error)

// openerAt returns what opens a port at one address of this computer, or at
// all of them, IPv4 and IPv6, if at is the zero Addr.
func openerAt(at netip.Addr) opener {
	host := ""
	if at.IsValid() {
		host = at.String()
	}
	return func(port int) (net.Listener, error) {
		return net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	}
}

// openPort opens the wanted port, or the next free one unless exact.
func openPort(open opener, port int, exact bool) (net.Listener, error) {
	l, err := open(port)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, &PortForbiddenError{Port: port, Suggestion: freePort(open, max(port, 7999)), Err: err}
	case !isBusy(err):
		return nil, &PortUnusableError{Port: port, Err: err}
	case exact:
		return nil, &PortBusyError{Port: port, Suggestion: freePort(open, port), Err: err}
	}
	for next := port + 1; next <= min(port+portsTried, 65535); next++ {
		if l, err := open(next); err == nil {
			return l, nil
		}
	}
	return nil, &PortBusyError{Port: port, Err: err}
}

// freePort returns the first port above that can be opened, 0 if none.
func freePort(open opener, above int) int {
	for port := above + 1; port <= min(above+portsTried, 65535); port++ {
		if l, err := open(port); err == nil {
			l.Close()
			return port
		}
	}
	return 0
}

// IsAddressMissing reports whether [Listen] or [Listener.Move] failed because
// this computer does not have the address, or may not use it yet: the system
// asks on the network first whether somebody else has an IPv6 address, which
// takes a second or two (RFC 4862, section 5.4).
func IsAddressMissing(err error) bool {
	const wsaeAddrNotAvail = syscall.Errno(10049)
	return errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, wsaeAddrNotAvail)
}

// isBusy reports whether another program has the port. Windows has numbers of
// its own for it: WSAEADDRINUSE, and WSAEACCES where it is taken exclusively.
func isBusy(err error) bool {
	const wsaeAcces, wsaeAddrInUse = syscall.Errno(10013), syscall.Errno(10048)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaeAddrInUse) || errors.Is(err, wsaeAcces)
}
