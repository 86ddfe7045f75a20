package share

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tricky is a share with every kind of way out, next to files that must not be
// reached.
var tricky = map[string]string{
	"outside/secret.txt":            canary,
	"share_evil/secret.txt":         canary,
	"share/a.txt":                   "a",
	"share/sub/b.txt":               "b",
	"share/sub/deep/c.txt":          "c",
	"share/empty/":                  "",
	"share/.hidden":                 canary,
	"share/.dir/d.txt":              canary,
	"share/sub/.hidden":             canary,
	"share/.windowsill/part":        canary,
	"share/.Windowsill-x":           canary,
	"share/sub/.windowsill.lock":    canary,
	"share/in":                      "->a.txt",
	"share/in-twice":                "->in",
	"share/dir-in":                  "->sub/deep",
	"share/sub/up":                  "->../a.txt",
	"share/sub/round":               "->./deep/../../sub//b.txt",
	"share/sub/deep/through":        "->../../dir-in/../b.txt",
	"share/out":                     "->../outside/secret.txt",
	"share/out-dir":                 "->../outside",
	"share/out-prefix":              "->../share_evil",
	"share/out-and-back":            "->../share/a.txt",
	"share/sub/out-far":             "->../../../../../../../../etc/passwd",
	"share/absolute":                "->/etc/passwd",
	"share/broken":                  "->nowhere",
	"share/below-file":              "->a.txt/x",
	"share/circle":                  "->circle",
	"share/ping":                    "->pong",
	"share/pong":                    "->ping",
	"share/self":                    "->.",
	"share/to-hidden":               "->.hidden",
	"share/to-hidden-dir":           "->.dir",
	"share/through-hidden":          "->.dir/../a.txt",
	"share/sub/to-hidden":           "->../.dir/d.txt",
	"share/to-reserved":             "->.windowsill/part",
	"share/linked-ancestor":         "->out-dir",
	"share/.windowsilly":            canary,
	"share/sub/not-hidden.windowsi": "n",
}

// reach is the content of each name in tricky; "" if it does not exist, whether
// hidden files are served or not.
var reach = []struct{ name, content string }{
	{"", "folder"},
	{".", "folder"},
	{"a.txt", "a"},
	{"sub", "folder"},
	{"sub/b.txt", "b"},
	{"sub/deep/c.txt", "c"},
	{"sub/not-hidden.windowsi", "n"},
	{"in", "a"},
	{"in-twice", "a"},
	{"dir-in", "folder"},
	{"dir-in/c.txt", "c"},
	{"sub/up", "a"},
	{"sub/round", "b"},
	{"dir-in/through", "b"},
	{"self/self/sub/b.txt", "b"},
	{strings.Repeat("self/", 100) + "a.txt", "a"},

	{"nothing", ""},
	{"sub/nothing/at/all", ""},
	{"a.txt/b", ""},
	{"out", ""},
	{"out-dir", ""},
	{"out-dir/secret.txt", ""},
	{"out-prefix", ""},
	{"out-prefix/secret.txt", ""},
	{"out-and-back", ""},
	{"sub/out-far", ""},
	{"absolute", ""},
	{"linked-ancestor/secret.txt", ""},
	{"broken", ""},
	{"below-file", ""},
	{"circle", ""},
	{"ping", ""},
	{"self/ping/x", ""},
	{strings.Repeat("self/", 300) + "a.txt", ""},
	{".windowsill", ""},
	{".windowsill/part", ""},
	{".WINDOWSILL/part", ""},
	{".Windowsill-x", ""},
	{".windowsilly", ""},
	{"sub/.windowsill.lock", ""},
	{"to-reserved", ""},
	{"self/.windowsill/part", ""},

	{"..", ""},
	{"../outside/secret.txt", ""},
	{"../share_evil/secret.txt", ""},
	{"sub/../a.txt", ""},
	{"sub/../../outside/secret.txt", ""},
	{"./a.txt", ""},
	{"sub/./b.txt", ""},
	{"sub//b.txt", ""},
	{"sub/", ""},
	{"a.txt/", ""},
	{"a.txt/.", ""},
	{"/", ""},
	{"/a.txt", ""},
	{"/etc/passwd", ""},
	{"//etc/passwd", ""},
	{"a.txt\x00", ""},
	{"a.txt\x00.jpg", ""},
	{"\x00", ""},
	{`..\outside\secret.txt`, ""},
	{`sub\b.txt`, ""},
	{"C:/Windows/win.ini", ""},
	{"a.txt::$DATA", ""},
	{"..%2foutside%2fsecret.txt", ""},
	{"~", ""},
	{strings.Repeat("x", 256), ""},
	{strings.Repeat("x", 70000), ""},
	{strings.Repeat("x/", 40000) + "x", ""},
}

