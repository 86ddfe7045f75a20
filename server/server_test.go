package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"windowsill/server/servertest"
)

func TestMain(m *testing.M) {
	MainOfWorker()
	// net/http keeps a connection for half a second more when it breaks off a
	// body, so that the client reads why.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

// What tests in other packages use too.
var (
	tree  = servertest.Tree
	must  = servertest.Must
	done  = servertest.Done
	get   = servertest.Get
	until = servertest.Until
)

// start shares dir on a free port for as long as the test runs, and returns
// the address of the share without a slash at its end.
func start(t testing.TB, o Options, sh Share) (*Server, string) {
	t.Helper()
	s, err := New(o)
	must(t, err)
	must(t, s.Start(sh))
	t.Cleanup(func() {
		s.Stop(done())
		http.DefaultClient.CloseIdleConnections()
	})
	return s, fmt.Sprintf("http://127.0.0.1:%d", s.Snapshot().Share.Port)
}

func TestShareLivesFromStartToStop(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	if got := s.Snapshot(); got.State != Stopped || got.Links != nil {
		t.Fatalf("new server: %+v, want stopped without links", got)
	}
	dir := tree(t, map[string]string{"a.txt": "hello"})
	must(t, s.Start(Share{Folder: dir}))
	snap := s.Snapshot()
	if snap.State != Sharing || snap.Share.Port == 0 || snap.Since.IsZero() || len(snap.Links) == 0 {
		t.Fatalf("sharing: %+v", snap)
	}
	if snap.Name != filepath.Base(dir) {
		t.Errorf("name %q, want the folder's, %q", snap.Name, filepath.Base(dir))
	}
	if err := s.Start(Share{Folder: dir}); !errors.Is(err, ErrBusy) {
		t.Errorf("second Start: %v, want ErrBusy", err)
	}
	url := fmt.Sprintf("http://127.0.0.1:%d/a.txt", snap.Share.Port)
	if _, body := get(t, "GET", url); body != "hello" {
		t.Errorf("body %q", body)
	}
	must(t, s.Stop(context.Background()))
	if _, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", snap.Share.Port)); err == nil {
		t.Error("the port answers after Stop")
	}
	snap = s.Snapshot()
	if snap.State != Stopped || snap.Links != nil || !snap.Since.IsZero() {
		t.Errorf("stopped: %+v", snap)
	}
	if snap.Log.Len() != 1 || snap.Totals.Requests != 1 {
		t.Errorf("the log is not readable after Stop: %d rows, %+v", snap.Log.Len(), snap.Totals)
	}
	must(t, s.Start(Share{Folder: dir}))
	if n := s.Snapshot().Log.Len(); n != 0 {
		t.Errorf("a new share begins with %d rows", n)
	}
	must(t, s.Stop(context.Background()))
}

func TestStopWithoutStart(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	if err := s.Stop(context.Background()); err != nil || s.Snapshot().State != Stopped {
		t.Errorf("%v, %v", err, s.Snapshot().State)
	}
}

func TestTwoServersInOneProcess(t *testing.T) {
	_, one := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a": "1"})})
	_, two := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a": "2"})})
	_, body1 := get(t, "GET", one+"/a")
	_, body2 := get(t, "GET", two+"/a")
	if body1 != "1" || body2 != "2" {
		t.Errorf("%q and %q", body1, body2)
	}
}

func TestBothIPVersions(t *testing.T) {
	s, _ := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a": "1"})})
	for _, host := range []string{"127.0.0.1", "[::1]"} {
		if host == "[::1]" {
			if l, err := net.Listen("tcp", "[::1]:0"); err != nil {
				t.Skip("no IPv6 here")
			} else {
				l.Close()
			}
		}
		if a, _ := get(t, "GET", fmt.Sprintf("http://%s:%d/a", host, s.Snapshot().Share.Port)); a.StatusCode != 200 {
			t.Errorf("%s: %s", host, a.Status)
		}
	}
}

func TestStartSaysWhatIsWrongWithTheFolder(t *testing.T) {
	dir := tree(t, map[string]string{"file": ""})
	for _, c := range []struct {
		folder string
		want   error
	}{
		{filepath.Join(dir, "missing"), ErrFolderMissing},
		{filepath.Join(dir, "file"), ErrNotAFolder},
		{filepath.Join(dir, "file", "below"), ErrFolderMissing},
	} {
		s, err := New(Options{})
		must(t, err)
		if err := s.Start(Share{Folder: c.folder}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.folder, err, c.want)
		}
		if snap := s.Snapshot(); snap.State != Failed || !errors.Is(snap.Err, c.want) || snap.Share.Folder != c.folder {
			t.Errorf("%s: %+v", c.folder, snap)
		}
		must(t, s.Stop(context.Background()))
		if snap := s.Snapshot(); snap.State != Stopped || snap.Err != nil {
			t.Errorf("Stop does not forget the failure: %+v", snap)
		}
	}
}

