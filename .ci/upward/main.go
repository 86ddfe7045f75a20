// Upward counts the references between the files of a package that run back
// up. It puts the files into an order in which as many references as possible
// lead from a file to one further down: those that are left over run up. With
// none, the package can be read from top to bottom.
//
//	go run ./.ci/upward ./server ./app     how many, of how many
//	go run ./.ci/upward -v ./server        and which
//
// A reference is a pair of files, the first of which uses something that the
// second declares: a name of the package, a field or a method. Tests are left
// out, and so is what is built for other systems alone. The order is the best
// that moving one file at a time finds, so a better one may exist.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// listed is what go list says of a package. Export names the file in which the
// compiler has put down its types.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	DepOnly                 bool
}

// graph tells of each file which others it uses, and a name that it uses there.
type graph map[string]map[string]string

func main() {
	verbose := flag.Bool("v", false, "print each reference that runs back up")
	flag.Parse()
	cmd := exec.Command("go", append([]string{"list", "-export", "-deps", "-tags", "migrated_fynedo,accessibility,nodynamic", "-json"}, flag.Args()...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(errors.Join(err, cmd.Start()))
	exports := map[string]string{}
	for d := json.NewDecoder(out); d.More(); {
		var p listed
		check(d.Decode(&p))
		if exports[p.ImportPath] = p.Export; !p.DepOnly {
			p.references(exports).print(p.ImportPath, *verbose)
		}
	}
	check(cmd.Wait())
}

func (p listed) references(exports map[string]string) graph {
	set, info, files := token.NewFileSet(), types.Info{Uses: map[*ast.Ident]types.Object{}}, []*ast.File{}
	for _, name := range p.GoFiles {
		f, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		check(err)
		files = append(files, f)
	}
	compiled := importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	pkg, err := (&types.Config{Importer: compiled}).Check(p.ImportPath, set, files, &info)
	check(err)
	g := graph{}
	for id, used := range info.Uses {
		from, to := filepath.Base(set.File(id.Pos()).Name()), ""
		if used.Pkg() == pkg {
			to = filepath.Base(set.File(used.Pos()).Name())
		}
		if g[from] == nil {
			g[from] = map[string]string{}
		}
		if to != "" && to != from && (g[from][to] == "" || used.Name() < g[from][to]) {
			g[from][to] = used.Name()
		}
	}
	return g
}

func (g graph) print(name string, verbose bool) {
	all, order := 0, g.order()
	for _, uses := range g {
		all += len(uses)
	}
	up := g.upward(order)
	for _, r := range up {
		if verbose {
			fmt.Printf("  %s uses %s of %s\n", r[0], g[r[0]][r[1]], r[1])
		}
	}
	fmt.Printf("%s: %d of %d references between its %d files run back up\n", name, len(up), all, len(g))
}

// order moves one file after the other to its best place until none moves.
func (g graph) order() []string {
	best := slices.Sorted(maps.Keys(g))
	for better := true; better; {
		better = false
		for _, file := range slices.Clone(best) {
			rest := slices.DeleteFunc(slices.Clone(best), func(f string) bool { return f == file })
			for at := range best {
				if moved := slices.Insert(slices.Clone(rest), at, file); len(g.upward(moved)) < len(g.upward(best)) {
					best, better = moved, true
				}
			}
		}
	}
	return best
}

// upward returns the references to files that come earlier in the order.
func (g graph) upward(order []string) (up [][2]string) {
	for i, from := range order {
		for _, to := range order[:i] {
			if _, uses := g[from][to]; uses {
				up = append(up, [2]string{from, to})
			}
		}
	}
	return up
}

func check(err error) {
	if err != nil {
		log.Fatalln("upward:", err)
	}
}
