package page

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"windowsill/server/share"
	"windowsill/server/worker"
)

func TestTextBeyondABoundIsShownAsItIs(t *testing.T) {
	const (
		document    = "# A *heading*"
		complicated = "This file is too complex to be formatted here, so it is shown as plain text."
		another     = "This file could not be formatted just now, so it is shown as plain text. Reload the page to try again."
	)
	for name, c := range map[string]struct {
		file, content, note string
		options             worker.Options
	}{
		"output":    {"a.md", document, complicated, worker.Options{Limits: worker.Limits{Output: 10}}},
		"a table's": {"a.csv", "a,b\nc,d", complicated, worker.Options{Limits: worker.Limits{Output: 10}}},
		"depth":     {"a.md", strings.Repeat("> ", maxNesting) + document, complicated, worker.Options{}},
		"no worker": {"a.md", document, another, worker.Options{Program: "/not/there"}},
		"no table":  {"a.tsv", document, another, worker.Options{Program: "/not/there"}},
	} {
		pool := worker.NewPool(c.options)
		doc := look(t, Opened{
			Share: "S", List: folderOf(t, c.file), File: share.Entry{Name: c.file, Size: int64(len(c.content))},
			Type: share.ContentType(c.file, nil), Content: strings.NewReader(c.content), Formatting: Formatting{Workers: pool},
		})
		pool.Close()
		if got := said(withTag(t, doc, "pre")); got != c.content {
			t.Errorf("%s: the text is %q, want %q", name, got, c.content)
		}
		if notes := withClass(doc, "total"); len(notes) != 1 || said(notes[0]) != c.note {
			t.Errorf("%s: %d notes, want one: %q", name, len(notes), c.note)
		}
	}
}

func TestDepthWithinItsBoundIsLaidOut(t *testing.T) {
	article := withTag(t, opened(t, "a.md", strings.Repeat("> ", maxNesting-3)+"text"), "article")
	if n := len(elements(article, "blockquote")); n != maxNesting-3 {
		t.Errorf("%d quotes in each other, want %d", n, maxNesting-3)
	}
}

// A page that says "not just now" must not be taken for the right one later.
func TestTemporaryPage(t *testing.T) {
	missing := worker.NewPool(worker.Options{Program: "/not/there"})
	defer missing.Close()
	for name, want := range map[string]bool{"a.md": true, "a.csv": true, "a.txt": false, "a.jpg": false} {
		look := newPages(t).Open(Opened{Share: "S", List: folderOf(t, name), File: share.Entry{Name: name, Size: 1}, Type: share.ContentType(name, nil), Content: strings.NewReader("x"), Formatting: Formatting{Workers: missing}})
		if err := look.Read(t.Context()); err != nil || look.Temporary() != want {
			t.Errorf("%s: makeshift is %v, %v, want %v", name, look.Temporary(), err, want)
		}
		look.Close()
	}
}

func TestNothingIsLaidOutForWhoHasLeft(t *testing.T) {
	gone := errors.New("gone")
	ctx, leave := context.WithCancelCause(t.Context())
	leave(gone)
	look := newPages(t).Open(Opened{Share: "S", List: folderOf(t, "a.md"), File: share.Entry{Name: "a.md", Size: 1}, Type: "text/markdown", Content: strings.NewReader("x"), Formatting: Formatting{Workers: workers}})
	defer look.Close()
	if err := look.Read(ctx); err != gone {
		t.Errorf("%v, want why the context ended", err)
	}
}

// What is laid out is held until the page has gone out. It must be let go of
// then, or nobody gets any more after a while.
func TestClosedPageHoldsNothing(t *testing.T) {
	pool := worker.NewPool(worker.Options{Held: 1})
	defer pool.Close()
	for range 3 {
		look := newPages(t).Open(Opened{Share: "S", List: folderOf(t, "a.md"), File: share.Entry{Name: "a.md", Size: 1}, Type: "text/markdown", Content: strings.NewReader("x"), Formatting: Formatting{Workers: pool}})
		if err := look.Read(t.Context()); err != nil || look.Temporary() {
			t.Fatal("nothing is laid out any more", err)
		}
		if err := look.HTML(io.Discard); err != nil {
			t.Fatal(err)
		}
		look.Close()
	}
}
