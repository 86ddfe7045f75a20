package requests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/server"
)

// notedLog is a log whose last line says what happened.
type notedLog struct {
	fakeLog
	note server.Request
}

func (l notedLog) At(i int) *server.Request {
	if i == l.Len()-1 {
		return &l.note
	}
	return l.fakeLog.At(i)
}

func noteOf(note string) server.Request {
	return server.Request{Start: logStart, Addr: netip.MustParseAddr("192.168.1.23"), Note: note}
}

func TestNoteSpansTheColumns(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	long := "Grandma’s old telephone from the kitchen with a long name came in with the code"
	p.update(notedLog{fakeLog{"a", 3}, noteOf(long)})
	for cell, want := range []string{"20:48:00", "192.168.1.23", "", long, "", "", ""} {
		if got := visibleCells(p, cell); len(got) != 3 || got[2] != want {
			t.Errorf("column %d shows %q, want it to end with %q", cell, got, want)
		}
	}
	i := slices.IndexFunc(p.list.rows, func(r *row) bool { return r.line.Request != nil && r.line.Note != "" })
	if got := p.list.rows[i].cells[cellPath].Color; got != theme.Color(kit.ColorAccent) {
		t.Errorf("its colour is %v", got)
	}
	if got := p.list.rows[i].AccessibilityLabel(); got != "2026-11-22 20:48:00, 192.168.1.23, "+long {
		t.Errorf("in words it is %q", got)
	}
}

func TestNoteEndsWithTheLine(t *testing.T) {
	for _, width := range []float32{270, 430, 600, 1000} {
		p, _ := newTestPanel(t, width, 400)
		p.update(notedLog{fakeLog{"a", 1}, noteOf(strings.Repeat("a long name ", 30))})
		text := p.list.rows[0].cells[cellPath]
		if end := text.Position().X + text.MinSize().Width; end > width {
			t.Errorf("In %v it ends at %v.", width, end)
		}
	}
}

func TestNoteWithoutADevice(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	p.update(notedLog{fakeLog{"a", 1}, server.Request{Start: logStart, Note: "New code\u202e"}})
	if got := visibleCells(p, cellDevice); got[0] != "" {
		t.Errorf("its address is %q", got)
	}
	if got := visibleCells(p, cellPath); got[0] != `New code\u202e` {
		t.Errorf("it says %q", got)
	}
}

func TestFilterFindsNotes(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	p.update(notedLog{fakeLog{"a", 10}, noteOf("iPhone was let in")})
	for filter, want := range map[string][]string{
		"let in": {"iPhone was let in"}, "IPHONE 1.23": {"iPhone was let in"}, "no answer": nil, "404": {"/a/IMG_4.jpg"},
	} {
		p.bar.filter.SetText(filter)
		if got := visibleCells(p, cellPath); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", filter, got, want)
		}
	}
}

func TestRowShowsARequestAfterANote(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	p.update(notedLog{fakeLog{"a", 1}, noteOf("iPhone was let in")})
	p.update(fakeLog{"b", 1})
	for cell, want := range []string{"20:48:00", "192.168.1.20", "GET", "/b/IMG_0.jpg", "200 OK", "0 bytes", "< 1 ms"} {
		if got := visibleCells(p, cell); got[0] != want {
			t.Errorf("column %d shows %q, want %q", cell, got, want)
		}
	}
}

func TestMenuOfANote(t *testing.T) {
	p, w := newTestPanel(t, 1000, 400)
	for _, c := range []struct {
		note  server.Request
		items int
	}{
		{noteOf("iPhone was let in"), 3}, // copy the line or all, show only this address
		{server.Request{Start: logStart, Note: "New code"}, 2},
		{server.Request{Start: logStart, Addr: netip.MustParseAddr("192.168.1.23"), Target: "/x"}, 4},
	} {
		p.openLineMenu(line{&c.note, 1}, fyne.NewPos(10, 10))
		var menu *widget.PopUpMenu
		for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
			if m, ok := o.(*widget.PopUpMenu); ok {
				menu = m
			}
		}
		if menu == nil || len(menu.Items) != c.items {
			t.Errorf("%q, %q: the menu is %v, want %d items", c.note.Note, c.note.Target, menu, c.items)
		}
		w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	}
}

// What the server notes must be among the notes that the window can say.
func TestAllNotesOfTheServerAreKnown(t *testing.T) {
	err := filepath.WalkDir("../../server", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, text := range noted(file) {
			if !sayable(text) {
				t.Errorf("%s notes %q, which the window cannot say: add it to notes in notes.go.", path, text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// noted returns the texts that a file writes into the log: those in a call of
// Note, in an Event, and those that go on after a name.
func noted(file *ast.File) (texts []string) {
	collect := func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if s, err := strconv.Unquote(l.Value); err == nil && strings.Contains(s, " ") {
				texts = append(texts, s)
			}
		}
		return true
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Note" {
				ast.Inspect(n, collect)
			}
		case *ast.CompositeLit:
			if t, ok := n.Type.(*ast.Ident); ok && t.Name == "Event" {
				ast.Inspect(n, collect)
			}
		case *ast.BasicLit:
			if strings.HasPrefix(n.Value, `" was `) || strings.HasPrefix(n.Value, `" came `) || strings.HasPrefix(n.Value, `" asked `) {
				collect(n)
			}
		}
		return true
	})
	return texts
}

// sayable says whether a text is a note but for the name in it.
func sayable(text string) bool {
	if text == "A device" {
		return true // the name of one that has none
	}
	for _, n := range knownNotes {
		if n == text || strings.ReplaceAll(n, "{{.Name}}", "") == text {
			return true
		}
	}
	return false
}

func TestNotesAreTranslated(t *testing.T) {
	useLanguage(t, "de")
	for note, want := range map[string]string{
		"My phone was let in": "My phone wurde eingelassen",
		"New code":            "Neuer Code",
		"New codeX":           "New codeX",
	} {
		if got := noteText(note); got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}
