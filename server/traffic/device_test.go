package traffic

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
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

// attributed answers "hello" for the device with a number.
func attributed(r *Recorder, id uint64) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		r.Attribute(w, req, id)
		io.WriteString(w, "hello")
	}
}

func TestDevices(t *testing.T) {
	r := New(Options{})
	before := time.Now()
	record(t, r, from("192.168.1.30", iPhone), attributed(r, 0))
	record(t, r, from("fe80::1%eth0", "curl/8.5.0"), attributed(r, 0))
	record(t, r, from("::ffff:192.168.1.30", iPhone), attributed(r, 0))
	record(t, r, from("127.0.0.1", "curl/8.5.0"), attributed(r, 0))
	record(t, r, from("::1", "curl/8.5.0"), attributed(r, 0))

	snap := r.Snapshot()
	devices, totals := snap.Devices, snap.Totals
	if len(devices) != 2 {
		t.Fatalf("got %+v, want two", devices)
	}
	linux, phone := devices[0], devices[1] // the latest to come is first
	if linux.Addr != netip.MustParseAddr("fe80::1") || linux.Name != "curl" || linux.Mobile || linux.Requests != 1 {
		t.Errorf("got %+v", linux)
	}
	if phone.Addr != netip.MustParseAddr("192.168.1.30") || phone.Name != "iPhone · Safari" || !phone.Mobile ||
		phone.Requests != 2 || phone.Bytes != 10 || phone.Target != "/" {
		t.Errorf("got %+v", phone)
	}
	if phone.First.Before(before) || !phone.Last.After(phone.First) || time.Now().Before(phone.Last) {
		t.Errorf("first %v, last %v", phone.First, phone.Last)
	}
	if totals != (Totals{Requests: 5}) { // "hello" is no file
		t.Errorf("got %+v", totals)
	}
}

func TestThisComputerByItsOtherAddress(t *testing.T) {
	r := New(Options{})
	for _, remote := range []string{"192.168.1.20", "192.168.1.30"} {
		req := from(remote, "curl/8.5.0")
		local := &net.TCPAddr{IP: net.ParseIP("192.168.1.20"), Port: 8000}
		ctx := context.WithValue(req.Context(), http.LocalAddrContextKey, local)
		record(t, r, req.WithContext(ctx), attributed(r, 0))
	}
	if devices := r.Snapshot().Devices; len(devices) != 1 || devices[0].Addr.String() != "192.168.1.30" {
		t.Errorf("got %+v, want only the other one", devices)
	}
}

func TestWithoutAnAddressThereIsNoDevice(t *testing.T) {
	r := New(Options{})
	req := from("", "curl/8.5.0")
	req.RemoteAddr = "@"
	if got := record(t, r, req, attributed(r, 0)); got.Addr.IsValid() {
		t.Errorf("address %v", got.Addr)
	}
	if devices := r.Snapshot().Devices; len(devices) != 0 {
		t.Errorf("got %+v", devices)
	}
}

func TestDeviceIsThereWhileItsFirstRequestRuns(t *testing.T) {
	r := New(Options{})
	record(t, r, from("10.0.0.1", iPhone), func(w http.ResponseWriter, req *http.Request) {
		attributed(r, 0)(w, req)
		snap := r.Snapshot()
		devices, totals, log := snap.Devices, snap.Totals, snap.Log
		if len(devices) != 1 || devices[0].Name != "iPhone · Safari" || devices[0].Bytes != 5 {
			t.Errorf("got %+v", devices)
		}
		if log.Len() != 0 || totals != (Totals{Requests: 1}) {
			t.Errorf("%d rows, %+v", log.Len(), totals)
		}
	})
}

func TestARequestThatIsNotAttributedCountsForNoDevice(t *testing.T) {
	r := New(Options{})
	record(t, r, from("10.0.0.1", iPhone), func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })
	snap := r.Snapshot()
	devices, totals := snap.Devices, snap.Totals
	if len(devices) != 0 || totals.Requests != 1 {
		t.Errorf("%+v, %+v", devices, totals)
	}
}

func TestDevicesWithNumbersAreToldApartByThem(t *testing.T) {
	r := New(Options{})
	record(t, r, from("10.0.0.1", iPhone), attributed(r, 7))
	record(t, r, from("10.0.0.1", iPhone), attributed(r, 8))
	row := record(t, r, from("10.0.0.2", iPhone), attributed(r, 7))
	devices := r.Snapshot().Devices
	if len(devices) != 2 || row.Device != 7 {
		t.Fatalf("%+v, row of device %d", devices, row.Device)
	}
	for _, d := range devices {
		if d.ID == 7 && (d.Requests != 2 || d.Addr.String() != "10.0.0.2" || d.Bytes != 10) {
			t.Errorf("%+v", d)
		}
	}
}

func TestCutBreaksOffTheRightOne(t *testing.T) {
	r := New(Options{})
	attributed, leave := make(chan struct{}), make(chan struct{})
	addr := serve(t, r, func(w http.ResponseWriter, req *http.Request) {
		id, _ := strconv.ParseUint(req.URL.Path[1:], 10, 64)
		r.Attribute(w, req, id)
		w.(http.Flusher).Flush()
		attributed <- struct{}{}
		select {
		case <-leave:
		case <-req.Context().Done():
		}
		io.WriteString(w, "hello")
	})
	get := func(path string) *http.Response {
		type result struct {
			a   *http.Response
			err error
		}
		got := make(chan result, 1)
		go func() {
			a, err := http.Get("http://" + addr + path)
			got <- result{a, err}
		}()
		<-attributed
		answer := <-got
		if answer.err != nil {
			t.Fatal(answer.err)
		}
		return answer.a
	}
	one, two := get("/1"), get("/2")
	defer one.Body.Close()
	defer two.Body.Close()
	r.Cut(func(id uint64, _ netip.Addr) bool { return id == 1 })
	if got, err := io.ReadAll(one.Body); err == nil {
		t.Errorf("the first goes on: %q", got)
	}
	close(leave)
	if got, err := io.ReadAll(two.Body); err != nil || string(got) != "hello" {
		t.Errorf("the second: %q, %v", got, err)
	}
}

func TestNoteIsARowAndNoRequest(t *testing.T) {
	r := New(Options{})
	r.Note(netip.MustParseAddr("10.0.0.1"), "iPhone was let in")
	snap := r.Snapshot()
	totals, log := snap.Totals, snap.Log
	if log.Len() != 1 || log.At(0).Note != "iPhone was let in" || totals.Requests != 0 {
		t.Errorf("%d rows, %+v", log.Len(), totals)
	}
	if line := log.At(0).AppendCombined(nil); len(line) != 0 {
		t.Errorf("%q in a log of requests", line)
	}
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
		record(t, r, from("10.0.0.1", step.agent), attributed(r, 0))
		if devices := r.Snapshot().Devices; devices[0].Name != step.want {
			t.Errorf("after %q: %q, want %q", step.agent, devices[0].Name, step.want)
		}
	}
}

func TestRowsShareTheUserAgent(t *testing.T) {
	r := New(Options{})
	one := record(t, r, from("10.0.0.1", iPhone), attributed(r, 0))
	two := record(t, r, from("10.0.0.2", string([]byte(iPhone))), attributed(r, 0))
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
		ds.seen(0, addr(i), now, agent)
		ds.seen(0, addr(0), now, agent) // keeps coming
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
