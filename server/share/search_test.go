package share

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// found searches, and returns the paths of what it finds, with a slash after
// folders, and the error at the end.
func found(f *Folder, folder, query string) (paths []string, err error) {
	paths = []string{}
	for e, err := range f.Search(context.Background(), folder, strings.Fields(query)) {
		if err != nil {
			return paths, err
		}
		path := e.Name
		if e.In != "" {
			path = e.In + "/" + path
		}
		if e.Dir {
			path += "/"
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// wants fails unless a search finds exactly that.
func wants(t *testing.T, f *Folder, folder, query string, want ...string) {
	t.Helper()
	got, err := found(f, folder, query)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q in %q finds\n%q, %v; want\n%q", query, folder, got, err, want)
	}
}

// matching is which names are found by which words.
var matching = []struct {
	query, name string
	want        bool
}{
	{"beach", "beach.jpg", true},
	{"each", "beach.jpg", true},
	{"beach", "bea ch.jpg", false},
	{"BEACH", "beach.jpg", true},
	{"beach", "BEACH.JPG", true},
	{"Σίσυφος", "σισυφοσ", true},
	{"москва", "МОСКВА", true},

	{"cafe", "Café", true},
	{"café", "Cafe", true},
	{"café", "Cafe\u0301", true},
	{"cafe\u0301", "Café", true},
	{"é", "plain", false},
	{"naive", "NAÏVE", true},
	{"strasse", "Straße", true},
	{"STRASSE", "Straße", true},
	{"straße", "Strasse", true},
	{"ß", "ß", true},
	{"lodz", "Łódź", true},
	{"istanbul", "İstanbul", true},
	{"angstrom", "Ångström", true},
	{"ｆｕｌｌ", "full width", true},
	{"file", "ﬁle with a ligature", true},

	{"beach 2026", "2026 beach.jpg", true},
	{"2026 beach", "2026 beach.jpg", true},
	{"beach 2027", "2026 beach.jpg", false},
	{"a a", "a", true},
	{"be ach", "beach", true},

	{".jpg", "a.jpg", true},
	{"jpg", "a.jpg", true},
	{".jpg", "jpg", false},
	{"a.b", "a.b", true},
	{"a.b", "ab", false},
	{"img_1", "IMG_1234", true},
	{"-", "a-b", true},
	{"*", "a*b", true},
	{"*", "ab", false},
	{"a*b", "axb", false},
	{"%20", "a b", false},
	{"<b>", "<B>", true},

	{"שלום", "תמונה שלום.jpg", true},
	{"שלום", "שָׁלוֹם.jpg", true},
	{"صور", "صُوَر.jpg", true},
	{"हिन्दी", "हिन्दी.txt", true},
	{"कि", "कु", false},
	{"日本", "日本語.txt", true},
	{"본", "일본", true},
	{"🏖", "beach 🏖️.jpg", true},
	{"gpj", "evil\u202egpj.exe", true},

	{"테스트", "\u1110\u1166\u1109\u1173\u1110\u1173.txt", true}, // as a Mac writes it
	{"\u1110\u1166\u1109\u1173\u1110\u1173", "테스트.txt", true},
	{"スト", "ﾃｽﾄ.txt", true},
	{"ﾃｽﾄ", "テスト.txt", true},
	{"プール", "ﾌﾟｰﾙ.txt", true},
	{"ば", "は\u3099", true},
	{"2026", "２０２６年", true},
	{"２０２６", "2026", true},

	{"'", "l’été", true},
	{"’", "l'ete", true},
	{"l'été", "L’e\u0301te\u0301", true},
	{"don't", "don‘t", true},
	{"rock'n'roll", "Rock’n’Roll.mp3", true},
	{"okina'a", "okinaʻa", true},
	{"\"best\"", "“best”", true},
	{"“best”", "\"best\"", true},
	{"\"best\"", "„best“", true},
	{"1990-1999", "1990–1999", true},
	{"1990—1999", "1990-1999", true},
	{"a-b", "a\u2011b", true},
	{"a'b", "a-b", false},

	{"كتاب", "كِتَابٌ", true},
	{"كِتَابٌ", "كتاب", true},
	{"احمد", "أحمد", true},
	{"أحمد", "احمد", true},
	{"الله", "اللّٰه", true},
	{"كتاب", "كتـــاب", true},
	{"محمد", "ﻣﺤﻤﺪ", true},
	{"٢", "2", true},

	{"tieng viet", "Tiếng Việt.txt", true},
	{"Việt", "Vie\u0323\u0302t", true},
	{"da nang", "Đà Nẵng", true},
	{"đà", "Da", true},
	{"uong", "ương", true},

	{"izmir", "İzmir", true},
	{"İZMİR", "izmir", true},
	{"ışık", "IŞIK", true},
	{"isik", "ışık", true},
	{"ışık", "isik", true},
	{"ISIK", "ışık", true},
	{"GROẞ", "groß", true},
	{"ẞ", "ss", true},

	{"елка", "Ёлка", true},
	{"ёлка", "Елка", true},
	{"Ёлка", "Е\u0308лка", true},
	{"йод", "и\u0306од", true},
	{"й", "и", false},

	{"क़लम", "क\u093cलम", true},
	{"कलम", "क़लम", true},
	{"क़लम", "कलम", true},
	{"फोटो", "फ़ोटो", true},

	{"utf8", "not\xffutf8", true},
	{"\xff", "not\xffutf8", true},
	{"\xfe", "plain", false},
	{"\u0301", "plain", false},
	{"\u200d", "plain", false},
}

func TestWordsFindNamesAsPeopleReadThem(t *testing.T) {
	for _, c := range matching {
		t.Run(strings.ToValidUTF8(c.query+" in "+c.name, "?"), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, c.name), nil, 0o666); err != nil {
				t.Skip("this file system does not take the name: ", err)
			}
			if got, err := found(openedAt(t, dir, Options{}), "", c.query); (len(got) == 1) != c.want || err != nil {
				t.Errorf("%q finds %q: %q, %v; want %v", c.query, c.name, got, err, c.want)
			}
		})
	}
}

