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

// checked gives a network card an address that it cannot use yet, since the
// system looks whether somebody else has it (duplicate address detection, RFC
// 4862, section 5.4).
func checked(t *testing.T, card, addr string) {
	t.Helper()
	// A second, instead of one or two.
	must(t, os.WriteFile("/proc/sys/net/ipv6/conf/"+card+"/router_solicitation_delay", []byte("0"), 0o644))
	ip(t, "address add "+addr+"/64 dev "+card)
	if !strings.Contains(ip(t, "-6 address show dev "+card+" tentative"), addr) {
		t.Fatal("the system does no duplicate address detection")
	}
}

// answersAt reports whether a share answers at an address.
func answersAt(s *Server, addr string) bool {
	// A time-out of the client alone would leave its dial behind for minutes.
	dialer := net.Dialer{Timeout: time.Second}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: dialer.DialContext}}
	a, err := client.Get(fmt.Sprintf("http://[%s]:%d/a", addr, s.Snapshot().Share.Port))
	if err != nil {
		return false
	}
	a.Body.Close()
	return a.StatusCode == http.StatusOK
}

var (
	atIPv6 = Where{Prefer: "lan0 IPv6", Alone: true}
	toAll  = Policy{Open: true}
)

func TestSharingFollowsAnAddressThatCannotBeHadAtOnce(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	ip(t, "address add fd00::1/64 dev lan0 nodad")
	s, _ := start(t, Options{LookAfter: 50 * time.Millisecond, Policy: toAll}, Share{Folder: tree(t, map[string]string{"a": "hello"}), Where: atIPv6})
	until(t, "an answer at the first address", func() bool { return answersAt(s, "fd00::1") })
	for _, next := range []string{"fd00::2", "fd00::3"} {
		ip(t, "address flush dev lan0 scope global")
		checked(t, "lan0", next)
		until(t, "an answer at "+next, func() bool { return answersAt(s, next) })
		if snap := s.Snapshot(); snap.State != Sharing || snap.Err != nil {
			t.Errorf("%v, %v", snap.State, snap.Err)
		}
	}
}

func TestAShareWithoutANetworkHasNoLinks(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	ip(t, "address add fd00::1/64 dev lan0 nodad")
	s, _ := start(t, Options{LookAfter: 50 * time.Millisecond, Policy: toAll}, Share{Folder: tree(t, nil), Where: atIPv6})
	ip(t, "address flush dev lan0 scope global")
	until(t, "no link", func() bool { return len(s.Snapshot().Links) == 0 })
	if snap := s.Snapshot(); snap.State != Sharing {
		t.Errorf("%v, %v", snap.State, snap.Err)
	}
}

func TestSharingBeginsAtAnAddressThatCannotBeHadAtOnce(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	checked(t, "lan0", "fd00::1")
	s, _ := start(t, Options{Policy: toAll}, Share{Folder: tree(t, map[string]string{"a": "hello"}), Where: atIPv6})
	if !answersAt(s, "fd00::1") {
		t.Error("there is no answer")
	}
	must(t, s.SetWhere(Where{}))
	ip(t, "address flush dev lan0 scope global")
	checked(t, "lan0", "fd00::2")
	s.running().refresh()
	must(t, s.SetWhere(atIPv6))
	if !answersAt(s, "fd00::2") {
		t.Error("there is no answer after a change")
	}
}

// Without a cable nobody can be asked, and the system never lets anybody use
// the address.
func TestSharingSaysThatAnAddressCannotBeHad(t *testing.T) {
	if !inNetwork(t) {
		return
	}
	ip(t, "link add loose0 type veth peer name end0")
	ip(t, "link set up dev loose0")
	checked(t, "loose0", "fd00::1")
	alone := Where{Prefer: "loose0 IPv6", Alone: true}
	s, err := New(Options{})
	must(t, err)
	var missing *AddressMissingError
	if err := s.Start(Share{Folder: t.TempDir(), Where: alone}); !errors.As(err, &missing) || missing.Wanted != alone.Prefer {
		t.Fatalf("%v", err)
	}
	must(t, s.Start(Share{Folder: t.TempDir()}))
	defer s.Stop(done())
	if err := s.SetWhere(alone); !errors.As(err, &missing) {
		t.Errorf("%v", err)
	}
	if at := s.running().endpoint.listener.Addr().(*net.TCPAddr).IP; !at.IsUnspecified() {
		t.Errorf("it listens at %v", at)
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
