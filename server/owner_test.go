package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

func TestKeyAndDevicesOutliveAStopButNotAnotherFolder(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	s, err := New(Options{})
	must(t, err)
	code := func(folder string) string {
		must(t, s.Start(Share{Folder: folder}))
		defer s.Stop(context.Background())
		return strings.TrimPrefix(s.Snapshot().Links[0].URL, s.Snapshot().Links[0].Plain) + s.Snapshot().PIN.Digits
	}
	first := code(one)
	if again := code(one); again != first {
		t.Error("the same folder, shared again, has another code")
	}
	if other := code(two); other == first {
		t.Error("another folder opens with the old code")
	}
}

func TestLinksCarryTheKeyUnlessAllMayComeIn(t *testing.T) {
	s, _ := start(t, Options{}, Share{Folder: t.TempDir()})
	l := s.Snapshot().Links[0]
	if l.URL != l.Plain+"?key="+s.now().guard.Key() || strings.Contains(l.Plain, "key") {
		t.Errorf("%+v", l)
	}
	must(t, s.SetPolicy(Policy{Open: true}))
	if l := s.Snapshot().Links[0]; l.URL != l.Plain {
		t.Errorf("open, and yet %+v", l)
	}
	old := s.now().guard.Key()
	must(t, s.SetPolicy(Policy{}))
	s.NewCode(false)
	if l := s.Snapshot().Links[0]; strings.Contains(l.URL, old) {
		t.Error("a new code, and the link is the old one")
	}
}

func TestTheAuditTrailIsInTheLog(t *testing.T) {
	s, _ := start(t, Options{}, Share{Folder: t.TempDir()})
	_, err := s.now().guard.Ask("", access.DeviceInfo{Addr: netip.MustParseAddr("192.168.1.23"), Name: "iPhone"})
	must(t, err)
	snap := s.Snapshot()
	if len(snap.Devices) != 1 || snap.Devices[0].Status != Waiting || snap.Devices[0].Name != "iPhone" {
		t.Fatalf("%+v", snap.Devices)
	}
	id := snap.Devices[0].ID
	s.Rename(id, "Grandma")
	s.Decide(id, LetIn)
	s.Decide(id, SendAway)
	s.Decide(id, Block)
	s.NewCode(true)
	var trail []string
	log := s.Snapshot().Log
	for i := range log.Len() {
		trail = append(trail, log.At(i).Note)
	}
	want := []string{"iPhone asked to come in", "Grandma was let in", "Grandma was sent away", "Grandma was blocked", "New code, everybody sent away"}
	if fmt.Sprint(trail) != fmt.Sprint(want) {
		t.Errorf("%q, want %q", trail, want)
	}
}

func TestWhatTheOwnerSaysBeforeAnythingIsShared(t *testing.T) {
	s, err := New(Options{Policy: Policy{Allow: Change}})
	must(t, err)
	if p := s.Snapshot().Policy; p.Allow != Change {
		t.Errorf("%+v", p)
	}
	s.Decide(1, LetIn)
	s.Rename(1, "x")
	s.NewCode(true)
	must(t, s.SetPolicy(Policy{Open: true, Allow: Add}))
	must(t, s.Start(Share{Folder: t.TempDir()}))
	defer s.Stop(done())
	if p := s.Snapshot().Policy; !p.Open || p.Allow != Add || s.now().guard.Policy() != p {
		t.Errorf("%+v", p)
	}
}

func TestDevicesAreJoined(t *testing.T) {
	now := time.Now()
	known := []access.Device{{ID: 2, Name: "waits", Status: Waiting}, {ID: 1, Name: "Grandma", Status: In, Way: ByKey}}
	seen := []traffic.Device{{ID: 1, Name: "iPhone · Safari", Last: now, Counts: traffic.Counts{Requests: 3, Bytes: 9}}, {Addr: netip.MustParseAddr("10.0.0.9"), Name: "curl", Counts: traffic.Counts{Requests: 1}}, {ID: 77, Name: "forgotten"}}
	if got := devices(known, seen, Policy{}); len(got) != 2 {
		t.Errorf("who is not in any more since not everybody may is still there: %+v", got)
	}
	got := devices(known, seen, Policy{Open: true})
	if len(got) != 3 || got[0].Name != "waits" || got[1].Name != "Grandma" || got[1].Requests != 3 || got[1].Bytes != 9 || got[1].Last != now || got[2].Name != "curl" || got[2].Status != In {
		t.Errorf("%+v", got)
	}
}

