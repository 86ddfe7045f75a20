package app

import (
	"go/ast"
	"go/parser"
	"go/token"
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

func letInNote(note string) server.Request {
	return server.Request{Start: fakeStart, Addr: netip.MustParseAddr("192.168.1.23"), Note: note}
}

func TestLogShowsWhatHappenedAcrossTheColumns(t *testing.T) {
	p, _ := shownLog(t, 1000, 400)
	long := "Grandma’s old telephone from the kitchen with a long name came in with the code"
	p.showLog(notedLog{fakeLog{"a", 3}, letInNote(long)})
	for cell, want := range []string{"20:48:00", "192.168.1.23", "", long, "", "", ""} {
		if got := inSight(p, cell); len(got) != 3 || got[2] != want {
			t.Errorf("column %d shows %q, want it to end with %q", cell, got, want)
		}
	}
	i := slices.IndexFunc(p.list.rows, func(r *logRow) bool { return r.line.Request != nil && r.line.Note != "" })
	if got := p.list.rows[i].cells[cellPath].Color; got != theme.Color(kit.ColorAccent) {
		t.Errorf("its colour is %v", got)
	}
	if got := p.list.rows[i].AccessibilityLabel(); got != "2026-11-22 20:48:00, 192.168.1.23, "+long {
		t.Errorf("in words it is %q", got)
	}
}

func TestLogNoteEndsInsideTheLine(t *testing.T) {
	for _, width := range []float32{270, 430, 600, 1000} {
		p, _ := shownLog(t, width, 400)
		p.showLog(notedLog{fakeLog{"a", 1}, letInNote(strings.Repeat("a long name ", 30))})
		text := p.list.rows[0].cells[cellPath]
		if end := text.Position().X + text.MinSize().Width; end > width {
			t.Errorf("In %v it ends at %v.", width, end)
		}
	}
}

func TestLogNoteOfNoSingleDevice(t *testing.T) {
	p, _ := shownLog(t, 1000, 400)
	p.showLog(notedLog{fakeLog{"a", 1}, server.Request{Start: fakeStart, Note: "New code\u202e"}})
	if got := inSight(p, cellAddr); got[0] != "" {
		t.Errorf("its address is %q", got)
	}
	if got := inSight(p, cellPath); got[0] != `New code\u202e` {
		t.Errorf("it says %q", got)
	}
}

func TestLogFiltersWhatHappened(t *testing.T) {
	p, _ := shownLog(t, 1000, 400)
	p.showLog(notedLog{fakeLog{"a", 10}, letInNote("iPhone was let in")})
	for filter, want := range map[string][]string{
		"let in": {"iPhone was let in"}, "IPHONE 1.23": {"iPhone was let in"}, "no answer": nil, "404": {"/a/IMG_4.jpg"},
	} {
		p.filter.SetText(filter)
		if got := inSight(p, cellPath); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", filter, got, want)
		}
	}
}

func TestLogRowGoesBackToARequest(t *testing.T) {
	p, _ := shownLog(t, 1000, 400)
	p.showLog(notedLog{fakeLog{"a", 1}, letInNote("iPhone was let in")})
	p.showLog(fakeLog{"b", 1})
	for cell, want := range []string{"20:48:00", "192.168.1.20", "GET", "/b/IMG_0.jpg", "200 OK", "0 bytes", "< 1 ms"} {
		if got := inSight(p, cell); got[0] != want {
			t.Errorf("column %d shows %q, want %q", cell, got, want)
		}
	}
}

func TestLogMenuOfANote(t *testing.T) {
	p, w := shownLog(t, 1000, 400)
	for _, c := range []struct {
		note  server.Request
		items int
	}{
		{letInNote("iPhone was let in"), 3}, // copy the line or all, show only this address
		{server.Request{Start: fakeStart, Note: "New code"}, 2},
		{server.Request{Start: fakeStart, Addr: netip.MustParseAddr("192.168.1.23"), Target: "/x"}, 4},
	} {
		p.offer(logLine{&c.note, 1}, fyne.NewPos(10, 10))
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
func TestNotesAreTheServers(t *testing.T) {
	for _, pattern := range []string{"../server/*.go", "../server/access/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range noted(file) {
				if !sayable(text) {
					t.Errorf("%s notes %q, which the window cannot say: add it to notes in lognote.go.", name, text)
				}
			}
		}
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
	for _, n := range notes {
		if n == text || strings.ReplaceAll(n, "{{.Name}}", "") == text {
			return true
		}
	}
	return false
}

func TestNotesAreTranslated(t *testing.T) {
	speakIn("de")
	t.Cleanup(func() { speakIn("en") })
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
