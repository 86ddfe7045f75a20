package server_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// A handler that is given a share.Folder can only read, as long as nobody asks
// the folder for its Writer on the way.
func TestOnlyTheWiringHandsOutTheWriter(t *testing.T) {
	calls := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 0 {
				if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Writer" {
					calls++
					if path != "run.go" {
						t.Errorf("%s asks for a Writer; it should be given one by run.go, if it has to write at all", path)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil || calls != 2 { // for what devices send, and for what they see
		t.Errorf("%d calls of Writer, want 2; %v", calls, err)
	}
}
