package web

import (
	"windowsill/server/access"

	"bufio"
	"context"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/page"
)

// listenTo opens a stream of events, and returns what tells the next event that
// is no beat; "" at its end.
func listenTo(t *testing.T, url string) (next func() string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	must(t, err)
	a, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(q)
	must(t, err)
	t.Cleanup(func() { a.Body.Close() })
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s: %d %v", url, a.StatusCode, a.Header)
	}
	lines := bufio.NewScanner(a.Body)
	return func() string {
		for lines.Scan() {
			if kind, ok := strings.CutPrefix(lines.Text(), "event: "); ok && kind != "beat" {
				return kind
			}
		}
		return ""
	}
}

func TestOpenPageIsToldOfChangesAndOfTheEnd(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "a & b"), 0o755))
	s, home := start(t, dir, setup{Stall: 200 * time.Millisecond})
	info, err := os.Stat(filepath.Join(dir, "a & b"))
	must(t, err)
	next := listenTo(t, home+"/.windowsill/live?in=/a%20%26%20b/&asof="+page.AsOf(info.ModTime()))
	until(t, "somebody listens", func() bool { s.streams.mu.Lock(); defer s.streams.mu.Unlock(); return len(s.streams.all) == 1 })
	must(t, os.WriteFile(filepath.Join(dir, "a & b", "new"), nil, 0o644))
	if got := next(); got != "changed" {
		t.Errorf("after a change: %q", got)
	}
	s.guard.SetPolicy(access.Policy{Allow: access.Add})
	s.PolicyChanged()
	if got := next(); got != "changed" {
		t.Errorf("after a change of what devices may do: %q", got)
	}
	s.end()
	if got := next(); got != "stopped" {
		t.Errorf("at the end: %q", got)
	}
	if got := next(); got != "" {
		t.Errorf("after the end: %q", got)
	}
}

func TestOpenPageIsToldAtOnceWhatItMissed(t *testing.T) {
	_, home := start(t, t.TempDir(), setup{})
	if got := listenTo(t, home+"/.windowsill/live?in=/&asof=0")(); got != "changed" {
		t.Errorf("%q", got)
	}
}

func TestStreamsAreBounded(t *testing.T) {
	s := new(streams)
	phone, tablet := netip.MustParseAddr("192.168.1.2"), netip.MustParseAddr("192.168.1.3")
	first, err := s.open(0, phone)
	must(t, err)
	for range maxDeviceStreams - 1 {
		_, err := s.open(0, phone)
		must(t, err)
	}
	_, err = s.open(0, tablet)
	must(t, err)
	if len(first.enough) != 0 {
		t.Error("the stream of another device ended one")
	}
	_, err = s.open(0, phone)
	must(t, err)
	if len(first.enough) != 1 || len(s.all) != maxDeviceStreams+1 {
		t.Errorf("%d streams, and the oldest is one of them", len(s.all))
	}
	for i := uint64(1); len(s.all) < maxStreams; i++ {
		_, err := s.open(i, tablet)
		must(t, err)
	}
	if _, err := s.open(0, netip.MustParseAddr("192.168.1.4")); err != errStreams {
		t.Errorf("one too many: %v", err)
	}
}

func TestEventsNeedAdmission(t *testing.T) {
	s, _ := start(t, t.TempDir(), setup{})
	a := clientOf(t, s, "192.168.1.50").send(http.MethodGet, "/.windowsill/live?in=/")
	if a.Code != http.StatusUnauthorized {
		t.Errorf("status %d", a.Code)
	}
}
