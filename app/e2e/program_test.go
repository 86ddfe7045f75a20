//go:build unix

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// program is a running Windowsill, with a process group and a home folder of its
// own.
type program struct {
	cmd            *exec.Cmd
	stdout, stderr output
	ended          chan struct{} // closed when it has exited
}

// start runs a command line: the program itself, or one that runs it. It ends
// with the test at the latest.
func start(t *testing.T, env []string, command ...string) *program {
	t.Helper()
	readSources()
	p := &program{cmd: exec.Command(command[0], command[1:]...), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	p.cmd.Env = append(bareEnvironment(t), env...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.end()
		if t.Failed() {
			t.Logf("%s printed:\n%s%s", strings.Join(command, " "), p.stdout.String(), p.stderr.String())
		}
	})
	return p
}

// end terminates the process group, and kills what then still runs. An X server
// that is killed at once leaves its files behind.
func (p *program) end() {
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(timeout):
	}
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// bareEnvironment returns an environment with an empty home, no display and no
// desktop.
func bareEnvironment(t *testing.T) []string {
	t.Helper()
	home := t.TempDir()
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + home,
		"TMPDIR=" + os.TempDir(),
		"LANG=en_US.UTF-8",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(home, "no-bus"),
	}
	for _, kind := range []string{"CONFIG_HOME", "CACHE_HOME", "DATA_HOME", "RUNTIME_DIR"} {
		dir := filepath.Join(home, kind)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		env = append(env, "XDG_"+kind+"="+dir)
	}
	return env
}

// signal sends s to the process group.
func (p *program) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(-p.cmd.Process.Pid, s); err != nil {
		t.Fatal(err)
	}
}

// exit waits until the program has exited and returns its exit code.
func (p *program) exit(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(timeout):
		t.Fatalf("The program still runs after %v.", timeout)
	}
	return p.cmd.ProcessState.ExitCode()
}

// output collects what a program prints.
type output struct {
	mu      sync.Mutex
	printed bytes.Buffer // guarded by mu
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.printed.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.printed.String()
}

// serve starts the program without a window and returns once it shares.
func serve(t *testing.T, args ...string) *program {
	t.Helper()
	p := start(t, nil, append([]string{programPath, "-no-window"}, args...)...)
	p.waitForLink(t)
	return p
}

var linkPattern = regexp.MustCompile(`https?://\S+`)

// waitForLink waits until the program shares, and returns the first link that it
// prints, with its key.
func (p *program) waitForLink(t *testing.T) (link string) {
	t.Helper()
	eventually(t, "the program prints its address and how to stop it", func() bool {
		link = linkPattern.FindString(p.stdout.String())
		return link != "" && strings.Contains(p.stdout.String(), "Ctrl-C")
	})
	return link
}

// links returns the links of the last share that the program has printed, best
// first.
func (p *program) links() (all []string) {
	for line := range strings.Lines(p.stdout.String()) {
		switch {
		case strings.HasPrefix(line, "Sharing "):
			all = nil
		case strings.HasPrefix(line, "  http://"), strings.HasPrefix(line, "  https://"):
			all = append(all, strings.Fields(line)[0])
		}
	}
	return all
}
