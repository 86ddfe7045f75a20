package server_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// importRules say which packages of ours each package may import. A package
// without a rule fails the test: somebody has to think of one.
var importRules = map[string]struct {
	may     []string // of ours; nothing else
	never   []string // of others, by whatever way round
	because string
}{
	"windowsill/server": {
		may: []string{"windowsill/assets", "windowsill/server/access", "windowsill/server/announce", "windowsill/server/certs", "windowsill/server/conns", "windowsill/server/lan", "windowsill/server/media", "windowsill/server/page",
			"windowsill/server/reach", "windowsill/server/receive", "windowsill/server/share", "windowsill/server/traffic", "windowsill/server/web", "windowsill/server/wifi", "windowsill/server/worker"},
		because: "it runs without a window and knows nothing of who watches it",
	},
	"windowsill/server/web": {
		may: []string{"windowsill/server/access", "windowsill/server/archive", "windowsill/server/dav", "windowsill/server/media", "windowsill/server/page",
			"windowsill/server/receive", "windowsill/server/share", "windowsill/server/subtitles", "windowsill/server/traffic", "windowsill/server/turns", "windowsill/server/worker"},
		never:   []string{"windowsill/server/announce", "windowsill/server/certs", "windowsill/server/conns", "windowsill/server/lan", "windowsill/server/reach", "windowsill/server/wifi"},
		because: "what devices meet knows nothing of where it listens: what it needs of that comes as values and functions",
	},
	"windowsill/server/servertest": {
		because: "it is a leaf that only tests import",
	},
	"windowsill/server/charset": {
		never:   []string{"net", "net/http"},
		because: "it is a leaf: bytes come in, the name of an encoding goes out",
	},
	"windowsill/server/subtitles": {
		may:     []string{"windowsill/server/charset"},
		never:   []string{"net", "net/http"},
		because: "it can be read alone: a file comes in, WebVTT goes out",
	},
	"windowsill/server/page": {
		may:     []string{"windowsill/server/charset", "windowsill/server/share", "windowsill/server/subtitles", "windowsill/server/worker"},
		never:   []string{"net", "net/http"},
		because: "it can be read alone: a folder comes in, a page goes out",
	},
	"windowsill/server/media/scaledjpeg": {
		never:   []string{"net", "os"},
		because: "it is a leaf: bytes come in, pixels go out",
	},
	"windowsill/server/media/heif": {
		may:     []string{"windowsill/server/media/icc"},
		because: "it can be read alone: bytes come in, pixels go out",
	},
	"windowsill/server/media/jxl": {
		may:     []string{"windowsill/server/media/icc"},
		because: "it can be read alone: bytes come in, pixels go out",
	},
	"windowsill/server/media/icc": {
		never:   []string{"net", "os"},
		because: "it is a leaf: numbers come in, a profile goes out",
	},
	"windowsill/server/media/tiff": {
		never:   []string{"net"},
		because: "it is a leaf: bytes come in, pixels go out",
	},
	"windowsill/server/media": {
		may:     []string{"windowsill/server/flight", "windowsill/server/media/heif", "windowsill/server/media/jxl", "windowsill/server/media/scaledjpeg", "windowsill/server/media/tiff", "windowsill/server/share", "windowsill/server/turns", "windowsill/server/worker"},
		never:   []string{"net/http"},
		because: "it can be read alone: a file comes in, a small picture goes out",
	},
	"windowsill/server/dav": {
		may:     []string{"windowsill/server/share"},
		never:   []string{"windowsill/server/access", "windowsill/server/receive", "windowsill/server/traffic"},
		because: "it can be read alone: it knows properties, locks and conditions, and leaves to its caller who may do what",
	},
	"windowsill/server/archive": {
		may:     []string{"windowsill/server/flight", "windowsill/server/share", "windowsill/server/turns"},
		never:   []string{"net", "net/http"},
		because: "it can be read alone: a folder comes in, one file goes out",
	},
	"windowsill/server/receive": {
		may:     []string{"windowsill/server/share"},
		never:   []string{"net", "net/http"},
		because: "it can be read alone: bytes and a name come in, a file is there",
	},
	"windowsill/server/turns": {
		never:   []string{"net", "net/http"},
		because: "it is a leaf: it does not know what the turns are for",
	},
	"windowsill/server/worker": {
		may:     []string{"windowsill/server/turns"},
		never:   []string{"net", "net/http"},
		because: "it is a leaf: it does not know what work its processes do",
	},
	"windowsill/server/flight": {
		never:   []string{"net", "net/http"},
		because: "it is a leaf: it does not know what work it does",
	},
	"windowsill/server/share": {
		never:   []string{"net", "net/http"},
		because: "it is a leaf: the only way to the disk knows nobody who could ask it for more",
	},
	"windowsill/server/traffic": {because: "it is a leaf: it counts what passes by and knows no files"},
	"windowsill/server/conns":   {because: "it is a leaf: it accepts connections, and asks a function who may have one"},
	"windowsill/server/certs": {
		never:   []string{"net/http"},
		because: "it is a leaf: it makes certificates and reads them, and does not know who shows them",
	},
	"windowsill/server/access": {
		never:   []string{"net", "net/http"},
		because: "it is a leaf: who may come in does not depend on what there is, nor on how they ask",
	},
	"windowsill/server/announce": {
		never:   []string{"net/http"},
		because: "it is a leaf: it gives a name to whatever it is told",
	},
	"windowsill/server/reach": {
		never:   []string{"net/http"},
		because: "it is a leaf: it looks at a port, whatever is behind it",
	},
	"windowsill/server/wifi": {
		never:   []string{"net/http"},
		because: "it is a leaf: how one joins a Wi-Fi does not depend on what is shared",
	},
	"windowsill/server/lan": {
		never:   []string{"net/http"},
		because: "it is a leaf: this computer's addresses are the same whatever is shared",
	},
}

