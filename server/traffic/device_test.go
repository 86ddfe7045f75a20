package traffic

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"
	"unique"
	"unsafe"
)

// from makes a request of a device.
func from(addr, agent string) *http.Request {
	req := httptest.NewRequest("GET", "/", nil)
	req.RemoteAddr = net.JoinHostPort(addr, "50000")
	req.Header.Set("User-Agent", agent)
	return req
}

func hello(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }

func TestDevices(t *testing.T) {
	r := New(Options{})
	before := time.Now()
	record(t, r, from("192.168.1.30", iPhone), hello)
	record(t, r, from("fe80::1%eth0", "curl/8.5.0"), hello)
	record(t, r, from("::ffff:192.168.1.30", iPhone), hello)
	record(t, r, from("127.0.0.1", "curl/8.5.0"), hello)
	record(t, r, from("::1", "curl/8.5.0"), hello)

	devices, _, totals, _ := r.Snapshot()
	if len(devices) != 2 {
		t.Fatalf("got %+v, want two", devices)
	}
	linux, phone := devices[0], devices[1] // the latest to come is first
	if linux.Addr != netip.MustParseAddr("fe80::1") || linux.Name != "curl" || linux.Mobile || linux.Requests != 1 {
		t.Errorf("got %+v", linux)
	}
	if phone.Addr != netip.MustParseAddr("192.168.1.30") || phone.Name != "iPhone · Safari" || !phone.Mobile ||
		phone.Requests != 2 || phone.Bytes != 10 {
		t.Errorf("got %+v", phone)
	}
	if phone.First.Before(before) || !phone.Last.After(phone.First) || time.Now().Before(phone.Last) {
		t.Errorf("first %v, last %v", phone.First, phone.Last)
	}
	if totals != (Totals{Requests: 5, Bytes: 25}) {
		t.Errorf("got %+v", totals)
	}
}

func TestThisComputerByItsOtherAddress(t *testing.T) {
	r := New(Options{})
	for _, remote := range []string{"192.168.1.20", "192.168.1.30"} {
		req := from(remote, "curl/8.5.0")
		local := &net.TCPAddr{IP: net.ParseIP("192.168.1.20"), Port: 8000}
		ctx := context.WithValue(req.Context(), http.LocalAddrContextKey, local)
		record(t, r, req.WithContext(ctx), hello)
	}
	if devices, _, _, _ := r.Snapshot(); len(devices) != 1 || devices[0].Addr.String() != "192.168.1.30" {
		t.Errorf("got %+v, want only the other one", devices)
	}
}

func TestWithoutAnAddressThereIsNoDevice(t *testing.T) {
	r := New(Options{})
	req := from("", "curl/8.5.0")
	req.RemoteAddr = "@"
	if got := record(t, r, req, hello); got.Addr.IsValid() {
		t.Errorf("address %v", got.Addr)
	}
	if devices, _, _, _ := r.Snapshot(); len(devices) != 0 {
		t.Errorf("got %+v", devices)
	}
}

func TestDeviceIsThereWhileItsFirstRequestRuns(t *testing.T) {
	r := New(Options{})
	record(t, r, from("10.0.0.1", iPhone), func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "hello")
		devices, _, totals, log := r.Snapshot()
		if len(devices) != 1 || devices[0].Name != "iPhone · Safari" || devices[0].Bytes != 5 {
			t.Errorf("got %+v", devices)
		}
		if log.Len() != 0 || totals != (Totals{Requests: 1, Bytes: 5}) {
			t.Errorf("%d rows, %+v", log.Len(), totals)
		}
	})
}

func TestDeviceGetsTheBetterName(t *testing.T) {
	r := New(Options{})
	for _, step := range []struct{ agent, want string }{
		{"", "Unknown device"},
		{"VLC/3.0.20 LibVLC/3.0.20", "VLC"},
		{iPhone, "iPhone · Safari"},
		{"VLC/3.0.20 LibVLC/3.0.20", "iPhone · Safari"},
		{"", "iPhone · Safari"},
	} {
		record(t, r, from("10.0.0.1", step.agent), hello)
		if devices, _, _, _ := r.Snapshot(); devices[0].Name != step.want {
			t.Errorf("after %q: %q, want %q", step.agent, devices[0].Name, step.want)
		}
	}
}

func TestRowsShareTheUserAgent(t *testing.T) {
	r := New(Options{})
	one := record(t, r, from("10.0.0.1", iPhone), hello)
	two := record(t, r, from("10.0.0.2", string([]byte(iPhone))), hello)
	if unsafe.StringData(one.UserAgent) != unsafe.StringData(two.UserAgent) {
		t.Error("the same text is kept twice")
	}
}

func TestDevicesAreBounded(t *testing.T) {
	var ds devices
	agent := unique.Make("")
	now := start
	addr := func(i int) netip.Addr { return netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}) }
	for i := range maxDevices + 200 {
		now = now.Add(time.Second)
		ds.seen(addr(i), now, agent)
		ds.seen(addr(0), now, agent) // keeps coming
	}
	got := map[netip.Addr]bool{}
	for _, d := range ds.list() {
		got[d.Addr] = true
	}
	if len(got) != maxDevices || ds.seenLast.Len() != maxDevices {
		t.Errorf("%d devices, %d in order", len(got), ds.seenLast.Len())
	}
	for i, want := range map[int]bool{0: true, 1: false, 200: false, 201: true, maxDevices + 199: true} {
		if got[addr(i)] != want {
			t.Errorf("device %d is listed: %v", i, got[addr(i)])
		}
	}
}

func ExampleRequest_AppendCombined() {
	q := Request{
		Start: time.Date(2026, 3, 9, 17, 4, 5, 0, time.UTC), Addr: netip.MustParseAddr("192.168.1.30"),
		Method: "GET", Target: "/film.mp4", Proto: "HTTP/1.1", Status: 200, Bytes: 123, UserAgent: "curl/8.5.0",
	}
	fmt.Printf("%s", q.AppendCombined(nil))
	// Output: 192.168.1.30 - - [09/Mar/2026:17:04:05 +0000] "GET /film.mp4 HTTP/1.1" 200 123 "-" "curl/8.5.0"
}
