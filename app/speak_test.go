package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fyne.io/fyne/v2/lang"
	"golang.org/x/text/language"

	"windowsill/server"
)

// speaks makes the window speak a little of some languages during a test.
func speaks(t *testing.T, want string) {
	t.Helper()
	words := fstest.MapFS{
		"en.json": {Data: []byte(`{"{{.Count}} files": {"one": "{{.Count}} file", "other": "{{.Count}} files"}}`)},
		"de.json": {Data: []byte(`{"Share": "Freigeben", "Cancel": "Abbrechen", "{{.Count}} s": "{{.Count}} Sek.", "{{.Name}} was let in": "{{.Name}} wurde eingelassen",
			"New code": "Neuer Code", "There is no folder at this path. Check how it is written, and that its drive is connected.": "Hier ist kein Ordner.",
			"Port {{.Port}} is used by another program. Try {{.Other}}.": "Port {{.Port}} ist belegt. Wie wäre {{.Other}}?",
			"{{.Count}} files": {"one": "{{.Count}} Datei", "other": "{{.Count}} Dateien"}}`)},
		"ar.json": {Data: []byte(`{"Share": "مشاركة"}`)},
	}
	if err := Speak(words, want); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { speakIn("en") })
}

func TestWindowSpeaksALanguage(t *testing.T) {
	speaks(t, "de-AT")
	for _, c := range []struct{ got, want string }{
		{lang.L("Share"), "Freigeben"},
		{lang.L("Cancel"), "Abbrechen"}, // of Fyne's own dialogs
		{lang.X("file.name", "Name"), "Name"},
		{countText(1, "{{.Count}} files"), "1 Datei"},
		{countText(12_345, "{{.Count}} files"), "12.345 Dateien"},
		{lang.L("Keep it"), "Keep it"},
		{bytesText(2_400_000), "2,4 MB"},
		{durationText(3400 * time.Millisecond), "3,4 Sek."},
		{noteText("My phone was let in"), "My phone wurde eingelassen"},
		{noteText("New code"), "Neuer Code"},
		{noteText("New codeX"), "New codeX"},
		{sentence(&server.PortBusyError{Port: 8000, Suggestion: 8001}), "Port 8000 ist belegt. Wie wäre 8001?"},
		{sentence(server.ErrFolderMissing), "Hier ist kein Ordner."},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestWindowSpeaksEnglishWhereItCannotSpeakAnother(t *testing.T) {
	for _, want := range []string{"en-GB", "C", "sw", "ar", "\x00"} {
		speaks(t, want)
		if got := lang.L("Share"); got != "Share" {
			t.Errorf("%q: %q", want, got)
		}
		if got := countText(1, "{{.Count}} files"); got != "1 file" {
			t.Errorf("%q: %q", want, got)
		}
	}
}

func TestSpokenIsWhatSuitsBest(t *testing.T) {
	tags := []language.Tag{language.English, language.German, language.French, language.Portuguese}
	for wishes, want := range map[string]string{
		"": "en", "C": "en", "de-CH": "de", "sw fr": "fr", "pt-BR": "pt", "nb": "en", "en-GB de": "en",
	} {
		if got := spoken(tags, strings.Fields(wishes)).String(); got != want {
			t.Errorf("%q: %s, want %s", wishes, got, want)
		}
	}
}

func TestBrokenLanguageIsAnError(t *testing.T) {
	if err := Speak(fstest.MapFS{"de.json": {Data: []byte(`{`)}}, "de"); err == nil {
		t.Error("no error")
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
