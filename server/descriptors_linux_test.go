package server

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

// bound lets this process open so many more files until the test ends.
func bound(t *testing.T, more int) {
	t.Helper()
	var before syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &before))
	open, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	highest := len(open) - 1 // without the one of ReadDir; the limit is on the number itself
	must(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: uint64(highest + more), Max: before.Max}))
	t.Cleanup(func() { must(t, syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before)) })
}

func TestShareNeedsSomeFiles(t *testing.T) {
	for _, tt := range []struct {
		more int
		want error
	}{{leastFiles - 4, ErrFewFiles}, {leastFiles + 20, nil}} {
		t.Run("", func(t *testing.T) {
			s, err := New(Options{})
			must(t, err)
			folder := tree(t, nil)
			bound(t, tt.more)
			if err := s.Start(Share{Folder: folder}); !errors.Is(err, tt.want) {
				t.Errorf("with %d: %v", tt.more, err)
			}
			if state := s.Snapshot().State; (state == Sharing) != (tt.want == nil) {
				t.Errorf("with %d it is %v", tt.more, state)
			}
			must(t, s.Stop(t.Context()))
		})
	}
}
