package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// window opens Windowsill's window, which shares a folder, on a screen of its
// own, and looks at what it costs while nothing happens.
func window(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	return b.without(p, func() error { return b.lookAtWindow(p) })
}

func (b *bench) lookAtWindow(p *peer) error {
	display, screen, err := openScreen()
	if err != nil {
		return err
	}
	defer screen.end()
	begin := time.Now()
	w, err := b.openWindow(display, freePort())
	if err != nil {
		return err
	}
	defer w.end()
	b.note("start to the window, ms", p, time.Since(begin).Seconds()*1e3)
	time.Sleep(5 * time.Second)
	before, begin := w.cpu(), time.Now()
	time.Sleep(20 * time.Second)
	b.note("idle window while sharing, % of one CPU", p, (w.cpu()-before).Seconds()/time.Since(begin).Seconds()*100)
	b.note("memory of the window while sharing, MB", p, w.memory()/1e6)
	return nil
}

// openWindow starts a window that shares the folder, as on the first day, and
// returns when it can be seen.
func (b *bench) openWindow(display, port string) (*process, error) {
	begin := time.Now()
	home, err := os.MkdirTemp(b.work, "home")
	if err != nil {
		return nil, err
	}
	w, err := launch([]string{b.windowsill, "-new-instance", "-open", "-unannounced", "-port", port, b.dir}, "DISPLAY="+display, "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
	if err != nil {
		return nil, err
	}
	for !isOpen(display) {
		if time.Since(begin) > 20*time.Second {
			w.end()
			return nil, errors.New("no window")
		}
	}
	return w, nil
}

// openScreen starts a display that nobody sees. It stays as it is when the last
// client leaves, or the window could be thrown out with xdotool before it.
func openScreen() (display string, screen *process, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", nil, err
	}
	defer r.Close()
	defer w.Close()
	screen = &process{exec.Command("Xvfb", "-displayfd", "3", "-noreset", "-screen", "0", "1280x900x24", "-nolisten", "tcp")}
	screen.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as end wants it
	screen.ExtraFiles = []*os.File{w}
	if err := screen.Start(); err != nil {
		return "", nil, err
	}
	w.Close() // or a screen that ends would be waited for
	// To the end of the line, which Xvfb writes by itself: without a reader it ends.
	number, err := bufio.NewReader(r).ReadString('\n')
	return ":" + strings.TrimSpace(number), screen, err
}

// isOpen reports whether a window can be seen.
func isOpen(display string) bool {
	look := exec.Command("xdotool", "search", "--onlyvisible", "--name", ".*[Ww]indowsill.*")
	look.Env = append(os.Environ(), "DISPLAY="+display)
	return look.Run() == nil
}
