package kit

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFile(t *testing.T) {
	full := errors.New("the disk is full")
	for _, c := range []struct {
		name, before string
		err          error
		want         string
	}{
		{"new", "", nil, "new"},
		{"replaced", "old", nil, "new"},
		{"failed", "", full, ""},
		{"kept", "old", full, "old"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "x")
			if c.before != "" {
				if err := os.WriteFile(path, []byte(c.before), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			err := WriteFile(path, func(w io.Writer) error {
				io.WriteString(w, "new")
				return c.err
			})
			if !errors.Is(err, c.err) {
				t.Errorf("The error is %v, want %v.", err, c.err)
			}
			if got, _ := os.ReadFile(path); string(got) != c.want {
				t.Errorf("The file has %q, want %q.", got, c.want)
			}
			want := 1
			if c.want == "" {
				want = 0
			}
			if files, _ := os.ReadDir(dir); len(files) != want {
				t.Errorf("There are %d files, want %d.", len(files), want)
			}
		})
	}
}
