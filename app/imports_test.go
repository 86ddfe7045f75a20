package app_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// importRules say what a package may import besides the standard library, and what it
// must not import or reach. A path that ends in "/..." stands for all below it.
var importRules = []struct {
	pkg     string
	may     []string // direct imports, of ours and of others
	never   []string // direct imports, also of the standard library
	reach   []string // what must not be reached by way of others either
	because string
}{
	{
		pkg: "windowsill",
		may: []string{
			"windowsill/app", "windowsill/app/cli", "windowsill/app/instance", "windowsill/app/settings", "windowsill/app/words",
			"windowsill/assets", "windowsill/server", "fyne.io/fyne/v2", "fyne.io/fyne/v2/app",
		},
		never:   []string{"net/http"},
		because: "it is one screen of wiring",
	},
	{
		pkg: "windowsill/app",
		may: []string{
			"windowsill/app/desktop", "windowsill/app/kit", "windowsill/app/requests", "windowsill/app/settings", "windowsill/app/words",
			"windowsill/assets", "windowsill/server", "fyne.io/fyne/v2/...", "golang.org/x/image/draw", "golang.org/x/text/language/...",
		},
		never:   []string{"net/http"},
		reach:   []string{"fyne.io/fyne/v2/app"},
		because: "the window asks and the server does; and only main needs a display and a C compiler",
	},
	{
		pkg:     "windowsill/app/kit",
		may:     []string{"windowsill/app/words", "fyne.io/fyne/v2/...", "github.com/skip2/go-qrcode"},
		never:   []string{"net/http"},
		reach:   []string{"windowsill/server/...", "windowsill/app", "windowsill/app/desktop", "fyne.io/fyne/v2/app"},
		because: "it has what any program with a window could use, and knows nothing of shares",
	},
	{
		pkg:     "windowsill/app/requests",
		may:     []string{"windowsill/app/kit", "windowsill/app/words", "windowsill/server", "fyne.io/fyne/v2/..."},
		never:   []string{"net/http"},
		reach:   []string{"windowsill/app", "windowsill/app/desktop", "windowsill/app/settings", "fyne.io/fyne/v2/app"},
		because: "it is a part of the window and does not know the whole",
	},
	{
		pkg:     "windowsill/app/settings",
		may:     []string{"windowsill/server"},
		never:   []string{"net/http"},
		reach:   []string{"windowsill/app", "windowsill/app/kit", "fyne.io/..."},
		because: "it keeps values for the window and does not know it",
	},
	{
		pkg: "windowsill/app/words",
		may: []string{
			"fyne.io/fyne/v2/lang", "github.com/go-text/typesetting/fontscan", "github.com/jeandeaual/go-locale",
			"github.com/nicksnyder/go-i18n/v2/i18n", "golang.org/x/text/...",
		},
		never:   []string{"net/http"},
		reach:   []string{"windowsill/server/...", "windowsill/app", "windowsill/app/kit", "fyne.io/fyne/v2/widget", "fyne.io/fyne/v2/app"},
		because: "it makes text of values, and knows neither window nor server",
	},
	{
		pkg:     "windowsill/app/desktop",
		may:     []string{"github.com/godbus/dbus/v5", "github.com/ncruces/zenity", "golang.org/x/sys/..."},
		reach:   []string{"net/http", "windowsill/server/...", "windowsill/app", "windowsill/app/words", "fyne.io/..."},
		because: "it asks the desktop, and knows neither window nor server",
	},
	{
		pkg:     "windowsill/app/cli",
		may:     []string{"windowsill/server", "windowsill/app/desktop", "github.com/skip2/go-qrcode", "golang.org/x/sys/..."},
		never:   []string{"net/http"},
		reach:   []string{"fyne.io/...", "windowsill/app", "windowsill/app/kit"},
		because: "the terminal shows a server and never does its work, and is there for machines without a window",
	},
	{
		pkg:     "windowsill/app/instance",
		may:     []string{"windowsill/app/desktop", "github.com/godbus/dbus/v5", "golang.org/x/sys/..."},
		reach:   []string{"net/http", "fyne.io/...", "windowsill/server/...", "windowsill/app"},
		because: "it passes a folder from one process to another before there is a window",
	},
	{
		pkg:     "windowsill/app/e2e",
		reach:   []string{"windowsill/...", "fyne.io/..."},
		because: "it is the user, who has the program and nothing of what it is made of",
	},
	{
		pkg:     "windowsill/app/kit/kittest",
		may:     []string{"fyne.io/fyne/v2/...", "github.com/makiuchi-d/gozxing/..."},
		reach:   []string{"windowsill/server/...", "windowsill/app", "fyne.io/fyne/v2/app"},
		because: "it helps tests of windows and needs none of ours",
	},
	{
		pkg:     "windowsill/app/desktop/desktoptest",
		may:     []string{"github.com/godbus/dbus/v5"},
		reach:   []string{"windowsill/server/...", "windowsill/app", "fyne.io/..."},
		because: "it is a desktop for tests",
	},
	{pkg: "windowsill/assets", because: "it holds files and no code"},
}

