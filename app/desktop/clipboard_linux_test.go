package desktop

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// have puts a script in the place of all programs.
func have(t *testing.T, name, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
}

func TestPastedPicture(t *testing.T) {
	const types = `case "$*" in *TARGETS|*list-types) echo "TARGETS"; echo "image/png"; exit;; esac; `
	for _, c := range []struct {
		name, program, script, want string
		err                         error
	}{
		{"X11", "xclip", types + `echo "$*"`, "-selection clipboard -o -t image/png\n", nil},
		{"Wayland", "wl-paste", types + `echo "$*"`, "--no-newline --type image/png\n", nil},
		{"another kind", "xclip", `echo UTF8_STRING`, "", ErrNoPicture},
		{"nothing", "xclip", `exit 1`, "", ErrNoPicture},
		{"too large", "xclip", types + `exec head -c 40000000 /dev/zero`, "", ErrPictureTooLarge},
		{"without end", "xclip", types + `exec cat /dev/zero`, "", ErrPictureTooLarge},
		{"never says what it has", "xclip", `exec sleep 60`, "", context.DeadlineExceeded},
		{"never gives it", "xclip", types + `exec sleep 60`, "", context.DeadlineExceeded},
	} {
		t.Run(c.name, func(t *testing.T) {
			have(t, c.program, c.script)
			t.Setenv("DISPLAY", ":none")
			t.Setenv("WAYLAND_DISPLAY", "")
			if c.program == "wl-paste" {
				t.Setenv("WAYLAND_DISPLAY", "wayland-0")
				have(t, "wl-copy", "")
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.err == context.DeadlineExceeded {
				ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
			}
			got, err := PastedPicture(ctx)
			if !errors.Is(err, c.err) || err == nil && string(got) != c.want {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
}