func TestEveryLegalNameFindsItself(t *testing.T) {
	onlyHere(t)
	for _, name := range legalNames {
		if strings.Trim(name, "\u200b") == "" {
			continue // nobody can read it, nor type it
		}
		f := opened(t, Options{Hidden: true}, map[string]string{name: ""})
		if got, err := found(f, "", name); len(got) != 1 || err != nil {
			t.Errorf("%q finds %q, %v", name, got, err)
		}
	}
}

func TestSearchFindsTheNearestFirst(t *testing.T) {
	f := opened(t, Options{}, map[string]string{
		"x10": "", "x2": "", "b/x1": "", "a/x3/x4": "", "a/no/x5": "", "a/x/": "", "c/c/c/x6": "", "c/no": "",
	})
	wants(t, f, "", "x", "x2", "x10", "a/x/", "a/x3/", "b/x1", "a/no/x5", "a/x3/x4", "c/c/c/x6")
	wants(t, f, "a", "x", "x/", "x3/", "no/x5", "x3/x4")
	wants(t, f, "a/x3", "x", "x4")
	wants(t, f, "a/x", "x")
	wants(t, f, ".", "x6", "c/c/c/x6")
}

func TestNoWordsFindNothing(t *testing.T) {
	wants(t, opened(t, Options{}, map[string]string{"a": "", "b/c": ""}), "", "")
}

func TestFoundHasSizeAndTime(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"sub/a.txt": "12345", "sub/a/": ""})
	info, err := os.Stat(filepath.Join(f.Path(), "sub/a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range f.Search(t.Context(), "", []string{"a.t"}) {
		want := Found{"sub", Entry{Name: "a.txt", Size: 5, Modified: e.Modified}}
		if err != nil || e != want || !e.Modified.Equal(info.ModTime()) {
			t.Errorf("%+v, %v", e, err)
		}
	}
}

