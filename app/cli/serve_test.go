package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"windowsill/server"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// buffer is a terminal that keeps what was printed.
type buffer struct {
	mu      sync.Mutex
	b       bytes.Buffer
	written chan struct{} // one token if there is something new
}

func newBuffer() *buffer { return &buffer{written: make(chan struct{}, 1)} }

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.written <- struct{}{}:
	default:
	}
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func newEngine(t *testing.T) *server.Server {
	t.Helper()
	e, err := server.New(server.Options{LookAfter: 1})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// startServing returns when c's folder is shared. stop ends that as Ctrl-C does,
// unless it has ended already, and returns what Serve returned.
func startServing(t *testing.T, e *server.Server, c Command) (out *buffer, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancelCause(context.Background())
	out = newBuffer()
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, e, c, out, false) }()
	for !strings.Contains(out.String(), "Press Ctrl-C to stop.") {
		<-out.written
	}
	return out, func() error {
		cancel(errors.New("interrupt signal received")) // as signal.NotifyContext does
		return <-ended
	}
}

func TestServeUntilStopped(t *testing.T) {
	dir := t.TempDir()
	e := newEngine(t)
	out, stop := startServing(t, e, Command{Share: server.Share{Folder: dir}})
	link := e.Snapshot().Links[0].URL
	for _, want := range []string{"Sharing " + dir, link, "█"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("not printed: %q", want)
		}
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if e.Snapshot().State != server.Stopped {
		t.Error(e.Snapshot().State)
	}
}

