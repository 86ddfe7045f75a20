//go:build unix

package instance

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRuntimeFolderIsUsedOnlyIfItIsOurs(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, dir string) error
		used bool
	}{
		{"ours alone", func(_ *testing.T, dir string) error { return os.Mkdir(dir, 0o700) }, true},
		{"that others may write to", func(_ *testing.T, dir string) error {
			return firstOf(os.Mkdir(dir, 0o700), os.Chmod(dir, 0o777))
		}, false},
		{"a link", func(t *testing.T, dir string) error { return os.Symlink(t.TempDir(), dir) }, false},
		{"a file", func(_ *testing.T, dir string) error { return os.WriteFile(dir, nil, 0o600) }, false},
		{"not there", func(*testing.T, string) error { return nil }, false},
		{"somebody else's", func(t *testing.T, dir string) error {
			if os.Geteuid() != 0 {
				t.Skip("Only root can give a folder away.")
			}
			return firstOf(os.Mkdir(dir, 0o700), os.Chown(dir, 65534, 65534))
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			alone(t)
			cache := t.TempDir()
			t.Setenv("HOME", cache)
			t.Setenv("XDG_CACHE_HOME", cache)
			runtime := filepath.Join(t.TempDir(), "runtime")
			if err := c.make(t, runtime); err != nil {
				t.Fatal(err)
			}
			t.Setenv("XDG_RUNTIME_DIR", runtime)
			dir, err := socketDir()
			if err != nil {
				t.Fatal(err)
			}
			if used := filepath.Dir(dir) == runtime; used != c.used {
				t.Errorf("The socket is in %s; XDG_RUNTIME_DIR is %s", dir, runtime)
			}
		})
	}
}

// firstOf returns the first error.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
