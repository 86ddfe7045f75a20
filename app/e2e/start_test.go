//go:build unix

package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A person who starts the program for the first time reads nothing that looks
// like a failure. (Of a locale that is no language Fyne complains before main
// runs: nothing can be done about that here.)
func TestFirstStartPrintsNothing(t *testing.T) {
	for name, env := range map[string][]string{
		"bare system":               {"LANG=C", "XDG_RUNTIME_DIR=", "DBUS_SESSION_BUS_ADDRESS=", "PATH=/none"},
		"empty preferences of Fyne": {"XDG_CONFIG_HOME=" + folderWith(t, map[string]string{"fyne/net.windowsill.Windowsill/preferences.json": ""})},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			port := freePort(t)
			p := s.run(t, append(append([]string{"env"}, env...), programPath, "-port", port, folderWith(t, nil))...)
			s.scan(t)
			s.keys(t, "ctrl+Return")
			eventually(t, "the port is closed", func() bool { return refused(port) })
			s.find(t, "the button that shares", accent, isButton)
			s.keys(t, "ctrl+q")
			if code := p.exit(t); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
			if said := p.stdout.String() + p.stderr.String(); said != "" {
				t.Errorf("It prints:\n%s", said)
			}
		})
	}
}

// A second start gives its folder to the first, which offers to share that
// instead. One that was killed is in nobody's way.
func TestSecondStartHandsOverItsFolder(t *testing.T) {
	for name, meetingPoint := range map[string]func(*testing.T) string{
		"bus":    sessionBus,
		"socket": func(t *testing.T) string { return "XDG_RUNTIME_DIR=" + t.TempDir() },
	} {
		t.Run(name, func(t *testing.T) {
			s, env := newScreen(t), meetingPoint(t)
			launch := func(args ...string) *program {
				return s.run(t, append([]string{"env", env, programPath}, args...)...)
			}
			port := freePort(t)
			first := launch("-port", port, folderWith(t, map[string]string{"one.txt": "1"}))
			link := s.scan(t)

			if code := launch(folderWith(t, map[string]string{"two.txt": "2"})).exit(t); code != 0 {
				t.Fatalf("The second start ends with %d, want 0", code)
			}
			s.find(t, "the answer that adds the other folder", accent, isAnswer)
			s.keys(t, "Tab", "Tab", "space") // "Share only this", to the right of "Cancel" and "Add to share"
			eventually(t, "the other folder is shared", func() bool {
				status, body, _ := get(t, fileAt(t, readCode(s.screenshot(t)), "two.txt"))
				return status == 200 && body == "2"
			})
			if status, _, _ := get(t, fileAt(t, link, "one.txt")); status == 200 {
				t.Error("The first folder is still shared.")
			}

			first.signal(t, syscall.SIGKILL)
			<-first.ended
			launch("-port", port, folderWith(t, map[string]string{"three.txt": "3"}))
			eventually(t, "the third one shares", func() bool {
				status, body, _ := get(t, fileAt(t, readCode(s.screenshot(t)), "three.txt"))
				return status == 200 && body == "3"
			})
		})
	}
}

// A program that is ending, which may take a while, is in nobody's way either: whoever
// starts it again meanwhile gets a window.
func TestSecondStartWhileTheFirstEnds(t *testing.T) {
	s, env := newScreen(t), "XDG_RUNTIME_DIR="+t.TempDir()
	port, dir := freePort(t), folderWith(t, nil)
	if err := os.WriteFile(filepath.Join(dir, "large"), make([]byte, 64<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	first := s.run(t, "env", env, programPath, "-open", "-port", port, dir)
	a, err := http.Get(fileAt(t, s.scan(t), "large")) // nobody reads it, so that the end is waited for
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	first.signal(t, syscall.SIGTERM)
	eventually(t, "the window is gone", func() bool { return readCode(s.screenshot(t)) == "" })
	s.run(t, "env", env, programPath, "-port", freePort(t), folderWith(t, map[string]string{"two.txt": "2"}))
	if status, body, err := get(t, fileAt(t, s.scan(t), "two.txt")); status != 200 || body != "2" || err != nil {
		t.Errorf("%d %q %v", status, body, err)
	}
	if code := first.exit(t); code != 0 {
		t.Errorf("the first one ends with %d: %s", code, first.stderr.String())
	}
}

func TestNewInstanceOpensASecondWindow(t *testing.T) {
	s := newScreen(t)
	env := "XDG_RUNTIME_DIR=" + t.TempDir()
	one, two := freePort(t), freePort(t)
	s.run(t, "env", env, programPath, "-port", one, folderWith(t, nil))
	eventually(t, "the first one shares", func() bool { return !refused(one) })
	s.run(t, "env", env, programPath, "-new-instance", "-port", two, folderWith(t, nil))
	eventually(t, "the second one shares as well", func() bool { return !refused(two) })
}
