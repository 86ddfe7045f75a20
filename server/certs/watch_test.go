package certs

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The ways in which mkcert and lego, acme.sh, certbot, and a cluster renew files.
func TestRenewalIsTold(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux is sure to tell")
	}
	put := func(t *testing.T, at, content string) {
		t.Helper()
		must(t, os.MkdirAll(filepath.Dir(at), 0o777))
		must(t, os.WriteFile(at, []byte(content), 0o600))
	}
	link := func(t *testing.T, to, at string) {
		t.Helper()
		must(t, os.MkdirAll(filepath.Dir(at), 0o777))
		must(t, os.Symlink(to, at+".new"))
		must(t, os.Rename(at+".new", at))
	}
	plain := func(t *testing.T, dir string) { put(t, dir+"/live/a.crt", "1") }
	archive := func(t *testing.T, dir string) {
		put(t, dir+"/archive/a1.crt", "1")
		link(t, "../archive/a1.crt", dir+"/live/a.crt")
	}
	for _, c := range []struct {
		name         string
		begin, renew func(t *testing.T, dir string)
	}{
		{"written", plain, func(t *testing.T, dir string) { put(t, dir+"/live/a.crt", "22") }},
		{"renamed", plain, func(t *testing.T, dir string) {
			put(t, dir+"/live/new", "22")
			must(t, os.Rename(dir+"/live/new", dir+"/live/a.crt"))
		}},
		{"another link", archive, func(t *testing.T, dir string) {
			put(t, dir+"/archive/a2.crt", "22")
			link(t, "../archive/a2.crt", dir+"/live/a.crt")
		}},
		{"written where a link leads", archive, func(t *testing.T, dir string) { put(t, dir+"/archive/a1.crt", "22") }},
		{"another folder", func(t *testing.T, dir string) {
			put(t, dir+"/one/a.crt", "1")
			link(t, "one", dir+"/live")
		}, func(t *testing.T, dir string) {
			put(t, dir+"/two/a.crt", "22")
			link(t, "two", dir+"/live")
		}},
	} {
		for _, name := range []string{"live", "live/a.crt"} {
			if c.name == "another folder" && name != "live" {
				continue // only asking tells
			}
			t.Run(c.name+", "+name, func(t *testing.T) {
				dir := t.TempDir()
				c.begin(t, dir)
				f := OpenFiles(filepath.Join(dir, name), "")
				f.seen, _ = f.look()
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				told := f.Watch(ctx)
				<-told // that it has begun
				c.renew(t, dir)
				select {
				case <-told:
				case <-ctx.Done():
					t.Fatal("nobody told")
				}
				if !f.Changed() {
					t.Error("nothing has changed")
				}
			})
		}
	}
}
