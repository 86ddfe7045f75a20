package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a running peer with all that it has started.
type process struct{ *exec.Cmd }

// launch starts a command in a group of its own, and gives its output to
// nobody.
func launch(args []string, env ...string) (*process, error) {
	c := exec.Command(args[0], args[1:]...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Env = append(os.Environ(), env...)
	return &process{c}, c.Start()
}

// end ends the whole group.
func (p *process) end() {
	syscall.Kill(-p.Process.Pid, syscall.SIGKILL)
	p.Wait()
}

// start starts a peer, and returns how long it took until it answered.
func (b *bench) start(p *peer) (time.Duration, error) {
	p.port = freePort()
	args, err := p.command(b, p.port)
	if err != nil || args == nil {
		return 0, err
	}
	begin := time.Now()
	if p.running, err = launch(args); err != nil {
		return 0, err
	}
	if !p.answers() {
		p.running.end()
		return 0, fmt.Errorf("%s does not answer", p.name)
	}
	return time.Since(begin), nil
}

// answers waits until a peer does.
func (p *peer) answers() bool {
	c := http.DefaultClient
	if p.tls != nil {
		c = p.client("HTTP/1.1")
		defer c.CloseIdleConnections()
	}
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(time.Millisecond) {
		a, err := c.Get(p.url("small.bin"))
		if err == nil {
			a.Body.Close()
			if a.StatusCode == http.StatusOK {
				return true
			}
		}
	}
	return false
}

func freePort() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "0"
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// tree returns a process and all below it.
func tree(pid int) []int {
	all := []int{pid}
	dirs, _ := os.ReadDir("/proc")
	parents := map[int]int{}
	for _, d := range dirs {
		if n, err := strconv.Atoi(d.Name()); err == nil {
			if f := stat(n); len(f) > 1 {
				parents[n], _ = strconv.Atoi(f[1])
			}
		}
	}
	for i := 0; i < len(all); i++ {
		for child, parent := range parents {
			if parent == all[i] {
				all = append(all, child)
			}
		}
	}
	return all
}

// stat returns the fields of /proc/PID/stat from the third on.
func stat(pid int) []string {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	return strings.Fields(rest)
}

// cpu returns the time that a process and all below it have used, with those that
// have ended.
func (p *process) cpu() (total time.Duration) {
	const tick = 10 * time.Millisecond
	ticks := func(fields []string) (d time.Duration) {
		for _, f := range fields {
			n, _ := strconv.Atoi(f)
			d += time.Duration(n) * tick
		}
		return d
	}
	for _, pid := range tree(p.Process.Pid) {
		if f := stat(pid); len(f) > 14 {
			// Its own ticks lack what threads have used since the last one.
			total += max(ran(pid), ticks(f[11:13])) + ticks(f[13:15])
		}
	}
	return total
}

// ran returns how long the threads of a process that have not ended have run; 0 if
// the kernel does not tell.
func ran(pid int) (total time.Duration) {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	for _, name := range threads {
		text, _ := os.ReadFile(name)
		first, _, _ := strings.Cut(string(text), " ")
		n, _ := strconv.ParseInt(first, 10, 64)
		total += time.Duration(n)
	}
	return total
}

// memory returns how many bytes a process and all below it hold, those that
// they share counted once (PSS).
func (p *process) memory() (total float64) {
	for _, pid := range tree(p.Process.Pid) {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		_, rest, _ := strings.Cut(string(text), "\nPss:")
		if f := strings.Fields(rest); len(f) > 0 {
			n, _ := strconv.ParseFloat(f[0], 64)
			total += n * 1024
		}
	}
	return total
}

// peak returns what memory came to at most while something was done.
func (p *process) peak(do func() error) (most float64, err error) {
	done, highest := make(chan struct{}), make(chan float64)
	go func() {
		turn := time.NewTicker(50 * time.Millisecond)
		defer turn.Stop()
		most := p.memory()
		for {
			select {
			case <-turn.C:
				most = max(most, p.memory())
			case <-done:
				highest <- max(most, p.memory())
				return
			}
		}
	}()
	err = do()
	close(done)
	return <-highest, err
}
