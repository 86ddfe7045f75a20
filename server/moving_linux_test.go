package server

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestSharingFollowsAnAddressThatCannotBeHadAtOnce(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	// A quarter of a second, instead of one or two.
	must(t, os.WriteFile("/proc/sys/net/ipv6/neigh/lan0/retrans_time_ms", []byte("250"), 0o644))
	must(t, os.WriteFile("/proc/sys/net/ipv6/conf/lan0/router_solicitation_delay", []byte("0"), 0o644))
	ip(t, "address add fd00::1/64 dev lan0 nodad")
	s, _ := start(t, Options{LookAfter: 50 * time.Millisecond, Policy: Policy{Open: true}}, Share{
		Folder: tree(t, map[string]string{"a": "hello"}),
		Where:  Where{Prefer: "lan0 IPv6", Alone: true},
	})
	// A time-out of the client alone would leave its dial behind for minutes.
	dialer := net.Dialer{Timeout: time.Second}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: dialer.DialContext}}
	answers := func(at string) bool {
		a, err := client.Get(fmt.Sprintf("http://[%s]:%d/a", at, s.Snapshot().Share.Port))
		if err != nil {
			return false
		}
		a.Body.Close()
		return a.StatusCode == http.StatusOK
	}
	until(t, "an answer at the first address", func() bool { return answers("fd00::1") })
	for _, next := range []string{"fd00::2", "fd00::3"} {
		ip(t, "address flush dev lan0 scope global")
		ip(t, "address add "+next+"/64 dev lan0")
		if !strings.Contains(ip(t, "-6 address show dev lan0 tentative"), next) {
			t.Fatal("the system does no duplicate address detection")
		}
		until(t, "an answer at "+next, func() bool { return answers(next) })
		if snap := s.Snapshot(); snap.State != Sharing || snap.Err != nil {
			t.Errorf("%v, %v", snap.State, snap.Err)
		}
	}
}

func TestSharingFailsWhenTheSystemClosesThePort(t *testing.T) {
	s, url := start(t, Options{}, Share{Folder: t.TempDir()})
	port := s.Snapshot().Share.Port
	must(t, unix.Shutdown(listeningOn(t, port), unix.SHUT_RDWR))
	until(t, "it has failed", func() bool { return s.Snapshot().State == Failed })
	var lost *PortLostError
	if err := s.Snapshot().Err; !errors.As(err, &lost) || lost.Port != port {
		t.Errorf("%v", err)
	}
	if _, err := http.Get(url); err == nil {
		t.Error("there is an answer")
	}
	must(t, s.Start(s.Snapshot().Share))
}

// listeningOn returns this process's socket that listens on a port.
func listeningOn(t *testing.T, port int) (fd int) {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	for _, f := range open {
		fd, err := strconv.Atoi(f.Name())
		must(t, err)
		if listens, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ACCEPTCONN); err != nil || listens == 0 {
			continue
		}
		switch at, _ := unix.Getsockname(fd); at := at.(type) {
		case *unix.SockaddrInet6:
			if at.Port == port {
				return fd
			}
		case *unix.SockaddrInet4:
			if at.Port == port {
				return fd
			}
		}
	}
	t.Fatalf("nothing listens on port %d", port)
	return -1
}
