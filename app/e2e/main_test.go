//go:build unix

package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"
)

// root is the top of the repository, from the folder where go test runs this.
const root = "../.."

// timeout is how long a test waits for one thing to happen. It is far longer
// than anything takes, because machines may be slow and busy.
const timeout = time.Minute

// programPath is the path of the program under test.
var programPath string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "windowsill-test-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		programPath = filepath.Join(dir, "windowsill")
		build := exec.Command("go", "build", "-tags", tags(), "-o", programPath, root)
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "go build:", err)
			return 1
		}
		return m.Run()
	}())
}

// tags returns the build tags of this test, which are the program's as well.
func tags() string {
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			return s.Value
		}
	}
	return ""
}

// readSources reads the folders with the program's source, which makes them
// inputs of the test: go test caches a result until an input changes, and does
// not see what the go build of TestMain reads.
var readSources = sync.OnceFunc(func() {
	for _, dir := range []string{"app", "server", "assets"} {
		_ = filepath.WalkDir(filepath.Join(root, dir), func(_ string, _ fs.DirEntry, err error) error { return err })
	}
	_, _ = os.ReadDir(root)
})

// need returns the path of the first of these programs that is installed. If
// none is, the test is skipped.
func need(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, strings.Join(names, " or "))
	return ""
}

// missing skips a test for want of something that .ci/deps installs.
func missing(t *testing.T, what string) {
	t.Helper()
	skip(t, "This test needs "+what+": .ci/deps test installs it.")
}

// skip skips a test that cannot run here. Where CI is set it fails instead.
func skip(t *testing.T, because string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(because)
	}
	t.Skip(because)
}

// eventually checks again and again until a condition holds. Between two checks
// it pauses for as long as a check takes, so that a test that looks at a screen
// leaves the processor to the program that draws it.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(timeout); ; {
		start := time.Now()
		if holds() {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("After %v this is still not so: %s", timeout, what)
		}
		time.Sleep(max(20*time.Millisecond, time.Since(start)))
	}
}
