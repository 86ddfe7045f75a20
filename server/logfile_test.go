package server

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"windowsill/server/traffic"
)

func readLines(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

func TestLogFileHoldsEveryRequest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "requests.log")
	s, url := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a": "x"})})
	must(t, s.SetLogFile(path))
	for i := range 20 {
		get(t, "GET", fmt.Sprintf("%s/a?%d", url, i))
	}
	must(t, s.Stop(done()))
	must(t, s.SetLogFile(""))
	lines := readLines(t, path)
	if len(lines) != 20 {
		t.Fatalf("%d lines, want 20", len(lines))
	}
	for i := range 20 { // they stand there in the order in which they ended
		if want := fmt.Sprintf(`"GET /a?%d HTTP/1.1" 200 1 `, i); !strings.Contains(strings.Join(lines, "\n"), want) {
			t.Errorf("%s is missing in %q", want, lines)
		}
	}
}

func TestLogFileGoesOnWhereItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	must(t, os.WriteFile(path, []byte("yesterday\n"), 0o600))
	s, url := start(t, Options{}, Share{Folder: t.TempDir()})
	must(t, s.SetLogFile(path))
	get(t, "GET", url+"/")
	until(t, "the request ends", func() bool { return s.Snapshot().Log.Len() == 1 })
	must(t, s.SetLogFile(""))
	get(t, "GET", url+"/after")
	if lines := readLines(t, path); len(lines) != 2 || lines[0] != "yesterday" || !strings.Contains(lines[1], `"GET / HTTP`) {
		t.Errorf("the file holds %q", lines)
	}
}

func TestLogFileThatCannotBeWritten(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, path := range []string{folder, filepath.Join(file, "requests.log")} {
		err := s.SetLogFile(path)
		var failure *LogFileError
		if !errors.As(err, &failure) || failure.Path != path || failure.Err == nil {
			t.Errorf("%s: %#v", path, err)
		}
	}
}

// A share that begins right after another one takes nothing away from it.
func TestLogFileHoldsTheLastRequestsOfARun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	s, url := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a": "x"})})
	must(t, s.SetLogFile(path))
	get(t, "GET", url+"/a?0")
	until(t, "it is written", func() bool { b, _ := os.ReadFile(path); return len(b) > 0 })
	get(t, "GET", url+"/a?1")
	must(t, s.Stop(done()))
	must(t, s.Start(s.Snapshot().Share))
	get(t, "GET", url+"/a?2")
	until(t, "the request ends", func() bool { return s.Snapshot().Log.Len() == 1 })
	must(t, s.SetLogFile(""))
	if lines := readLines(t, path); len(lines) != 3 {
		t.Errorf("the file holds %q", lines)
	}
}

// jam makes it impossible to rotate a file until the function that it returns
// is called.
func jam(t *testing.T, path string) (clear func()) {
	t.Helper()
	must(t, os.WriteFile(path+".4", nil, 0o600))
	must(t, os.MkdirAll(path+".5/in the way", 0o700)) // no file takes the place of a folder
	return func() { must(t, os.RemoveAll(path+".5")) }
}

func TestLogFileKeepsWhatItCannotWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	must(t, os.WriteFile(path, []byte("yesterday\n"), 0o600))
	clear := jam(t, path)
	s, url := start(t, Options{}, Share{Folder: tree(t, map[string]string{"a": "x"})})
	must(t, s.log.set(path, 200))
	told := make(chan error, 1)
	defer s.Watch(func(snap Snapshot) {
		if snap.LogErr != nil {
			select {
			case told <- snap.LogErr:
			default:
			}
		}
	})()
	for i := range 5 {
		get(t, "GET", fmt.Sprintf("%s/a?%d", url, i))
	}
	var failure *LogFileError
	var err error
	select {
	case err = <-told:
	case <-time.After(10 * time.Second):
	}
	if !errors.As(err, &failure) || failure.Path != path || failure.Err == nil || failure.Missing != 0 {
		t.Errorf("%#v", err)
	}
	clear()
	get(t, "GET", url+"/a?5")
	until(t, "it is well again", func() bool { return s.Snapshot().LogErr == nil })
	must(t, s.SetLogFile(""))
	var all []string
	for _, name := range []string{path + ".5", path + ".4", path + ".3", path + ".2", path + ".1", path} {
		if b, err := os.ReadFile(name); err == nil {
			all = append(all, string(b))
		}
	}
	text := strings.Join(all, "")
	for i := range 6 {
		if n := strings.Count(text, fmt.Sprintf("/a?%d HTTP", i)); n != 1 {
			t.Errorf("request %d is in the files %d times", i, n)
		}
	}
	if !strings.HasPrefix(text, "yesterday\n") {
		t.Errorf("what was there is gone: %q", text)
	}
}