func TestTakenPort(t *testing.T) {
	other, err := net.Listen("tcp", ":0")
	must(t, err)
	defer other.Close()
	taken := other.Addr().(*net.TCPAddr).Port
	dir := tree(t, nil)

	t.Run("asked for by name", func(t *testing.T) {
		s, err := New(Options{})
		must(t, err)
		var busy *PortBusyError
		if err := s.Start(Share{Folder: dir, Port: taken, ExactPort: true}); !errors.As(err, &busy) || busy.Port != taken || busy.Suggestion <= taken {
			t.Fatalf("%v (%+v)", err, busy)
		}
		if s.Snapshot().State != Failed {
			t.Error(s.Snapshot().State)
		}
		must(t, s.Start(Share{Folder: dir, Port: busy.Suggestion, ExactPort: true}))
		must(t, s.Stop(context.Background()))
	})
	t.Run("not asked for", func(t *testing.T) {
		s, _ := start(t, Options{}, Share{Folder: dir, Port: taken})
		if got := s.Snapshot().Share.Port; got <= taken {
			t.Errorf("port %d, want the next free one above %d", got, taken)
		}
	})
}

func TestFolderThatVanishesIsNoticed(t *testing.T) {
	dir := tree(t, map[string]string{"share/a": "1"})
	s, _ := start(t, Options{LookAfter: time.Millisecond}, Share{Folder: filepath.Join(dir, "share")})
	must(t, os.Rename(filepath.Join(dir, "share"), filepath.Join(dir, "elsewhere")))
	until(t, "failed", func() bool { return s.Snapshot().State == Failed })
	if err := s.Snapshot().Err; !errors.Is(err, ErrFolderGone) {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.Snapshot().Share.Port)); err == nil {
		t.Error("the port is still open")
	}
}

func TestStopLetsAnAnswerEndAndCutsAfterGrace(t *testing.T) {
	big := strings.Repeat("0123456789abcdef", 4<<20) // more than the sockets' buffers hold
	dir := tree(t, map[string]string{"big": big})
	request := func(t *testing.T, url string) *http.Response {
		a, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(url + "/big")
		must(t, err)
		t.Cleanup(func() { a.Body.Close() })
		return a
	}
	t.Run("ends", func(t *testing.T) {
		s, url := start(t, Options{Timeouts: Timeouts{Grace: time.Minute}}, Share{Folder: dir})
		a := request(t, url)
		stopped := make(chan struct{})
		go func() { s.Stop(context.Background()); close(stopped) }()
		until(t, "stopping", func() bool { return s.Snapshot().State == Stopping })
		if n, err := io.Copy(io.Discard, a.Body); err != nil || n != int64(len(big)) {
			t.Errorf("%d bytes, %v", n, err)
		}
		<-stopped
	})
	t.Run("cut", func(t *testing.T) {
		s, url := start(t, Options{Timeouts: Timeouts{Grace: time.Millisecond}}, Share{Folder: dir})
		a := request(t, url)
		must(t, s.Stop(context.Background()))
		if _, err := io.Copy(io.Discard, a.Body); err == nil {
			t.Error("the download ended as if it were whole")
		}
		log := s.Snapshot().Log
		if log.Len() != 1 || !log.At(0).Cut {
			t.Errorf("the log does not say that it was cut: %d rows", log.Len())
		}
	})
}

func TestStopDoesNotWaitForSilentConnections(t *testing.T) {
	s, url := start(t, Options{Timeouts: Timeouts{Grace: time.Hour}}, Share{Folder: tree(t, nil)})
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	must(t, err)
	defer c.Close()
	r := s.running()
	until(t, "connected", func() bool { return r.endpoint.listener.Len() == 1 })
	must(t, s.Stop(context.Background())) // hangs, if it waits
	if _, err := c.Read(make([]byte, 1)); err == nil {
		t.Error("the connection is open")
	}
}

func TestLookCountsAndIsBounded(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	dir := tree(t, map[string]string{"a": "123", "b/c": "4567"})
	look, err := s.Look(context.Background(), dir)
	if err != nil || look.Files != 2 || look.Bytes != 7 || !look.Complete {
		t.Errorf("%+v, %v", look, err)
	}
	if look, err := s.Look(done(), dir); err != nil || look.Complete {
		t.Errorf("out of time: %+v, %v", look, err)
	}
	if _, err := s.Look(context.Background(), filepath.Join(dir, "missing")); !errors.Is(err, ErrFolderMissing) {
		t.Errorf("missing: %v", err)
	}
}
