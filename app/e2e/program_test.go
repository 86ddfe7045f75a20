//go:build unix

package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// root is the top of the repository, where the program is built.
const root = "../.."

// patience is how long anything may take until a test gives up: far longer
// than it does take, for slow and busy machines.
const patience = 30 * time.Second

// built is the path of the program under test.
var built string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "windowsill-test-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		built = filepath.Join(dir, "windowsill")
		build := exec.Command("go", "build", "-tags", tags(), "-o", built, root)
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

// readSources looks into the folders that the program is built from. Go keeps
// the result of a test until something changes that the test has read, and does
// not know what the go command read when it built the program.
var readSources = sync.OnceFunc(func() {
	for _, dir := range []string{"app", "server", "assets"} {
		_ = filepath.WalkDir(filepath.Join(root, dir), func(_ string, _ fs.DirEntry, err error) error { return err })
	}
	_, _ = os.ReadDir(root)
})

// need returns the path of the first of these programs that is there.
func need(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	lacking(t, strings.Join(names, " or "))
	return ""
}

// lacking skips the test for want of a program. Where CI is set that is a
// failure.
func lacking(t *testing.T, what string) {
	t.Helper()
	text := "This test needs " + what + ": .ci/deps test installs it."
	if os.Getenv("CI") != "" {
		t.Fatal(text)
	}
	t.Skip(text)
}

// eventually asks again and again until it is told that something is so.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("After %v this is still not so: %s", patience, what)
		}
	}
}

// program is a running Windowsill, alone in its process group and in a home
// folder of its own.
type program struct {
	cmd            *exec.Cmd
	stdout, stderr output
	ended          chan struct{} // closed when it has exited
}

// start runs a command line that has the program in it somewhere. It is ended
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

// end asks the program and all it has started to end, which lets an X server
// take its files away, and makes an end of them if they don't.
func (p *program) end() {
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(patience):
	}
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
	<-p.ended
}

// bareEnvironment is one without a display, a desktop or anybody's settings.
func bareEnvironment(t *testing.T) []string {
	t.Helper()
	home := t.TempDir()
	env := []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + home,
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

// signal sends s to the program and all it has started.
func (p *program) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(-p.cmd.Process.Pid, s); err != nil {
		t.Fatal(err)
	}
}

// exit waits for the program's end and returns its exit code.
func (p *program) exit(t *testing.T) int {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		t.Fatalf("The program still runs after %v.", patience)
	}
	return p.cmd.ProcessState.ExitCode()
}

// output keeps what a program prints.
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

// folderWith makes a folder of these files.
func folderWith(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// noise returns n bytes that no two places of which are alike.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

// listen takes a port that nobody has, on all addresses, until the test ends.
func listen(t *testing.T) (l net.Listener, port string) {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return l, port
}

// freePort returns a port that nobody has at the moment.
func freePort(t *testing.T) string {
	t.Helper()
	l, port := listen(t)
	l.Close()
	return port
}

// get fetches a link as a device would, but over this computer's loopback,
// whatever address the link names. The error is nil only if the answer is
// whole.
func get(t *testing.T, link string) (status int, body string, err error) {
	t.Helper()
	client := http.Client{Timeout: patience, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, _ := net.SplitHostPort(address)
			return new(net.Dialer).DialContext(ctx, network, "127.0.0.1:"+port)
		},
	}}
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("User-Agent", "windowsill-test")
	r, err := client.Do(q)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return r.StatusCode, string(b), err
}

// refused says whether connections to a port of this computer are refused.
func refused(port string) bool {
	c, err := net.DialTimeout("tcp", "127.0.0.1:"+port, patience)
	if err == nil {
		c.Close()
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}
