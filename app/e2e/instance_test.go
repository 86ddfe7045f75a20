//go:build unix

package e2e

import (
	"image"
	"strings"
	"syscall"
	"testing"
)

// session starts a bus for the session, and returns the environment of who
// uses it.
func session(t *testing.T) []string {
	t.Helper()
	bus := start(t, nil, need(t, "dbus-daemon"), "--session", "--nofork", "--print-address=1")
	eventually(t, "the bus says its address", func() bool { return strings.Contains(bus.stdout.String(), "\n") })
	return []string{"DBUS_SESSION_BUS_ADDRESS=" + strings.TrimSpace(bus.stdout.String())}
}

// A second start gives its folder to the first, which offers to share that
// instead; and a first one that was killed is in nobody's way.
func TestSecondStartHandsOver(t *testing.T) {
	for name, shared := range map[string]func(*testing.T) []string{
		"bus":    session,
		"socket": func(t *testing.T) []string { return []string{"XDG_RUNTIME_DIR=" + t.TempDir()} },
	} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			env := append([]string{"env"}, shared(t)...)
			launch := func(args ...string) *program {
				return s.run(t, append(append(env[:len(env):len(env)], built), args...)...)
			}
			port := freePort(t)
			first := launch("-port", port, folderWith(t, map[string]string{"one.txt": "1"}))
			link := s.scan(t)

			if code := launch(folderWith(t, map[string]string{"two.txt": "2"})).exit(t); code != 0 {
				t.Fatalf("The second one ends with %d, want 0", code)
			}
			s.find(t, "the answer that shares it", accent, isAnswer)
			s.keys(t, "Tab", "space") // "Share this instead", after the answer that changes nothing
			eventually(t, "the other folder is shared", func() bool {
				status, body, _ := get(t, fileAt(t, readCode(s.shot(t)), "two.txt"))
				return status == 200 && body == "2"
			})
			if status, _, _ := get(t, fileAt(t, link, "one.txt")); status == 200 {
				t.Error("The first folder is still shared.")
			}

			first.signal(t, syscall.SIGKILL)
			<-first.ended
			launch("-port", port, folderWith(t, map[string]string{"three.txt": "3"}))
			eventually(t, "the third one shares", func() bool {
				status, body, _ := get(t, fileAt(t, readCode(s.shot(t)), "three.txt"))
				return status == 200 && body == "3"
			})
		})
	}
}

// isAnswer says whether an area has the size of a button under a question.
func isAnswer(area image.Rectangle) bool {
	return area.Dx() > 80 && area.Dx() < 300 && area.Dy() > 25 && area.Dy() < 60
}

func TestNewInstanceIsASecondWindow(t *testing.T) {
	s := newScreen(t)
	env := "XDG_RUNTIME_DIR=" + t.TempDir()
	one, two := freePort(t), freePort(t)
	s.run(t, "env", env, built, "-port", one, folderWith(t, nil))
	eventually(t, "the first one shares", func() bool { return !refused(one) })
	s.run(t, "env", env, built, "-new-instance", "-port", two, folderWith(t, nil))
	eventually(t, "the second one shares as well", func() bool { return !refused(two) })
}
