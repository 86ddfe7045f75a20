package share

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func bySizeOf(e Entry) int64 { return e.Size }

// listed lists the share itself in an order.
func listed(t testing.TB, f *Folder, o Order) *List {
	t.Helper()
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if err := l.Sort(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestOrderOfALongList(t *testing.T) {
	f := opened(t, Options{}, nil)
	for i := range manyKeys + 2 {
		file := filepath.Join(f.Path(), strconv.Itoa(i))
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(file, int64(manyKeys+1-i)); err != nil {
			t.Fatal(err)
		}
	}
	size := int64(0)
	for e := range listed(t, f, Order{Key: bySizeOf, Stat: true}).Entries(0, manyKeys+2) {
		if e.Size != size || e.Name != strconv.FormatInt(manyKeys+1-size, 10) {
			t.Fatalf("%q of %d bytes comes where that of %d should", e.Name, e.Size, size)
		}
		size++
	}
	if size != manyKeys+2 {
		t.Errorf("%d entries", size)
	}
}

// all returns the names of a list, folders with a slash.
func all(l *List) string {
	var names []string
	for name, dir := range l.Names(0, l.Len()) {
		if dir {
			name += "/"
		}
		names = append(names, name)
	}
	return strings.Join(names, " ")
}

var disorder = map[string]string{
	"10": "1234", "9": "1", "ä": "12", "Zebra": "12", "apple": "", "o": "1", "ö": "", "z/": "", "A/": "", "é/": "",
}

func TestSort(t *testing.T) {
	f := opened(t, Options{}, disorder)
	for _, c := range []struct {
		name  string
		order Order
		want  string
	}{
		{"as it comes", Order{}, "A/ z/ é/ 9 10 apple o Zebra ä ö"},
		{"by name", Order{Language: language.German}, "A/ é/ z/ 9 10 ä apple o ö Zebra"},
		{"by name in Swedish", Order{Language: language.Swedish}, "A/ é/ z/ 9 10 apple o Zebra ä ö"},
		{"backwards", Order{Language: language.German, Descending: true}, "z/ é/ A/ Zebra ö o apple ä 10 9"},
		{"by size", Order{Language: language.German, Key: bySizeOf, Stat: true}, "A/ é/ z/ apple ö 9 o ä Zebra 10"},
		{"by size, backwards", Order{Language: language.German, Key: bySizeOf, Stat: true, Descending: true}, "A/ é/ z/ 10 ä Zebra 9 o apple ö"},
		{"by what the name tells", Order{Key: func(e Entry) int64 { return int64(len(e.Name)) }}, "A/ z/ é/ 9 o 10 ä ö apple Zebra"},
	} {
		if got := all(listed(t, f, c.order)); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestMarkIsFoundAgain(t *testing.T) {
	f := opened(t, Options{}, disorder)
	for _, o := range []Order{{}, {Descending: true}, {Language: language.German}, {Language: language.Chinese, Descending: true},
		{Key: bySizeOf, Stat: true}, {Key: bySizeOf, Stat: true, Descending: true, Language: language.German}} {
		l := listed(t, f, o)
		for i := range l.Len() {
			if at, there := l.Index(l.Mark(i)); at != i || !there {
				t.Errorf("%+v: entry %d is found at %d, %v", o, i, at, there)
			}
		}
	}
}

func TestIndexOfMissingEntry(t *testing.T) {
	l := listed(t, opened(t, Options{}, map[string]string{"b/": "", "d/": "", "2": "22", "4": "4444"}), Order{Key: bySizeOf, Stat: true})
	for _, c := range []struct {
		mark Mark
		want int
	}{
		{Mark{Name: "a", Dir: true}, 0}, {Mark{Name: "c", Dir: true}, 1}, {Mark{Name: "e", Dir: true}, 2},
		{Mark{Name: "0", Key: 1}, 2}, {Mark{Name: "9", Key: 2}, 3}, {Mark{Name: "0", Key: 4}, 3}, {Mark{Name: "4", Key: 5}, 4}, {Mark{}, 2},
	} {
		if at, there := l.Index(c.mark); at != c.want || there {
			t.Errorf("%+v: %d, %v, want %d", c.mark, at, there, c.want)
		}
	}
}

func TestSortOfWhatGoesMeanwhile(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "1", "b": "22", "c": "333"})
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.Remove(filepath.Join(f.Path(), "b")); err != nil {
		t.Fatal(err)
	}
	if err := l.Sort(context.Background(), Order{Key: bySizeOf, Stat: true, Descending: true}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for e := range l.Entries(0, l.Len()) {
		got = append(got, e.Name)
	}
	if !slices.Equal(got, []string{"c", "a"}) {
		t.Errorf("%q", got)
	}
}

func TestSortEndsWithItsContext(t *testing.T) {
	f := opened(t, Options{}, disorder)
	l, err := f.List("")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := l.Sort(ctx, Order{Key: bySizeOf, Stat: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// listOf returns a list of names, the first of which are folders.
func listOf(folders int, names ...string) *List {
	return &List{sorter: sorter{names: names, folders: folders}}
}

// The order is total whatever the names, so each mark is found at its own index.
func FuzzSort(f *testing.F) {
	for i, name := range ordered {
		f.Add(name, ordered[len(ordered)-1-i], "ä"+name, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, a, b, c string, descending bool) {
		for _, tag := range []language.Tag{language.Und, language.German, language.Chinese, language.Arabic} {
			l := listOf(0, slices.Compact(slices.Sorted(slices.Values([]string{a, b, c})))...)
			if err := l.Sort(context.Background(), Order{Language: tag, Descending: descending}); err != nil {
				t.Fatal(err)
			}
			for i := range l.Len() {
				if at, there := l.Index(l.Mark(i)); at != i || !there {
					t.Errorf("%v: %q is found at %d, %v in %q", tag, l.Mark(i).Name, at, there, []string{a, b, c})
				}
			}
		}
	})
}

// Parts of a list that are looked at in any order are as if all of it were sorted.
func FuzzParts(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		names := randomNames(random, random.IntN(500))
		folders := random.IntN(len(names) + 1)
		l := listOf(folders, names...)
		o := Order{Descending: random.IntN(2) == 0}
		if random.IntN(2) == 0 {
			o.Key = func(e Entry) int64 { return int64(len(e.Name) % 4) }
		}
		want := slices.Clone(names)
		sortPlainly(want[:folders], o)
		sortPlainly(want[folders:], o)
		if err := l.Sort(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		for range 10 {
			from, to := random.IntN(len(want)+20)-10, random.IntN(len(want)+20)-10
			i := max(0, from)
			for name, dir := range l.Names(from, to) {
				if name != want[i] || dir != (i < folders) {
					t.Fatalf("%+v: %q is at %d, want %q", o, name, i, want[i])
				}
				i++
			}
			if end := min(to, len(want)); i < end {
				t.Fatalf("%d to %d of %d: only up to %d", from, to, len(want), i)
			}
			if len(want) == 0 {
				continue
			}
			i = random.IntN(len(want))
			if at, there := l.Index(l.Mark(i)); l.Mark(i).Name != want[i] || at != i || !there {
				t.Fatalf("%+v: %q is marked at %d and found at %d, %v", o, l.Mark(i).Name, i, at, there)
			}
		}
	})
}

// randomNames returns different names with numbers and capital letters.
func randomNames(random *rand.Rand, n int) []string {
	parts := []string{"a", "A", "b", "1", "01", "2", "10", "é", " ", "_", "\xff", "9999999999999999999999"}
	seen := map[string]bool{}
	for range n {
		name := ""
		for range 1 + random.IntN(5) {
			name += parts[random.IntN(len(parts))]
		}
		seen[name] = true
	}
	names := slices.Sorted(maps.Keys(seen))
	random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

func sortPlainly(names []string, o Order) {
	slices.SortFunc(names, Compare)
	if o.Key == nil && o.Descending {
		slices.Reverse(names)
	}
	if o.Key != nil {
		slices.SortStableFunc(names, func(a, b string) int {
			c := cmp.Compare(o.Key(Entry{Name: a}), o.Key(Entry{Name: b}))
			if o.Descending {
				c = -c
			}
			return c
		})
	}
}

// Who looks at a file in a long folder wants those before and after it, in any order.
func TestFilesOfALongListAreNotAllSorted(t *testing.T) {
	names := make([]string, 20000)
	for i := range names {
		names[i] = fmt.Sprintf("IMG_%d.%s", i, []string{"jpg", "txt"}[i%2])
	}
	rand.Shuffle(len(names)-1, func(i, j int) { names[i+1], names[j+1] = names[j+1], names[i+1] })
	names[0] = "IMG_0.jpg" // a folder
	names = append(names, "IMG_0 b.jpg")
	for _, o := range []Order{{}, {Descending: true}, {Language: language.German}, {Key: func(e Entry) int64 { return int64(len(e.Name)) }}} {
		l := listOf(1, slices.Clone(names)...)
		if err := l.Sort(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		files := l.Files(func(name string) bool { return strings.HasSuffix(name, ".jpg") })
		at := files.IndexOf("IMG_12344.jpg")
		before := slices.Collect(maps.Keys(maps.Collect(files.Names(at-1, at))))
		for which, some := range map[string]*List{"all": l, "the files": files} {
			if left := some.sorter.unsorted; len(left) == 0 || slices.MaxFunc(left, func(a, b span) int { return cmp.Compare(a.to-a.from, b.to-b.from) }).to < 500 {
				t.Errorf("%+v: %s are sorted, but for %v", o, which, left)
			}
		}
		var want []string
		for name, dir := range l.Names(0, l.Len()) {
			if !dir && strings.HasSuffix(name, ".jpg") {
				want = append(want, name)
			}
		}
		if i := slices.Index(want, "IMG_12344.jpg"); at != i || len(before) != 1 || before[0] != want[i-1] || files.Len() != len(want) {
			t.Errorf("%+v: at %d of %d, after %q; want %d of %d, after %q", o, at, files.Len(), before, i, len(want), want[i-1])
		}
		if l.IndexOf("IMG_0.jpg") != -1 || files.IndexOf("IMG_1.txt") != -1 {
			t.Error("a folder, or a file that was not kept, has an index")
		}
	}
}

func TestSampleIsFromAllOverTheList(t *testing.T) {
	l := listOf(1, "d/", "1", "2", "3", "4", "5", "6")
	for size, want := range map[int]string{1: "d/", 2: "d/ 3 6", 3: "d/ 2 4 6", 7: "d/ 1 2 3 4 5 6", 1000: "d/ 1 2 3 4 5 6"} {
		var got []string
		for name, dir := range l.Sample(size) {
			if dir != (name == "d/") {
				t.Errorf("%q is a folder: %v", name, dir)
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d of 7: %q, want %q", size, got, want)
		}
	}
}

func BenchmarkSort(b *testing.B) {
	plain, accents := crowded(b, 100_000), b.TempDir()
	for i := range 100_000 {
		if err := os.WriteFile(filepath.Join(accents, fmt.Sprintf("Größe_%d.jpg", i)), nil, 0o666); err != nil {
			b.Fatal(err)
		}
	}
	date := func(e Entry) int64 { return e.Modified.UnixMilli() }
	for _, c := range []struct {
		name   string
		folder *Folder
		order  Order
	}{
		{"by name", plain, Order{Language: language.German}},
		{"by name with accents", openedAt(b, accents, Options{}), Order{Language: language.German}},
		{"by date", plain, Order{Key: date, Stat: true, Descending: true}},
		{"by name length", plain, Order{Key: func(e Entry) int64 { return int64(len(e.Name)) }}},
	} {
		b.Run(c.name, func(b *testing.B) {
			l, err := c.folder.List("")
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			b.ReportAllocs()
			for b.Loop() {
				if err := l.Sort(context.Background(), c.order); err != nil {
					b.Fatal(err)
				}
				for range l.Names(0, 500) {
				}
			}
		})
	}
}
