package conns

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestOpenPort(t *testing.T) {
	refuse := func(err error, below int) opener {
		return func(port int) (net.Listener, error) {
			if port < below {
				return nil, &net.OpError{Op: "listen", Err: os.NewSyscallError("bind", err)}
			}
			return openerAt(netip.Addr{})(0)
		}
	}
	for _, c := range []struct {
		name       string
		port       int
		exact      bool
		open       opener
		want       any // a target for errors.As; nil for success
		suggestion int
	}{
		{"free", 8000, true, refuse(syscall.EADDRINUSE, 8000), nil, 0},
		{"busy, exact", 8000, true, refuse(syscall.EADDRINUSE, 8003), new(*PortBusyError), 8003},
		{"busy, next", 8000, false, refuse(syscall.EADDRINUSE, 8003), nil, 0},
		{"all busy", 65000, false, refuse(syscall.EADDRINUSE, 70000), new(*PortBusyError), 0},
		{"at the end", 65535, true, refuse(syscall.EADDRINUSE, 70000), new(*PortBusyError), 0},
		{"without the right", 80, true, refuse(syscall.EACCES, 1024), new(*PortForbiddenError), 8000},
		{"without the right, not asked for", 80, false, refuse(syscall.EACCES, 1024), new(*PortForbiddenError), 8000},
		{"no network", 8000, true, refuse(syscall.ENETDOWN, 70000), new(*PortUnusableError), 0},
		{"taken on Windows", 8000, true, refuse(syscall.Errno(10048), 8001), new(*PortBusyError), 8001},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := openPort(c.open, c.port, c.exact)
			if err == nil {
				l.Close()
			}
			switch want := c.want.(type) {
			case nil:
				must(t, err)
			case **PortBusyError:
				if !errors.As(err, want) || (*want).Port != c.port || (*want).Suggestion != c.suggestion {
					t.Errorf("%v, want to be told %d", err, c.suggestion)
				}
			case **PortUnusableError:
				if !errors.As(err, want) || (*want).Port != c.port {
					t.Error(err)
				}
			case **PortForbiddenError:
				if !errors.As(err, want) || (*want).Port != c.port || (*want).Suggestion != c.suggestion {
					t.Errorf("%v, want to be told %d", err, c.suggestion)
				}
			}
			if err != nil && !strings.HasSuffix(err.Error(), ".") {
				t.Errorf("%q is no sentence", err)
			}
		})
	}
}
