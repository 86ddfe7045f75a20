package server_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"unicode"

	"windowsill/assets"
	"windowsill/server"
	"windowsill/server/access"
	"windowsill/server/certs"
	"windowsill/server/web"
)

// explained holds an example, or several, of every error and error type that
// reaches a person: in the window, or at the door of a share.
var explained = map[string][]error{
	"server.ErrBusy":             {server.ErrBusy},
	"server.ErrFewFiles":         {server.ErrFewFiles},
	"server.ErrFolderGone":       {server.ErrFolderGone},
	"server.ErrFolderMissing":    {server.ErrFolderMissing},
	"server.ErrFolderUnreadable": {server.ErrFolderUnreadable},
	"server.ErrLongText":         {server.ErrLongText},
	"server.ErrNoDevice":         {server.ErrNoDevice},
	"server.ErrItemGone":         {server.ErrItemGone},
	"server.ErrItemLocked":       {server.ErrItemLocked},
	"server.ErrItemSilent":       {server.ErrItemSilent},
	"server.ErrNoShare":          {server.ErrNoShare},
	"server.ErrNoText":           {server.ErrNoText},
	"server.ErrNotAFolder":       {server.ErrNotAFolder},
	"server.AddressMissingError": {
		&server.AddressMissingError{Wanted: "eth7"},
		&server.AddressMissingError{Wanted: "eth7", Has: []server.Address{{Addr: netip.MustParseAddr("10.0.0.5"), Interface: "eth0"}}},
	},
	"server.ErrNoAuthority":   {server.ErrNoAuthority},
	"server.ErrNoCertificate": {&server.CertificateError{Problem: server.ErrNoCertificate, Path: "/a"}},
	"server.ErrNoKey":         {&server.CertificateError{Problem: server.ErrNoKey, Path: "/a"}},
	"server.CertificateError": {
		&server.CertificateError{Problem: certs.ErrLockedKey, Path: "/a"}, &server.CertificateError{Problem: certs.ErrAuthority, Path: "/a"},
		&server.CertificateError{Problem: certs.ErrElsewhere, Path: "/a", Names: "desk.example.net"},
		&server.CertificateError{Problem: certs.ErrExpired, Path: "/a"}, &server.CertificateError{Problem: certs.ErrNotYet, Path: "/a"},
		&server.CertificateError{Problem: certs.ErrUnreadable, Path: "/a", Err: fs.ErrPermission},
	},
	"server.LogFileError": {
		&server.LogFileError{Path: "/var/log/share.log", Err: fs.ErrPermission},
		&server.LogFileError{Path: "/var/log/share.log", Missing: 3, Err: fs.ErrPermission},
		&server.LogFileError{Path: "/var/log/share.log", Missing: 3},
	},
	"server.FolderNotMadeError": {&server.FolderNotMadeError{Path: "/mnt/Received", Err: fs.ErrPermission}},
	"server.MissingError": {
		&server.MissingError{Paths: []string{"/srv/a.pdf"}, Err: server.ErrFolderMissing},
		&server.MissingError{Paths: []string{"/srv/a.pdf"}, Err: server.ErrFolderUnreadable},
		&server.MissingError{Paths: []string{"/srv/a.pdf", "/srv/b.pdf", "/srv/c.pdf"}, Err: server.ErrFolderMissing},
	},
	"server.PortBusyError":      {&server.PortBusyError{Port: 8000, Err: fs.ErrExist}, &server.PortBusyError{Port: 8000, Suggestion: 8001, Err: fs.ErrExist}},
	"server.PortForbiddenError": {&server.PortForbiddenError{Port: 80, Err: fs.ErrPermission}, &server.PortForbiddenError{Port: 80, Suggestion: 8000, Err: fs.ErrPermission}},
	"server.PortLostError":      {&server.PortLostError{Port: 8000, Err: fs.ErrClosed}},
	"server.PortUnusableError":  {&server.PortUnusableError{Port: 8000, Err: fs.ErrInvalid}},

	"access.ErrAskedBefore": {access.ErrAskedBefore},
	"access.ErrBlocked":     {access.ErrBlocked},
	"access.ErrNobodyNew":   {access.ErrNobodyNew},
	"access.ErrTooManyWait": {access.ErrTooManyWait},
	"access.ErrWrongKey":    {access.ErrWrongKey},
	"access.ErrWrongPIN":    {access.ErrWrongPIN},
	"access.WaitError":      {&access.WaitError{}},
	"web.ErrLongText":       {web.ErrLongText},
	"web.ErrNoDevice":       {web.ErrNoDevice},
	"web.ErrNoText":         {web.ErrNoText},
	"web.ErrUnencrypted":    {}, // a cause, shown to nobody
}

func TestEveryErrorIsASentenceInEveryLanguage(t *testing.T) {
	locales := readLocales(t)
	for _, pkg := range []string{"server", "access", "web"} {
		for _, name := range exportedErrors(t, pkg) {
			if explained[name] == nil {
				t.Errorf("%s is not among the errors that this test explains.", name)
			}
		}
	}
	for name, examples := range explained {
		for _, err := range examples {
			text, data := sentenceOf(err)
			for language, texts := range locales {
				if said, ok := texts[text].(string); language != "en.json" && (!ok || strings.Contains(fill(t, said, data), "<no value>")) {
					t.Errorf("%s: %s has no sentence for %q, or another template: %q", name, language, text, said)
				}
			}
			if said := err.Error(); fill(t, text, data) != said || !unicode.IsUpper([]rune(said)[0]) || !strings.HasSuffix(said, ".") {
				t.Errorf("%s: the sentence is %q and the error %q", name, fill(t, text, data), said)
			}
			if why := errors.Unwrap(err); why != nil && strings.Contains(err.Error(), why.Error()) {
				t.Errorf("%s says %q, with the system's own words", name, err)
			}
		}
	}
}

// sentenceOf returns the template of an error's sentence, as the window does.
func sentenceOf(err error) (text string, data map[string]any) {
	var filled interface {
		Sentence() (template string, data map[string]any)
	}
	if errors.As(err, &filled) {
		return filled.Sentence()
	}
	return err.Error(), nil
}

func fill(t *testing.T, text string, data map[string]any) string {
	t.Helper()
	var b strings.Builder
	parsed, err := template.New("").Parse(text)
	if err == nil {
		err = parsed.Execute(&b, data)
	}
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	return b.String()
}

// exportedErrors returns the exported errors and error types of a package, by
// their names: Err… and …Error.
func exportedErrors(t *testing.T, pkg string) (names []string) {
	t.Helper()
	dir := pkg
	if pkg == "server" {
		dir = "."
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has %d files, %v", dir, len(files), err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range group.Specs {
				switch s := spec.(type) {
				case *ast.ValueSpec:
					for _, name := range s.Names {
						if strings.HasPrefix(name.Name, "Err") {
							names = append(names, pkg+"."+name.Name)
						}
					}
				case *ast.TypeSpec:
					if s.Name.IsExported() && strings.HasSuffix(s.Name.Name, "Error") {
						names = append(names, pkg+"."+s.Name.Name)
					}
				}
			}
		}
	}
	return names
}

func readLocales(t *testing.T) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	files, err := fs.Glob(assets.Languages(), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(assets.Languages(), name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = texts
	}
	if len(all) < 10 {
		t.Fatalf("%d languages", len(all))
	}
	return all
}