// A transfer must not outlive the right to it.
func TestLosingTheRightCutsTheTransfer(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "big"), nil, 0o644))
	must(t, os.Truncate(filepath.Join(dir, "big"), 1<<30))
	for _, c := range []struct {
		name   string
		before Policy
		lose   func(*Server, uint64)
	}{
		{"sent away", Policy{}, func(s *Server, id uint64) { s.Decide(id, SendAway) }},
		{"blocked", Policy{}, func(s *Server, id uint64) { s.Decide(id, Block) }},
		{"new code for all", Policy{}, func(s *Server, _ uint64) { s.NewCode(true) }},
		{"no longer open", Policy{Open: true}, func(s *Server, _ uint64) { must(t, s.SetPolicy(Policy{})) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := start(t, Options{}, Share{Folder: dir})
			must(t, s.SetPolicy(c.before))
			q, err := http.NewRequest("GET", asFrom(t, s, "192.168.1.23")+"/big", nil)
			must(t, err)
			var id uint64
			if !c.before.Open {
				token, err := s.now().guard.EnterByKey(s.now().guard.Key(), "", access.DeviceInfo{Addr: netip.MustParseAddr("192.168.1.23")})
				must(t, err)
				q.AddCookie(&http.Cookie{Name: fmt.Sprintf("windowsill_%d", s.Snapshot().Share.Port), Value: token})
				id, _ = s.now().guard.Find(token)
			}
			a, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(q)
			must(t, err)
			defer a.Body.Close()
			if a.StatusCode != 200 {
				t.Fatal(a.Status)
			}
			c.lose(s, id)
			if n, err := io.Copy(io.Discard, a.Body); err == nil {
				t.Errorf("it went on to the end, %d bytes", n)
			}
		})
	}
}

// asFrom opens another way into a share, by which all requests seem to come
// from an address, and returns it.
func asFrom(t *testing.T, s *Server, addr string) string {
	t.Helper()
	r := s.running()
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		q.RemoteAddr = addr + ":50000"
		r.web.ServeHTTP(w, q)
	}))
	front.Config.ConnContext = r.record.ConnContext
	front.Start()
	t.Cleanup(front.Close)
	return front.URL
}

func TestLeftoversGoOnceDevicesMayWrite(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, ".windowsill-0123456789abcdef012345.part")
	must(t, os.WriteFile(left, nil, 0o600))
	must(t, os.Chtimes(left, time.Now().Add(-48*time.Hour), time.Now().Add(-48*time.Hour)))
	s, _ := start(t, Options{LookAfter: time.Hour}, Share{Folder: dir})
	must(t, s.SetPolicy(Policy{Allow: Add}))
	until(t, "what an upload left is gone", func() bool { _, err := os.Stat(left); return os.IsNotExist(err) })
}

func TestOwnersTextOutlivesAStop(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{})
	must(t, err)
	if err := s.SendText("x", 0); !errors.Is(err, ErrNoShare) {
		t.Errorf("while nothing is shared: %v", err)
	}
	must(t, s.Start(Share{Folder: dir}))
	defer func() { s.Stop(done()) }()
	must(t, s.SendText("hello", 0))
	must(t, s.Stop(done()))
	must(t, s.Start(Share{Folder: dir}))
	if len(s.Snapshot().Texts) != 1 {
		t.Error("the same folder, shared again, has lost the texts")
	}
	must(t, s.Stop(done()))
	must(t, s.Start(Share{Folder: t.TempDir()}))
	if len(s.Snapshot().Texts) != 0 {
		t.Error("another folder has the texts of the old one")
	}
}

func TestTheOwnerDecidesAboutThePageOfAFolder(t *testing.T) {
	for _, given := range []bool{false, true} {
		dir := t.TempDir()
		must(t, os.Mkdir(filepath.Join(dir, "in"), 0o755))
		s, url := start(t, Options{Policy: Policy{Allow: Add}, Room: Limits{Reserve: -1}}, Share{Folder: dir, VisitorsPages: given})
		q, err := http.NewRequest(http.MethodPut, url+"/in/index.html", strings.NewReader("theirs"))
		must(t, err)
		a, err := http.DefaultClient.Do(q)
		must(t, err)
		a.Body.Close()
		if _, page := get(t, "GET", url+"/in/"); (page == "theirs") != given {
			t.Errorf("given %t: %q", given, page)
		}
		if pages := s.Snapshot().Pages; !given && (len(pages) != 1 || pages[0].Folder != "in") || given && len(pages) != 0 {
			t.Errorf("given %t: the snapshot has %+v", given, pages)
		}
		must(t, s.AcceptPage("in"))
		if _, page := get(t, "GET", url+"/in/"); page != "theirs" || len(s.Snapshot().Pages) != 0 {
			t.Errorf("accepted, and it is %q; %+v", page, s.Snapshot().Pages)
		}
		must(t, s.Stop(context.Background()))
		if err := s.AcceptPage("in"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("nothing is shared: %v", err)
		}
	}
}