func TestSearchFindsExactlyWhatIsListed(t *testing.T) {
	for _, o := range []Options{{}, {Hidden: true}} {
		f := trickyShare(t, o)
		var listed []string
		var list func(folder string)
		list = func(folder string) {
			for _, name := range names(t, f, folder) {
				path := strings.TrimPrefix(folder+"/"+name, "/")
				listed = append(listed, path)
				at, isFolder := strings.CutSuffix(path, "/")
				if info, err := os.Lstat(filepath.Join(f.Path(), at)); isFolder && err == nil && info.IsDir() {
					list(at)
				}
			}
		}
		list("")
		got := []string{}
		for _, letter := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
			paths, err := found(f, "", letter)
			if err != nil {
				t.Error(err)
			}
			got = append(got, paths...)
		}
		slices.Sort(got)
		slices.Sort(listed)
		if got = slices.Compact(got); !slices.Equal(got, listed) {
			t.Errorf("%+v: found\n%q, listed\n%q", o, got, listed)
		}
	}
}

func TestSearchBeginsNowhereButInAFolder(t *testing.T) {
	f := trickyShare(t, Options{})
	for _, c := range reach {
		_, err := found(f, c.name, "nothing-is-called-so")
		if c.content == "folder" && err != nil || c.content != "folder" && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("below %.60q: %v", c.name, err)
		}
	}
}

func TestLinksAreFollowedAndNothingIsFoundTwice(t *testing.T) {
	f := opened(t, Options{}, map[string]string{
		"films/old/x1": "", "films/x2": "", "music/x3": "",
		"best/old": "->../films/old", "best/again": "->old", "best/round": "->.", "best/up": "->..", "best/x": "->../films/x2",
		"best/deep/films": "->../../films", "best/deep/circle": "->../deep",
		"films/back": "->../best",
	})
	// By the shortest way: "again" is the first of two, "up" leads to the
	// whole, where "best" and "films/old" were searched already.
	wants(t, f, "best", "x", "x", "again/x1", "up/films/x2", "up/music/x3")
	wants(t, f, "", "x", "best/x", "films/x2", "music/x3", "films/old/x1")
	// Through a link the same is found as by the folder's own name.
	wants(t, f, "films/back", "x", "x", "again/x1", "up/films/x2", "up/music/x3")
	wants(t, f, "best/deep", "x", "films/x2", "films/back/x", "films/old/x1", "films/back/up/music/x3")
}

func TestManyLinksOut(t *testing.T) {
	files := map[string]string{"in/": ""}
	for i := range maxLinks + 50 {
		files[fmt.Sprintf("out/%d/x", i)] = ""
		files[fmt.Sprintf("in/%d", i)] = fmt.Sprintf("->../out/%d", i)
	}
	got, err := found(opened(t, Options{}, files), "in", "x")
	if len(got) != maxLinks-1 || err != errIncomplete {
		t.Errorf("%d found, %v", len(got), err)
	}
}

func TestSearchEndsWhenItsContextDoes(t *testing.T) {
	files := map[string]string{}
	for i := range 1000 {
		files[fmt.Sprintf("%d/x", i%50)+fmt.Sprint(i)] = ""
	}
	f := opened(t, Options{}, files)
	for _, after := range []int{0, 1, 100} {
		ctx, cancel := context.WithCancel(t.Context())
		if after == 0 {
			cancel()
		}
		n, last := 0, error(nil)
		for _, err := range f.Search(ctx, "", []string{"x"}) {
			if last = err; err == nil {
				n++
			}
			if n == after {
				cancel()
			}
		}
		if n != after || !errors.Is(last, context.Canceled) {
			t.Errorf("cancelled after %d: %d found, %v", after, n, last)
		}
		cancel()
	}
}

func TestSearchEndsInAFolderWithoutEnd(t *testing.T) {
	f := opened(t, Options{}, nil)
	for i := range 3 * batch {
		if err := os.WriteFile(filepath.Join(f.Path(), fmt.Sprint(i)), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	d, err := treeOf(f).openDir("")
	if err != nil {
		t.Fatal(err)
	}
	ended := errors.New("ended")
	s := searcher{tree: treeOf(f), ctxErr: func() error { return ended }, memory: maxSearchMemory}
	if err := s.folders([]*reading{{dir: d, of: pending{shown: "."}}}); err != ended {
		t.Errorf("read on to the end: %v", err)
	}
}

func TestSearchEndsWhenNoMoreIsWanted(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"x1": "", "x2": "", "a/x3": "", "b/x4": ""})
	for want := 1; want <= 3; want++ {
		n := 0
		for _, err := range f.Search(t.Context(), "", []string{"x"}) {
			if err != nil {
				t.Error(err)
			}
			if n++; n == want {
				break
			}
		}
		if n != want {
			t.Errorf("%d came, %d were wanted", n, want)
		}
	}
}

