package server

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
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

func TestLogFileRotates(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	l := &logFile{path: path, most: 100}
	must(t, l.open())
	defer func() { l.file.Close() }()
	for n := range 10 * 20 { // ten lines fill a file
		must(t, l.write(fmt.Appendf(nil, "line %04d\n", n)))
	}
	for n, first := range []int{190, 180, 170, 160, 150, 140} {
		name := path
		if n > 0 {
			name = l.older(n)
		}
		if lines := readLines(t, name); len(lines) != 10 || lines[0] != fmt.Sprintf("line %04d", first) {
			t.Errorf("%s holds %q", filepath.Base(name), lines)
		}
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 6 {
		t.Errorf("there are %d files, want 6", len(files))
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
		if err == nil || !strings.HasPrefix(err.Error(), "The log cannot be written to "+path+". Choose a file that you may change") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