func TestImportsFollowTheirRules(t *testing.T) {
	for _, rule := range importRules {
		for _, system := range []string{"linux", "windows", "darwin"} {
			for _, path := range goList(t, system, "-f", `{{join .Imports "\n"}}`, rule.pkg) {
				if !isStandard(path) && !matches(path, rule.may) || matches(path, rule.never) || matches(path, rule.reach) {
					t.Errorf("On %s %s imports %s, which it may not, because %s.", system, rule.pkg, path, rule.because)
				}
			}
		}
		for _, path := range goList(t, "linux", "-deps", rule.pkg) {
			if path != rule.pkg && matches(path, rule.reach) {
				t.Errorf("%s reaches %s, which it may not, because %s.", rule.pkg, path, rule.because)
			}
		}
	}
}

// The tests are what e2e consists of.
func TestTestsOfTheWholeProgramImportNothingOfIt(t *testing.T) {
	for _, path := range goList(t, "linux", "-f", `{{join .TestImports "\n"}}{{"\n"}}{{join .XTestImports "\n"}}`, "windowsill/app/e2e") {
		if matches(path, []string{"windowsill/...", "fyne.io/..."}) {
			t.Errorf("windowsill/app/e2e imports %s, but it is the user, who has the program and nothing of what it is made of.", path)
		}
	}
}

func TestEveryPackageHasARule(t *testing.T) {
	for _, pkg := range goList(t, "linux", "windowsill", "windowsill/app/...", "windowsill/assets") {
		has := false
		for _, rule := range importRules {
			has = has || rule.pkg == pkg
		}
		if !has {
			t.Errorf("%s has no rule: what may it import, and why?", pkg)
		}
	}
}

func TestOnlyMainNeedsCAndADisplay(t *testing.T) {
	outside := `{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}`
	for _, pkg := range goList(t, "linux", "-deps", "-f", outside, "windowsill/app/...", "windowsill/server/...", "windowsill/assets") {
		t.Errorf("%s, which is written in C, is reached: all but main must build and test with CGO_ENABLED=0 and without a display.", pkg)
	}
}

func TestEveryPackageHasADoc(t *testing.T) {
	for _, pkg := range goList(t, "linux", "-f", `{{if not .Doc}}{{.ImportPath}}{{end}}`, "windowsill", "windowsill/app/...", "windowsill/assets") {
		t.Errorf("%s has no package comment: what is it for, and what does it never do?", pkg)
	}
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first != "windowsill"
}

// matches reports whether a path is one of others, or below one that ends in "/...".
func matches(path string, others []string) bool {
	return slices.ContainsFunc(others, func(o string) bool {
		parent, all := strings.CutSuffix(o, "/...")
		return path == parent || all && strings.HasPrefix(path, parent+"/")
	})
}

// goList returns the lines that go list prints when it builds for a system.
func goList(t *testing.T, system string, args ...string) []string {
	t.Helper()
	// With -e a package that does not compile at the moment is listed all the same.
	list := exec.Command("go", append([]string{"list", "-e", "-tags", "nodynamic"}, args...)...)
	list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Fields(string(out))
}