// trickyShare opens the share in tricky.
func trickyShare(t testing.TB, o Options) *Folder {
	t.Helper()
	dir := t.TempDir()
	plant(t, dir, tricky)
	return openedAt(t, filepath.Join(dir, "share"), o)
}

func TestNamesReachTheShareAndNothingElse(t *testing.T) {
	for _, o := range []Options{{}, {Hidden: true}} {
		f := trickyShare(t, o)
		for _, c := range reach {
			got, err := content(f, c.name)
			if c.content == "" && !errors.Is(err, fs.ErrNotExist) || c.content != "" && err != nil || got != c.content {
				t.Errorf("%+v: %.60q holds %q, %v; want %q", o, c.name, got, err, c.content)
			}
		}
	}
}

func TestHiddenFilesAreServedOnlyIfWanted(t *testing.T) {
	closed, open := trickyShare(t, Options{}), trickyShare(t, Options{Hidden: true})
	for name, want := range map[string]string{
		".hidden": canary, ".dir": "folder", ".dir/d.txt": canary, "sub/.hidden": canary, "self/.hidden": canary,
		"to-hidden": canary, "to-hidden-dir": "folder", "to-hidden-dir/d.txt": canary,
		"sub/to-hidden": canary, "through-hidden": "a",
	} {
		if got, err := content(closed, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q holds %q, %v without being asked for", name, got, err)
		}
		if got, err := content(open, name); got != want || err != nil {
			t.Errorf("%q holds %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestListingShowsExactlyWhatCanBeOpened(t *testing.T) {
	for _, c := range []struct {
		options Options
		want    map[string][]string
	}{
		{Options{}, map[string][]string{
			"":    {"dir-in/", "empty/", "self/", "sub/", "a.txt", "in", "in-twice"},
			"sub": {"deep/", "b.txt", "not-hidden.windowsi", "round", "up"},
			// The same folder, by its own name and through a link.
			"sub/deep": {"c.txt", "through"}, "dir-in": {"c.txt", "through"},
			"empty": {},
		}},
		{Options{Hidden: true}, map[string][]string{
			"":     {".dir/", "dir-in/", "empty/", "self/", "sub/", "to-hidden-dir/", ".hidden", "a.txt", "in", "in-twice", "through-hidden", "to-hidden"},
			".dir": {"d.txt"},
		}},
	} {
		f := trickyShare(t, c.options)
		for folder, want := range c.want {
			got := names(t, f, folder)
			if !slices.Equal(got, want) {
				t.Errorf("%+v: %q lists\n%q, want\n%q", c.options, folder, got, want)
			}
			for _, name := range got {
				if _, err := content(f, strings.TrimPrefix(folder+"/"+strings.TrimSuffix(name, "/"), "/")); err != nil {
					t.Errorf("%+v: %q in %q is listed, but %v", c.options, name, folder, err)
				}
			}
		}
	}
}

func TestListRefusesWhatOpenRefuses(t *testing.T) {
	f := trickyShare(t, Options{})
	for _, c := range reach {
		l, err := f.List(c.name)
		if err == nil {
			l.Close()
		}
		if want := c.content == "folder"; want != (err == nil) || !want && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("List(%.60q): %v; a folder: %v", c.name, err, want)
		}
	}
}

func TestErrorsNameWhatWasAskedFor(t *testing.T) {
	f := trickyShare(t, Options{})
	_, err := f.Open("out-dir/secret.txt")
	var pathError *fs.PathError
	if !errors.As(err, &pathError) || pathError.Path != "out-dir/secret.txt" {
		t.Errorf("%v", err)
	}
	if strings.Contains(err.Error(), f.Path()) {
		t.Errorf("%q reveals where the share is", err)
	}
}

// FuzzOpen opens any name: the result comes soon, and is never a file from outside
// or a hidden one.
func FuzzOpen(f *testing.F) {
	for _, c := range reach {
		if len(c.name) < 1000 {
			f.Add(c.name)
		}
	}
	for name := range tricky {
		f.Add(strings.TrimPrefix(name, "share/"))
	}
	share := trickyShare(f, Options{})
	f.Fuzz(func(t *testing.T, name string) {
		got, err := content(share, name)
		if strings.Contains(got, canary) || strings.Contains(got, "root:") {
			t.Fatalf("%q got out: %q", name, got)
		}
		l, listErr := share.List(name)
		if listErr == nil {
			l.Close()
		}
		if (listErr == nil) != (got == "folder") {
			t.Errorf("%q holds %q, %v; listing: %v", name, got, err, listErr)
		}
	})
}
