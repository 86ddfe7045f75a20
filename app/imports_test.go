package app_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// importRules say which packages of ours the window, the terminal and the
// wiring may import, and which of others they must not.
var importRules = []struct {
	pkg     string
	may     []string // of ours, nothing else
	never   []string // the beginnings of paths
	because string
}{
	{
		pkg:     "windowsill/app",
		may:     []string{"windowsill/app/desktop", "windowsill/app/kit", "windowsill/app/requests", "windowsill/app/settings", "windowsill/app/words", "windowsill/assets", "windowsill/server"},
		never:   []string{"net/http", "fyne.io/fyne/v2/app"},
		because: "the window asks and the server does; and only main needs a display and a C compiler",
	},
	{
		pkg:     "windowsill/app/kit",
		may:     []string{"windowsill/app/words"},
		never:   []string{"net", "fyne.io/fyne/v2/app"},
		because: "it has what any program with a window could use, and knows nothing of shares",
	},
	{
		pkg:     "windowsill/app/requests",
		may:     []string{"windowsill/app/kit", "windowsill/app/words", "windowsill/server"},
		never:   []string{"net/http", "fyne.io/fyne/v2/app"},
		because: "it is a part of the window and does not know the whole",
	},
	{
		pkg:     "windowsill/app/settings",
		may:     []string{"windowsill/server"},
		never:   []string{"net", "fyne.io/"},
		because: "it keeps values for the window and does not know it",
	},
	{
		pkg:     "windowsill/app/kit/kittest",
		never:   []string{"net", "fyne.io/fyne/v2/app"},
		because: "it helps tests of windows and needs none",
	},
	{
		pkg:     "windowsill/app/words",
		never:   []string{"net/http", "fyne.io/fyne/v2/widget", "fyne.io/fyne/v2/app"},
		because: "it makes text of values, and knows neither window nor server",
	},
	{
		pkg:     "windowsill/app/cli",
		may:     []string{"windowsill/server"},
		never:   []string{"net/http", "fyne.io/"},
		because: "the terminal shows a server and never does its work, and is there for machines without a window",
	},
	{
		pkg:     "windowsill/app/instance",
		never:   []string{"net/http", "fyne.io/"},
		because: "it passes a folder from one process to another before there is a window",
	},
	{
		pkg:     "windowsill/app/desktop",
		never:   []string{"net/http", "fyne.io/"},
		because: "it asks the desktop and knows no window",
	},
	{
		pkg:     "windowsill/app/desktop/desktoptest",
		never:   []string{"net/http", "fyne.io/"},
		because: "it is a desktop for tests",
	},
	{
		pkg:     "windowsill/app/e2e",
		never:   []string{"fyne.io/"},
		because: "it is the user, who has nothing but the program",
	},
	{
		pkg:     "windowsill",
		may:     []string{"windowsill/app", "windowsill/app/cli", "windowsill/app/instance", "windowsill/app/settings", "windowsill/app/words", "windowsill/assets", "windowsill/server"},
		never:   []string{"net/http", "fyne.io/fyne/v2/widget", "fyne.io/fyne/v2/dialog"},
		because: "it is one screen of wiring",
	},
	{pkg: "windowsill/assets", because: "it holds files and no code"},
}

func TestPackagesImportOnlyWhatTheirRulesAllow(t *testing.T) {
	for _, rule := range importRules {
		for _, system := range []string{"linux", "windows", "darwin"} {
			for _, imported := range goList(t, system, "-f", importsOf(rule.pkg), rule.pkg) {
				ours := strings.HasPrefix(imported, "windowsill/")
				if ours && !slices.Contains(rule.may, imported) || beginsWithOne(imported, rule.never) {
					t.Errorf("On %s %s imports %s, which it may not, because %s.", system, rule.pkg, imported, rule.because)
				}
			}
		}
	}
}

// importsOf returns the template by which go list prints what a package
// imports. Tests may import more than what they test, but app/e2e is all tests.
func importsOf(pkg string) string {
	if pkg == "windowsill/app/e2e" {
		return `{{join .TestImports "\n"}}`
	}
	return `{{join .Imports "\n"}}`
}

func TestOnlyMainNeedsCAndADisplay(t *testing.T) {
	outside := `{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}`
	for _, pkg := range goList(t, "linux", "-deps", "-f", outside, "windowsill/app/...", "windowsill/server/...", "windowsill/assets") {
		t.Errorf("%s, which is written in C, is reached: all but main must build and test with CGO_ENABLED=0 and without a display.", pkg)
	}
}

func TestTerminalReachesNoWindow(t *testing.T) {
	for _, pkg := range goList(t, "linux", "-deps", "windowsill/app/cli") {
		if strings.HasPrefix(pkg, "fyne.io/") {
			t.Errorf("windowsill/app/cli reaches %s, but it is there for machines without a window.", pkg)
		}
	}
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	for _, pkg := range goList(t, "linux", "-f", `{{if not .Doc}}{{.ImportPath}}{{end}}`, "windowsill", "windowsill/app/...", "windowsill/assets") {
		t.Errorf("%s has no package comment: what is it for, what does it never do?", pkg)
	}
}

func beginsWithOne(path string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(path, b) })
}

// goList returns the lines that go list prints when it builds for system.
func goList(t *testing.T, system string, args ...string) []string {
	t.Helper()
	// With -e a package that does not compile just now is listed all the same.
	list := exec.Command("go", append([]string{"list", "-e"}, args...)...)
	list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Fields(string(out))
}
