//go:build linux

package e2e

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// The program starts itself to lay out what somebody has written. Such a process
// must end with it, even when it has no time to see to that.
func TestWorkersEndWithTheProgram(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			port := freePort(t)
			p := serve(t, "-open", "-port", port, folderWith(t, map[string]string{"a.md": "# Über *uns*"}))
			status, body, err := get(t, "http://127.0.0.1:"+port+"/a.md?open")
			if want := `<h2 id="text-über-uns">Über <em>uns</em></h2>`; status != 200 || !strings.Contains(body, want) || err != nil {
				t.Fatalf("The document is not laid out: %d %v, want %s", status, err, want)
			}
			workers := children(t, p.cmd.Process.Pid)
			if len(workers) != 1 {
				t.Fatalf("The program has the processes %q, want one", workers)
			}
			// The program alone: p.signal would reach all of its process group.
			if err := syscall.Kill(p.cmd.Process.Pid, s); err != nil {
				t.Fatal(err)
			}
			p.exit(t)
			eventually(t, "the worker has ended", func() bool {
				stat, err := os.ReadFile("/proc/" + workers[0] + "/stat")
				return err != nil || strings.Contains(string(stat), ") Z ") // nobody may have waited for it
			})
		})
	}
}

// children returns the processes that a process has started, as proc(5) has them.
func children(t *testing.T, pid int) []string {
	t.Helper()
	tasks, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, task := range tasks {
		list, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, task.Name()))
		if err != nil {
			skip(t, "The kernel does not tell a process's children: "+err.Error())
		}
		all = append(all, strings.Fields(string(list))...)
	}
	return all
}
