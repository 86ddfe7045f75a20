package assets_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"windowsill/assets"
)

// complete says whether a text that a language has no word for fails the test,
// or is only told.
const complete = true

// forms are the plural categories that CLDR gives to the whole numbers of a
// language.
var forms = map[string][]string{
	"ar":      {"zero", "one", "two", "few", "many", "other"},
	"de":      {"one", "other"},
	"en":      {"one", "other"},
	"es":      {"one", "many", "other"},
	"fr":      {"one", "many", "other"},
	"hi":      {"one", "other"},
	"it":      {"one", "many", "other"},
	"ja":      {"other"},
	"pt":      {"one", "many", "other"},
	"zh-Hans": {"other"},
}

// ofFyne is what Fyne itself says in its dialogs and menus that the window has.
var ofFyne = []string{
	"Cancel", "Copy", "Create Folder", "Cut", "Enter filename", "Error", "File", "Folder", "New Folder", "No", "OK", "Open",
	"Paste", "Quit", "Redo", "Save", "Select all", "Show Hidden Files", "Undo", "Yes", "file.name", "file.parent",
}

// tables are variables that hold texts which are translated where they are
// shown.
var tables = []string{"alertKinds", "orders", "units"}

func TestLanguagesSayAllThatIsSaid(t *testing.T) {
	all := allTexts(t)
	for language, words := range languages(t) {
		var missing []string
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if words[key] == nil && (language != "en" || all[key]) {
				missing = append(missing, toPaste(key, all[key], forms[language]))
			}
		}
		tell := t.Logf
		if complete || language == "en" {
			tell = t.Errorf
		}
		if len(missing) > 0 {
			tell("%s.json lacks %d texts:\n%s", language, len(missing), strings.Join(missing, "\n"))
		}
		for _, key := range slices.Sorted(maps.Keys(words)) {
			if _, used := all[key]; !used {
				t.Errorf("%s.json holds %q, which nobody says any more: take it out.", language, key)
			}
		}
	}
}

func TestLanguagesAreWellFormed(t *testing.T) {
	all, there := allTexts(t), languages(t)
	for _, language := range slices.Sorted(maps.Keys(forms)) {
		if complete && there[language] == nil {
			t.Errorf("%s.json is missing.", language)
		}
	}
	for language, words := range there {
		if forms[language] == nil {
			t.Errorf("%s.json: nobody has said which plural forms the language has.", language)
		}
		for key, said := range words {
			if _, plural := said["only"]; plural == all[key] {
				t.Errorf("%s.json: %q needs the plural forms %q or none.", language, key, forms[language])
			} else if all[key] && !slices.Equal(slices.Sorted(maps.Keys(said)), slices.Sorted(slices.Values(forms[language]))) {
				t.Errorf("%s.json: %q has the plural forms %q, want %q.", language, key, slices.Sorted(maps.Keys(said)), forms[language])
			}
			for form, text := range said {
				if got, want := values(text), values(key); !slices.Equal(got, want) && !countless(form, got, want) || strings.TrimSpace(text) == "" {
					t.Errorf("%s.json: %q is %q, with %q in it instead of %q.", language, key, text, got, want)
				}
			}
		}
	}
}

// countless says whether all that lacks is the number, in a form for a number
// that the words can say themselves.
func countless(form string, got, want []string) bool {
	without := slices.DeleteFunc(slices.Clone(want), func(v string) bool { return v == "{{.Count}}" })
	return slices.Contains([]string{"zero", "one", "two"}, form) && slices.Equal(got, without)
}

var value = regexp.MustCompile(`{{[^}]*}}`)

// values are the values that a text has a place for.
func values(text string) []string { return slices.Sorted(slices.Values(value.FindAllString(text, -1))) }

// toPaste is a line to fill in.
func toPaste(key string, plural bool, forms []string) string {
	if !plural {
		return "  " + quoted(key) + `: "",`
	}
	var said []string
	for _, f := range forms {
		said = append(said, `"`+f+`": ""`)
	}
	return "  " + quoted(key) + ": {" + strings.Join(said, ", ") + "},"
}

func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s)
	return strings.TrimSpace(b.String())
}

