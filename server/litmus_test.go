package server

import (
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"windowsill/server/servertest"
)

// litmus is the suite of the WebDAV working group (http://www.webdav.org/neon/litmus).
func TestLitmus(t *testing.T) {
	program, err := exec.LookPath("litmus")
	if err != nil {
		servertest.Missing(t, "litmus is not installed: .ci/deps test")
	}
	for _, host := range []string{"127.0.0.1", "[::1]"} {
		t.Run(host, func(t *testing.T) {
			dir := t.TempDir()
			s, _ := start(t, Options{Policy: Policy{Allow: Change}, Room: Limits{Reserve: -1}}, Share{Folder: dir})
			run := exec.Command(program, "-k", fmt.Sprintf("http://%s:%d/", host, s.Snapshot().Share.Port))
			run.Dir = t.TempDir() // it writes debug.log
			out, err := run.CombinedOutput()
			summaries := regexp.MustCompile("<- summary for `(.*)': of (\\d+) tests run: (\\d+) passed").FindAllStringSubmatch(string(out), -1)
			if err != nil || len(summaries) != 5 || strings.Contains(string(out), "WARNING") || strings.Contains(string(out), "SKIPPED") {
				t.Fatalf("%v, %s", err, out)
			}
			for _, one := range summaries {
				if one[2] != one[3] {
					t.Errorf("%s: %s of %s", one[1], one[3], one[2])
				}
			}
			wantLitmusTree(t, dir)
		})
	}
}

// wantLitmusTree makes sure that nothing is left but what litmus itself leaves.
func wantLitmusTree(t *testing.T, dir string) {
	t.Helper()
	until(t, "only that is left", func() bool { return litmusTree(t, dir) == ". litmus litmus/expect100" }) // it does not wait for its last answer
}

func litmusTree(t *testing.T, dir string) string {
	t.Helper()
	var left []string
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it has just got its name
		}
		if d.Name() == ".windowsill-trash" {
			return fs.SkipDir
		}
		if d.Name() == ".windowsill-visitors" {
			return nil
		}
		name, _ := filepath.Rel(dir, path)
		left = append(left, filepath.ToSlash(name))
		return nil
	})
	return strings.Join(left, " ")
}
