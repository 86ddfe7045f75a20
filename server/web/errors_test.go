package web

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"windowsill/server/access"
	"windowsill/server/archive"
	"windowsill/server/receive"
	"windowsill/server/share"
)

// unanswered are errors that no handler returns before its answer begins.
var unanswered = map[string]string{
	"share.ErrMissing":      "a folder that cannot be shared has no handler",
	"share.ErrNotAFolder":   "a folder that cannot be shared has no handler",
	"share.ErrUnreadable":   "a folder that cannot be shared has no handler",
	"share.ErrVisited":      "walks leave it out",
	"share.ErrVisitorsPage": "the folder is listed then",
	"share.ErrOtherRoot":    "it is copied instead",
	"archive.ErrChanged":    "it cuts a download that has begun",
}

func TestEveryErrorHasAnAnswer(t *testing.T) {
	answered := answeredErrors(t)
	for _, pkg := range []string{"archive", "media", "receive", "share", "traffic"} {
		for _, name := range errorsOf(t, filepath.Join("..", pkg)) {
			name = pkg + "." + name
			if !slices.Contains(answered, name) && unanswered[name] == "" && ast.IsExported(strings.TrimPrefix(name, pkg+".")) {
				t.Errorf("%s has no answer: a device would be told that something could not be read.", name)
			}
		}
	}
	for _, name := range errorsOf(t, ".") {
		if !slices.Contains(answered, name) && !slices.Contains([]string{"errNotFound", "errUnknown", "errStale", "errUnattended", "ErrNoText", "ErrLongText", "ErrNoDevice", "ErrUnencrypted"}, name) {
			t.Errorf("%s has no answer.", name)
		}
	}
}

// answeredErrors returns the first column of the table, as it is written.
func answeredErrors(t *testing.T) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "errors.go", nil, 0)
	must(t, err)
	table := file.Scope.Lookup("answers").Decl.(*ast.ValueSpec).Values[0].(*ast.CompositeLit)
	for _, row := range table.Elts {
		switch e := row.(*ast.CompositeLit).Elts[0].(type) {
		case *ast.Ident:
			names = append(names, e.Name)
		case *ast.SelectorExpr:
			names = append(names, e.X.(*ast.Ident).Name+"."+e.Sel.Name)
		}
	}
	return names
}

// errorsOf returns the package-level variables of a folder's package whose
// names begin as those of errors do.
func errorsOf(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	must(t, err)
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, d := range file.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					if strings.HasPrefix(name.Name, "Err") || strings.HasPrefix(name.Name, "err") {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}

func TestErrorsBecomeStatuses(t *testing.T) {
	for _, c := range []struct {
		name            string
		err             error
		needed, granted access.Permission
		want            int
		title           string
	}{
		{"not there", &fs.PathError{Op: "open", Path: "/home/anna/x", Err: fs.ErrNotExist}, access.Read, access.Read, http.StatusNotFound, "Nothing here"},
		{"wrapped twice", fmt.Errorf("%w: %w", share.ErrFull, fs.ErrExist), access.Add, access.Add, http.StatusInsufficientStorage, "No room"},
		{"broken by a name that is there", fmt.Errorf("%w: %w", receive.ErrBroken, fs.ErrExist), access.Add, access.Add, http.StatusMethodNotAllowed, "Already there"},
		{"broken by what is not there", fmt.Errorf("%w: %w", receive.ErrBroken, fs.ErrNotExist), access.Add, access.Add, http.StatusBadRequest, "Not whole"},
		{"too many files", &fs.PathError{Op: "open", Path: "x", Err: syscall.EMFILE}, access.Read, access.Read, http.StatusServiceUnavailable, "Too busy"},
		{"a file of an archive", &archive.FileError{Name: "anna/x", Err: fs.ErrPermission}, access.Read, access.Read, http.StatusForbidden, "Not readable"},
		{"unforeseen, while reading", errors.New("/home/anna: input/output error"), access.Read, access.Change, http.StatusInternalServerError, "Could not be read"},
		{"unforeseen, while writing", errors.New("/home/anna: input/output error"), access.Add, access.Change, http.StatusInternalServerError, "Could not be stored"},
		{"method, where nobody writes", errMethod, access.Read, access.Read, http.StatusMethodNotAllowed, "Looking only"},
		{"not allowed, where devices look", notAllowed(access.Read), access.Change, access.Read, http.StatusForbidden, "Looking only"},
		{"not allowed, where devices look, but add elsewhere", notAllowed(access.Read), access.Add, access.Add, http.StatusForbidden, "Looking only"},
		{"not allowed, where devices add", notAllowed(access.Add), access.Change, access.Add, http.StatusForbidden, "Adding only"},
		{"method, where devices write", errMethod, access.Read, access.Add, http.StatusMethodNotAllowed, "Not possible"},
	} {
		m := messageFor(c.err, c.needed, c.granted)
		if m.Status != c.want || m.Title != c.title || strings.Contains(m.Text, "anna") {
			t.Errorf("%s: %d %q, want %d %q", c.name, m.Status, m.Title, c.want, c.title)
		}
	}
}

func TestChecksumsThatAreTakenAreNamed(t *testing.T) {
	text := messageFor(receive.ErrAlgorithm, access.Add, access.Add).Text
	for name := range strings.SplitSeq(receive.ChecksumAlgorithms, ",") {
		if !strings.Contains(text, name) {
			t.Errorf("%q does not name %s", text, name)
		}
	}
}