// record makes so many requests.
func record(r *traffic.Recorder, requests int) {
	h := r.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for range requests {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	}
}

// follower is a log file whose recorder and failures a test sees.
func follower(t *testing.T, path string) (l *logFile, r *traffic.Recorder, failure **LogFileError) {
	t.Helper()
	r, failure = traffic.New(traffic.Options{}), new(*LogFileError)
	l = &logFile{
		file: rotatingFile{path: path, most: mostLogBytes}, current: func() *traffic.Recorder { return r },
		failed: func(e *LogFileError) { *failure = e },
	}
	t.Cleanup(func() { must(t, l.file.close()) })
	return l, r, failure
}

func TestLogFileTellsHowManyRequestsAreMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	must(t, os.MkdirAll(path, 0o700))
	l, r, failure := follower(t, path)
	record(r, 3)
	l.follow()
	const requests = 12_000 // of which the log keeps 10,000 at most
	record(r, requests-3)
	l.follow()
	got := *failure
	if got == nil || got.Err == nil || got.Missing < requests-10_000 || got.Missing > requests-10_000+500 {
		t.Fatalf("%#v", got)
	}
	must(t, os.Remove(path))
	l.follow()
	if after := *failure; after == nil || after.Err != nil || after.Missing != got.Missing {
		t.Errorf("%#v", after)
	}
	if lines := readLines(t, path); len(lines)+int(got.Missing) != requests {
		t.Errorf("%d requests are in the file, and %d missing, of %d", len(lines), got.Missing, requests)
	}
}

func TestLogFileTellsWhatARunBeforeLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	must(t, os.MkdirAll(path, 0o700))
	l, r, failure := follower(t, path)
	record(r, 7)
	l.follow()
	if got := *failure; got == nil || got.Missing != 0 {
		t.Errorf("while it can be written yet: %#v", got)
	}
	next := traffic.New(traffic.Options{})
	l.current = func() *traffic.Recorder { return next }
	l.follow()
	if got := *failure; got == nil || got.Missing != 7 {
		t.Errorf("%#v", got)
	}
}

// The log file follows ten times a second while there is traffic, so it must
// cost next to nothing.
func TestLogFileTakesNoSnapshot(t *testing.T) {
	l, r, _ := follower(t, filepath.Join(t.TempDir(), "requests.log"))
	record(r, 300)
	l.follow()
	if n := testing.AllocsPerRun(100, l.follow); n != 0 {
		t.Errorf("%v allocations without anything new", n)
	}
}

func TestWatchersAreToldOnceWhatIsWrongWithTheLogFile(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	w := &watcher{wake: make(chan struct{}, 1)}
	s.watchers.all.Store(w, struct{}{})
	for _, c := range []struct {
		failure *LogFileError
		told    int
	}{
		{nil, 0}, {&LogFileError{Path: "/x", Err: fs.ErrPermission}, 1}, {&LogFileError{Path: "/x", Err: fs.ErrPermission}, 0},
		{&LogFileError{Path: "/x", Missing: 1, Err: fs.ErrPermission}, 1}, {nil, 1}, {nil, 0},
	} {
		s.log.failed(c.failure)
		if len(w.wake) != c.told {
			t.Errorf("%v: told %d times, want %d", c.failure, len(w.wake), c.told)
		}
		if got := s.Snapshot().LogErr; (got == nil) != (c.failure == nil) {
			t.Errorf("%v: the snapshot has %v", c.failure, got)
		}
		for len(w.wake) > 0 {
			<-w.wake
		}
	}
}