func TestSearchWithoutMemoryIsIncomplete(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a/x1": "", "b/x2": "", "c/x3": "", "x": ""})
	for _, c := range []struct {
		memory int
		want   []string
		err    error
	}{
		{maxSearchMemory, []string{"x", "x1", "x2", "x3"}, nil},
		{3 * 2 * (1 + nameOverhead), []string{"x1", "x2", "x3"}, errIncomplete}, // no memory for x
		{2 * (1 + nameOverhead), []string{"x1"}, errIncomplete},                 // nor for more than one folder
		{0, nil, errIncomplete},
	} {
		var got []string
		s := searcher{tree: treeOf(f), ctxErr: t.Context().Err, memory: c.memory}
		s.words = append(s.words, compileWord("x"))
		s.yield = func(e Found, _ error) bool { got = append(got, e.Name); return true }
		err := s.all("")
		slices.Sort(got)
		if len(got) != len(c.want) || err != c.err {
			t.Errorf("with %d bytes: %q, %v; want %q, %v", c.memory, got, err, c.want, c.err)
		}
		if s.memory != c.memory {
			t.Errorf("of %d bytes %d are left", c.memory, s.memory)
		}
	}
}

func TestSearchOfAShareThatIsClosed(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a/x": "", "b/x": "", "c/x": ""})
	var last error
	for e, err := range f.Search(t.Context(), "", []string{"x"}) {
		if last = err; e.In == "a" {
			f.Close()
		}
	}
	if last != errIncomplete {
		t.Errorf("what was not searched passes for empty: %v", last)
	}
	if _, err := found(f, "", "x"); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
}

func TestFolderWithoutRightPassesForEmpty(t *testing.T) {
	needsRights(t)
	f := opened(t, Options{}, map[string]string{"closed/x": "", "open/x": ""})
	at := filepath.Join(f.Path(), "closed")
	os.Chmod(at, 0)
	defer os.Chmod(at, 0o700)
	wants(t, f, "", "x", "open/x")
}

func TestSearchesAtTheSameTime(t *testing.T) {
	f := trickyShare(t, Options{})
	done := make(chan error)
	for range 4 {
		go func() {
			got, err := found(f, "", "txt")
			if err == nil && len(got) != 3 {
				err = fmt.Errorf("found %q", got)
			}
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestSearchLeavesNoDescriptor(t *testing.T) {
	onlyHere(t)
	f := trickyShare(t, Options{})
	count := func() int {
		all, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before := count()
	for range 10 {
		found(f, "", "e")
		for range f.Search(t.Context(), "", []string{"b"}) {
			break
		}
	}
	if after := count(); after != before {
		t.Errorf("%d descriptors were open before, %d after", before, after)
	}
}

// FuzzSearch searches for any words: it ends, and what it finds can be opened.
func FuzzSearch(f *testing.F) {
	for _, c := range matching {
		f.Add(c.query)
	}
	share := trickyShare(f, Options{})
	f.Fuzz(func(t *testing.T, query string) {
		paths, err := found(share, "", query)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if got, err := content(share, strings.TrimSuffix(path, "/")); err != nil || strings.Contains(got, canary) {
				t.Errorf("%q finds %q, which holds %q, %v", query, path, got, err)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	dir := b.TempDir()
	for i := range 100_000 {
		if i%1000 == 0 {
			if err := os.Mkdir(filepath.Join(dir, fmt.Sprintf("folder %d", i/1000)), 0o777); err != nil {
				b.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("folder %d/IMG_%d.jpg", i/1000, i)), nil, 0o666); err != nil {
			b.Fatal(err)
		}
	}
	f := openedAt(b, dir, Options{})
	for _, c := range []struct {
		query string
		want  int
	}{{"nothing", 0}, {"img 99999", 1}, {"99", 3692}} {
		b.Run(c.query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got, err := found(f, "", c.query); err != nil || len(got) != c.want {
					b.Fatal(len(got), err)
				}
			}
		})
	}
}
