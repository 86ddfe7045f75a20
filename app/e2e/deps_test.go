//go:build linux

package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bareSystem is a computer that has only some programs, each a few lines of
// shell. They append what they are asked to do to the file "done".
type bareSystem struct {
	dir string
}

func newBareSystem(t *testing.T, programs map[string]string) bareSystem {
	t.Helper()
	if _, err := os.Stat("/usr/sbin/sed"); err == nil {
		t.Skip("This system has one folder for all programs: none can be hidden.")
	}
	s := bareSystem{t.TempDir()}
	for _, name := range []string{"sh", "sed", "sort", "uname", "dirname", "env"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(s.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, script := range programs {
		writeFile(t, filepath.Join(s.dir, name), "#!/bin/sh\n"+script+"\n", 0o755)
	}
	return s
}

// deps runs .ci/deps there, and returns what it said and how it ended.
func (s bareSystem) deps(t *testing.T) (said string, code int) {
	t.Helper()
	script := filepath.Join(root, ".ci", "deps")
	if _, err := os.Stat(script); err != nil { // Go runs the test again when what it looked at changes
		t.Fatal(err)
	}
	cmd := exec.Command(script)
	cmd.Env = []string{"HOME=" + s.dir, "PATH=" + s.dir, "DONE=" + filepath.Join(s.dir, "done")}
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// done returns what was done there.
func (s bareSystem) done(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.dir, "done"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(b)
}

const (
	anyone    = "echo 1000"
	superuser = "echo 0"
	aGo       = `if [ "$1" = version ]; then echo "go version go1.26.0 linux/amd64"; fi`
	noted     = `echo "${0##*/} $*" >>"$DONE"`
)

func TestDepsTellsThoseWhoMayNotInstallTheWholeCommand(t *testing.T) {
	for name, programs := range map[string]map[string]string{
		"no sudo":           {"id": anyone, "go": aGo, "apt-get": noted},
		"sudo that refuses": {"id": anyone, "go": aGo, "apt-get": noted, "sudo": "exit 1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newBareSystem(t, programs)
			said, code := s.deps(t)
			line := lineWith(said, "apt-get install")
			for _, want := range []string{"apt-get update", " gcc ", " pkg-config", " libgl-dev ", " libxkbcommon-dev "} {
				if !strings.Contains(line+" ", want) {
					t.Errorf("no word of %q:\n%s", want, said)
				}
			}
			if done := s.done(t); code != 1 || done != "" {
				t.Errorf("exit code %d, and it did %q", code, done)
			}
		})
	}
}

func lineWith(text, part string) string {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

func TestDepsInstalls(t *testing.T) {
	for manager, want := range map[string][]string{
		"apt-get": {"apt-get update -q\napt-get install ", " libgl-dev "},
		"dnf":     {"dnf install ", " pkgconfig(gl) ", " /usr/bin/gcc "},
		"zypper":  {"zypper --non-interactive install ", " pkgconfig(gl) "},
		"pacman":  {"pacman -S ", " libglvnd "},
	} {
		t.Run(manager, func(t *testing.T) {
			s := newBareSystem(t, map[string]string{"id": superuser, "go": aGo, manager: noted})
			said, code := s.deps(t)
			done := s.done(t)
			for _, want := range want {
				if !strings.Contains(done, want) {
					t.Errorf("not done: %q, but\n%s", want, done)
				}
			}
			if code != 0 {
				t.Errorf("exit code %d:\n%s", code, said)
			}
		})
	}
}

func TestDepsAnnouncesTheFirstBuildAlone(t *testing.T) {
	whole := map[string]string{"gcc": "", "pkg-config": "", "update-ca-certificates": "", "apt-get": noted, "id": anyone}
	for name, c := range map[string]struct {
		compiled, want string // want is "" for silence
	}{
		"the first": {"no", "some minutes"},
		"a later":   {"yes", ""},
	} {
		t.Run(name, func(t *testing.T) {
			whole["go"] = aGo
			if c.compiled == "no" {
				whole["go"] += `; if [ "$1" = list ]; then echo example.com/c; fi`
			}
			s := newBareSystem(t, whole)
			said, code := s.deps(t)
			if code != 0 || s.done(t) != "" || !strings.Contains(said, c.want) || c.want == "" && said != "" {
				t.Errorf("exit code %d, did %q, and said %q", code, s.done(t), said)
			}
		})
	}
}
