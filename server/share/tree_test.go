package share

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// canary is the content of files outside the share and of files that must not be
// seen. No result may contain it.
const canary = "CANARY"

// plant makes files below dir. A path that ends in a slash makes a folder, and
// a content that begins with "->" makes a link to what follows.
func plant(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "->"); ok {
			err = os.Symlink(target, at)
		} else if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(at, 0o777)
		} else {
			err = os.WriteFile(at, []byte(content), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// opened plants files in a new folder and opens it.
func opened(t testing.TB, o Options, files map[string]string) *Folder {
	t.Helper()
	dir := t.TempDir()
	plant(t, dir, files)
	return openedAt(t, dir, o)
}

func openedAt(t testing.TB, dir string, o Options) *Folder {
	t.Helper()
	f, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// content returns the content of a name in the share, or "folder", or the error.
func content(f *Folder, name string) (string, error) {
	file, err := f.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	if file.IsDir() {
		return "folder", nil
	}
	b, err := io.ReadAll(file)
	return string(b), err
}

// names returns what is listed in a folder, with a slash after folders.
func names(t testing.TB, f *Folder, folder string) []string {
	t.Helper()
	l, err := f.List(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	all := []string{}
	for e := range l.Entries(0, l.Len()) {
		if e.Dir {
			e.Name += "/"
		}
		all = append(all, e.Name)
	}
	return all
}

// needsRights skips a test about lacking rights where the person running it
// lacks none.
func needsRights(t *testing.T) {
	t.Helper()
	if os.Geteuid() <= 0 {
		t.Skip("an administrator may read everything, and Windows has other rights")
	}
}

// treeOf returns the folder that is the whole share.
func treeOf(f *Folder) *tree { return f.view.set.now.Load().whole }
