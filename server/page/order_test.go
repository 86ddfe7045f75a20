package page

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOrdersOfAFolder(t *testing.T) {
	dir := t.TempDir()
	for i, c := range []struct {
		name string
		size int
		age  time.Duration
	}{{"b.txt", 30, 1}, {"a10.jpg", 10, 3}, {"a9.mp4", 20, 2}, {"c.jpg", 10, 3}} {
		path, when := filepath.Join(dir, c.name), time.Date(2026, 1, 30, 0, 0, i, 0, time.UTC).Add(-c.age*24*time.Hour)
		if err := errors.Join(os.WriteFile(path, make([]byte, c.size), 0o644), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "z"), 0o755), os.Mkdir(filepath.Join(dir, "Ä"), 0o755)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ query, want, called string }{
		{"", "Ä z a9.mp4 a10.jpg b.txt c.jpg", "By name"},
		{"sort=name", "Ä z a9.mp4 a10.jpg b.txt c.jpg", "By name"},
		{"sort=name&order=desc", "z Ä c.jpg b.txt a10.jpg a9.mp4", "By name, backwards"},
		{"sort=date", "a10.jpg c.jpg a9.mp4 b.txt", "Oldest first"},
		{"sort=date&order=desc", "b.txt a9.mp4 c.jpg a10.jpg", "Newest first"},
		{"sort=size", "Ä z a10.jpg c.jpg a9.mp4 b.txt", "Smallest first"},
		{"sort=size&order=desc", "Ä z b.txt a9.mp4 a10.jpg c.jpg", "Largest first"},
		{"sort=kind", "Ä z a10.jpg c.jpg a9.mp4 b.txt", "By kind"},
		{"sort=kind&order=desc", "Ä z b.txt a9.mp4 a10.jpg c.jpg", "By kind"},
		{"sort=nonsense", "Ä z a9.mp4 a10.jpg b.txt c.jpg", "By name"},
	} {
		doc := parsed(t, sorted(t, listing(t, dir), c.query))
		if got := strings.Join(rowsOf(doc), " "); !strings.HasSuffix(got, c.want) {
			t.Errorf("%q: %s, want %s", c.query, got, c.want)
		}
		if got, want := attr(withClass(doc, "orders")[0], "aria-label"), "Order: "+c.called; got != want {
			t.Errorf("%q: %q, want %q", c.query, got, want)
		}
	}
}

func TestOrdersToChooseFrom(t *testing.T) {
	list := folderOf(t, "a.jpg", "b.txt")
	doc := parsed(t, sorted(t, list, "view=gallery&sort=date&order=desc&after=a.jpg"))
	var got, current []string
	for _, a := range elements(withClass(doc, "orders")[0], "a") {
		got = append(got, attr(a, "href"))
		if attr(a, "aria-current") != "" {
			current = append(current, said(a))
		}
	}
	want := []string{"name", "name&order=desc", "date&order=desc", "date", "size&order=desc", "size", "kind"}
	for i := range want {
		want[i] = "?view=gallery&sort=" + want[i]
	}
	if !slices.Equal(got, want) || !slices.Equal(current, []string{"Newest first"}) {
		t.Errorf("offers %q, the current one being %q", got, current)
	}
}

func TestNamesGoByTheAlphabetOfTheReader(t *testing.T) {
	list := folderOf(t, "ö.txt", "z.txt", "o.txt", "p.txt", "ä10.txt", "ä9.txt")
	english, err := New(files, little)
	if err != nil {
		t.Fatal(err)
	}
	for language, want := range map[string]string{"de": "ä9 ä10 o ö p z", "en": "ä9 ä10 o ö p z"} {
		p := english.In(language)
		if _, err := p.Sort(t.Context(), list, Preference{}, Preference{}, nil); err != nil {
			t.Fatal(err)
		}
		var got []string
		for name := range list.Names(0, list.Len()) {
			got = append(got, strings.TrimSuffix(name, ".txt"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

func TestSortEndsWithItsContext(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	leave()
	_, err := newPages(t).Sort(ctx, folderOf(t, numbered(300)...), Preference{Sort: byDate}, Preference{}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