// languages returns what each language says for a key: one text called "only",
// or one for each plural form.
func languages(t *testing.T) map[string]map[string]map[string]string {
	t.Helper()
	names, err := fs.Glob(assets.Languages(), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(assets.Languages(), name)
		if err != nil {
			t.Fatal(err)
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal(data, &raw); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		words := map[string]map[string]string{}
		for key, v := range raw {
			var text string
			if json.Unmarshal(v, &text) == nil {
				words[key] = map[string]string{"only": text}
				continue
			}
			said := map[string]string{}
			if err := json.Unmarshal(v, &said); err != nil {
				t.Fatalf("%s: %q: %v", name, key, err)
			}
			words[key] = said
		}
		all[strings.TrimSuffix(name, ".json")] = words
	}
	return all
}

// allTexts returns what page and window say in English, and whether it has
// plural forms.
func allTexts(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, key := range ofFyne {
		all[key] = false
	}
	collect := func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "cli" || d.Name() == "instance"):
			return filepath.SkipDir // the terminal speaks English
		case strings.HasSuffix(path, ".html"):
			return textsOfTemplate(path, all)
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			return textsOfCode(path, all)
		}
		return nil
	}
	for _, root := range []string{"page", "../app", "../server"} {
		if err := filepath.WalkDir(root, collect); err != nil {
			t.Fatal(err)
		}
	}
	for key, said := range languages(t)["en"] {
		if _, used := all[key]; used && said["only"] == "" {
			all[key] = true // of a table of texts that are counted
		}
	}
	return all
}

var said = regexp.MustCompile(`(?:{{-?\s*|\()(t|n|forms) ("(?:[^"\\]|\\.)*")`)

func textsOfTemplate(path string, all map[string]bool) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, m := range said.FindAllStringSubmatch(string(data), -1) {
		key, err := strconv.Unquote(m[2])
		if err != nil {
			return err
		}
		all[key] = all[key] || m[1] != "t"
	}
	return nil
}

func textsOfCode(path string, all map[string]bool) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	c := collector(all)
	ast.Inspect(file, c.visit)
	return nil
}

// collector notes the texts in a piece of code.
type collector map[string]bool

func (c collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		c.call(n)
	case *ast.FuncDecl: // of an error that is a sentence for a person
		if n.Recv != nil && (n.Name.Name == "Error" || n.Name.Name == "Sentence") {
			c.sentences(n)
		}
	case *ast.KeyValueExpr: // of a message to a visitor
		if name(n.Key) == "Title" || name(n.Key) == "Text" {
			c.add(n.Value, false)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if f, ok := to.(*ast.SelectorExpr); ok && len(n.Rhs) == len(n.Lhs) && (f.Sel.Name == "Title" || f.Sel.Name == "Text") {
				c.add(n.Rhs[i], false)
			}
		}
	case *ast.ValueSpec:
		if slices.Contains(tables, n.Names[0].Name) {
			ast.Inspect(n, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok {
					c.add(l, false)
				}
				return true
			})
		}
	}
	return true
}

// call notes the text that a function is given to say.
func (c collector) call(n *ast.CallExpr) {
	if len(n.Args) == 0 {
		return
	}
	switch name(n.Fun) {
	case "text", "L", "Phrase":
		c.add(n.Args[0], false)
	case "plural", "N":
		c.add(n.Args[0], true)
	case "Count":
		if inner, ok := n.Args[len(n.Args)-1].(*ast.CallExpr); ok && name(inner.Fun) == "Phrase" {
			c.add(inner.Args[0], true)
		}
	case "New": // of an error that is a sentence for a person
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && name(f.X) == "errors" {
			if isSentence(literal(n.Args[0])) {
				c.add(n.Args[0], false)
			}
		}
	}
}

// sentences notes the whole sentences in a function.
func (c collector) sentences(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && isSentence(literal(l)) && !strings.Contains(l.Value, "%") {
			c.add(l, false)
		}
		return true
	})
}

func isSentence(s string) bool {
	return strings.HasSuffix(s, ".") && (strings.ToLower(s[:1]) != s[:1] || strings.HasPrefix(s, "{{"))
}

func (c collector) add(e ast.Expr, plural bool) {
	if s := literal(e); strings.ContainsFunc(s, unicode.IsLetter) {
		c[s] = c[s] || plural
	}
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, _ := strconv.Unquote(l.Value)
		return s
	}
	return ""
}

// name is the last part of the name of a function, type or field.
func name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