func TestServeItems(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.pdf"), filepath.Join(dir, "b.mp4")
	for _, path := range []string{a, b} {
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, stop := startServing(t, newEngine(t), Command{Share: server.Share{Items: []server.Item{{Path: a}, {Path: b}}}})
	if want := "Sharing 2 files and folders:\n  " + a + "\n  " + b + "\n"; !strings.Contains(out.String(), want) {
		t.Errorf("not printed: %q", want)
	}
	if err := os.Remove(b); err != nil {
		t.Fatal(err)
	}
	for !strings.Contains(out.String(), b+" is not there any more.") {
		<-out.written
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	err := Serve(context.Background(), newEngine(t), Command{Share: server.Share{Items: []server.Item{{Path: a}, {Path: b}}}}, newBuffer(), false)
	if err == nil || !strings.Contains(err.Error(), "There is nothing at "+b) {
		t.Error(err)
	}
}

func TestServeSaysWhyItCannot(t *testing.T) {
	c := Command{Share: server.Share{Folder: filepath.Join(t.TempDir(), "missing")}}
	if err := Serve(context.Background(), newEngine(t), c, newBuffer(), false); !errors.Is(err, server.ErrFolderMissing) {
		t.Error(err)
	}
}

func TestServeEndsWhenTheShareFails(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	out := newBuffer()
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(context.Background(), newEngine(t), Command{Share: server.Share{Folder: dir}}, out, false)
	}()
	for !strings.Contains(out.String(), "Press Ctrl-C to stop.") {
		<-out.written
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, server.ErrFolderGone) {
		t.Error(err)
	}
}

func TestPrinterFollowsTheAddress(t *testing.T) {
	at := func(addr string) server.Snapshot {
		return server.Snapshot{State: server.Sharing, Share: server.Share{Folder: "/x\x1b[2J"}, Links: []server.Link{{
			URL: "http://" + addr + ":8000/?key=k", Plain: "http://" + addr + ":8000/", Address: server.Address{Addr: netip.MustParseAddr(addr), Label: "Wi-Fi · wlan0"},
		}}}
	}
	out := newBuffer()
	p := &printer{out: out, failed: make(chan error, 1)}
	p.show(at("192.168.1.2"))
	p.show(at("192.168.1.2"))
	p.show(at("192.168.1.3"))
	other := at("192.168.1.3")
	other.Links[0].URL += "2"
	p.show(other)
	if got := strings.Count(out.String(), ":8000/?key=k"); got != 3 {
		t.Errorf("%d links printed, want 3", got)
	}
	if got := strings.Count(out.String(), "There is a new code."); got != 1 {
		t.Errorf("a new code was said %d times", got)
	}
	if got := strings.Count(out.String(), "The address of this computer has changed."); got != 1 {
		t.Errorf("said %d times that the address changed", got)
	}
	if strings.Contains(out.String(), "\x1b") {
		t.Error("a folder's name drives the terminal")
	}
}

func TestPrinterLeavesRoomForTheCode(t *testing.T) {
	snap := server.Snapshot{State: server.Sharing}
	for i := range 130 {
		addr := netip.AddrFrom4([4]byte{10, 0, 0, byte(i + 1)})
		snap.Links = append(snap.Links, server.Link{URL: "http://" + addr.String() + ":8000/", Address: server.Address{Addr: addr, Label: "Virtual · tap0"}})
	}
	out := newBuffer()
	p := &printer{out: out, failed: make(chan error, 1)}
	p.show(snap)
	if got := strings.Count(out.String(), "Virtual"); got != mostLinks || !strings.Contains(out.String(), "  and 124 more\n") {
		t.Errorf("%d addresses printed:\n%s", got, out)
	}
}

func TestPrinterSaysOnceThatSomebodyTriedHTTPS(t *testing.T) {
	var out strings.Builder
	p := &printer{out: &out}
	for _, tried := range []bool{false, true, true} {
		p.show(server.Snapshot{State: server.Sharing, Network: server.Network{TriedTLS: tried}})
	}
	if n := strings.Count(out.String(), "Somebody typed https://."); n != 1 {
		t.Errorf("said %d times: %q", n, out.String())
	}
}

func TestPrinterSaysWhyTheCertificateIsAnotherOne(t *testing.T) {
	for _, authority := range []string{"AU:TH", ""} {
		var out strings.Builder
		p := &printer{out: &out}
		show := func(words, fingerprint string) string {
			out.Reset()
			p.show(server.Snapshot{State: server.Sharing, Certificate: server.Certificate{Words: words, Fingerprint: fingerprint, AuthorityFingerprint: authority, Until: time.Now().AddDate(1, 0, 0)}})
			return out.String()
		}
		why := "The certificate was renewed."
		if authority != "" {
			why = "The addresses or names of this computer have changed, so there is a new certificate."
		}
		if first := show("one two", "01"); !strings.Contains(first, "one two") || strings.Contains(first, why) {
			t.Error(first)
		}
		if again := show("one two", "01"); strings.Contains(again, "one two") {
			t.Error(again)
		}
		if next := show("three four", "02"); !strings.HasPrefix(next, why) || !strings.Contains(next, "three four") {
			t.Error(next)
		}
	}
}

func TestPrinterSaysOnceWhichPagesVisitorsAdded(t *testing.T) {
	var out strings.Builder
	p := &printer{out: &out}
	now := time.Now()
	pages := []server.Page{{At: now}, {Folder: "a\x1b[2J", At: now.Add(1)}}
	for _, known := range []int{0, 1, 2, 2} {
		p.show(server.Snapshot{State: server.Sharing, Pages: pages[:known]})
	}
	if got := out.String(); strings.Count(got, "Visitors added index.html. ") != 1 || strings.Count(got, "/index.html. ") != 1 || strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
}

func TestPrinterSaysThePIN(t *testing.T) {
	out := newBuffer()
	p := &printer{out: out, failed: make(chan error, 1)}
	snap := server.Snapshot{State: server.Sharing, Links: []server.Link{{URL: "http://x/?key=k", Plain: "http://x/"}}, PIN: server.PIN{Digits: "123456"}}
	p.show(snap)
	p.show(snap)
	snap.PIN = server.PIN{Digits: "654321", Flooded: time.Now()}
	p.show(snap)
	snap.PIN.Digits = "111111"
	p.show(snap)
	for _, want := range []string{
		"Whoever types http://x/ needs the PIN 123456.",
		"Too many wrong PINs were tried. The PIN is now 654321.",
		"The PIN was sent without encryption, where others could read it. It is now 111111.",
	} {
		if strings.Count(out.String(), want) != 1 {
			t.Errorf("not said once: %q in %q", want, out.String())
		}
	}
	out = newBuffer()
	p = &printer{out: out, failed: make(chan error, 1)}
	snap.Policy.Open = true
	p.show(snap)
	if strings.Contains(out.String(), "PIN") {
		t.Errorf("open to all, and yet %q", out.String())
	}
}

func TestCodeIsBlackOnWhiteWhereThereAreColours(t *testing.T) {
	code := Code("http://192.168.1.2:8000/", true)
	for line := range strings.Lines(code) {
		if !strings.HasPrefix(line, "\x1b[38;5;231;48;5;16m") || !strings.HasSuffix(line, "\x1b[0m\n") {
			t.Fatalf("%q", line)
		}
	}
	if plain := Code("http://192.168.1.2:8000/", false); strings.Contains(plain, "\x1b") || plain == "" {
		t.Errorf("%q", plain)
	}
	if got := Code(fmt.Sprintf("http://%s/", strings.Repeat("x", 9000)), false); got != "" {
		t.Error("a link too long for a code")
	}
}
