//go:build unix

package media

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"windowsill/server/share"
)

// fakeFFmpeg returns a program that does what the lines of a shell script say.
func fakeFFmpeg(t *testing.T, script string) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), "ffmpeg")
	must(t, os.WriteFile(at, []byte("#!/bin/sh\n"+script), 0o755))
	return at
}

func TestFFmpegRunsWithinBounds(t *testing.T) {
	film := fileOf(t, "film.mp4", "x")
	ffmpeg := fakeFFmpeg(t, "ulimit -t; ulimit -v; ulimit -c; nice; cat <&3")
	got := strings.Fields(string(grabFrame(t.Context(), ffmpeg, film.Content(), "0", 160)))
	space := strconv.Itoa(maxPosterAS)
	if runtime.GOOS == "darwin" {
		space = "unlimited"
	}
	niceness, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	must(t, err)
	if runtime.GOOS == "linux" {
		niceness = 20 - niceness // getpriority(2), "C library/kernel differences"
	}
	want := []string{strconv.Itoa(maxPosterCPU), space, "0", strconv.Itoa(min(niceness+posterNiceness, 19)), "x"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("seconds, kilobytes, core dump, niceness and film are %q, want %q", got, want)
	}
}

func TestFewFFmpegsRunAndEndWhenNobodyWaits(t *testing.T) {
	pids := t.TempDir()
	m := maker(t, Options{Workers: 3 * maxPosters})
	m.ffmpeg = fakeFFmpeg(t, "echo > "+pids+"/$$; exec sleep 60")
	ctx, leave := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for i := range 2 * maxPosters {
		film := fileOf(t, fmt.Sprintf("film %d.mp4", i), fmt.Sprint(i))
		all.Go(func() { posterOf(t, m, ctx, film) })
	}
	running := func() []os.DirEntry {
		found, err := os.ReadDir(pids)
		must(t, err)
		return found
	}
	until(t, "as many run as may", func() bool { return len(running()) == maxPosters })
	leave()
	all.Wait()
	for _, p := range running() {
		pid, err := strconv.Atoi(p.Name())
		must(t, err)
		if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
			t.Errorf("process %d still runs: %v", pid, err)
		}
	}
	if n := len(running()); n != maxPosters {
		t.Errorf("%d were started, want %d", n, maxPosters)
	}
}

func posterOf(t *testing.T, m *Maker, ctx context.Context, film *share.File) {
	if _, err := m.thumbnailer(ctx, film, 160).poster(); err == nil {
		t.Error("there is a poster")
	}
}