func TestPackagesImportOnlyWhatTheirRulesAllow(t *testing.T) {
	for pkg, files := range sources(t) {
		rule, ok := importRules[pkg]
		if !ok {
			t.Errorf("%s has no rule in importRules: which packages of ours may it import, and why?", pkg)
			continue
		}
		for _, imported := range imports(t, files) {
			if strings.HasPrefix(imported, "windowsill/") && !slices.Contains(rule.may, imported) {
				t.Errorf("%s imports %s, which it may not, because %s.", pkg, imported, rule.because)
			}
		}
	}
}

// The test above looks at what is written in the files for every system; this
// one at what is really linked in on this one, by whatever way round.
func TestPackagesReachNothingThatTheirRulesForbid(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		reached := strings.Fields(line)
		pkg, reached := reached[0], reached[1:]
		for _, dep := range reached {
			if strings.HasPrefix(dep, "fyne.io/") || strings.HasPrefix(dep, "windowsill/app") {
				t.Errorf("%s reaches %s, but the server must run on machines without a window.", pkg, dep)
			}
			if dep == "windowsill/server" || dep == "windowsill/server/web" && pkg != "windowsill/server" {
				t.Errorf("%s reaches %s, but parts do not know the whole.", pkg, dep)
			}
			if slices.Contains(importRules[pkg].never, dep) {
				t.Errorf("%s reaches %s, which it may not, because %s.", pkg, dep, importRules[pkg].because)
			}
		}
	}
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	for pkg, files := range sources(t) {
		said := slices.ContainsFunc(files, func(f *ast.File) bool { return f.Doc != nil })
		if !said {
			t.Errorf("%s has no package comment: what is it for, what does it never do?", pkg)
		}
	}
}

// sources returns the files of each package from here down, without its tests.
func sources(t *testing.T) map[string][]*ast.File {
	t.Helper()
	packages := map[string][]*ast.File{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		pkg := strings.TrimSuffix("windowsill/server/"+filepath.ToSlash(filepath.Dir(path)), "/.")
		packages[pkg] = append(packages[pkg], f)
		return err
	})
	if err != nil || len(packages) == 0 {
		t.Fatalf("%d packages found, %v", len(packages), err)
	}
	return packages
}

func imports(t *testing.T, files []*ast.File) []string {
	t.Helper()
	var all []string
	for _, f := range files {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, path)
		}
	}
	return all
}
