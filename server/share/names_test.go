package share

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// legalNames are names that Linux takes and others stumble over.
var legalNames = []string{
	"a file with spaces", " leading", "trailing ", "trailing.", "...", "..a", "it's", `"quoted"`, "`tick`", "$HOME",
	"#", "?", "%", "%2e%2e%2f", "100%", "a+b", "a&b;c:d", "C:", "a:b", "*", "|", "<b>", "<script>", "~", "~root", "-rf", "--",
	"new\nline", "carriage\rreturn", "tab\t", "bell\a", "\x1b[31mred", "\x7f",
	`back\slash`, `..\..\etc\passwd`, "NUL", "con.txt", "COM1", "GIT~1",
	"emoji 🎉👩‍👩‍👧.jpg", "Ärger", "A\u0308rger", "日本語.txt", "עברית.txt", "\u202efdp.exe", "\u200b", "\ufeffbom",
	"\xff\xfe", "latin1-\xe4\xf6\xfc", "cut-\xe6\x97", "\xc0\xaf", "\xed\xa0\x80",
	strings.Repeat("x", 255), strings.Repeat("ü", 127), "a.tar.gz", "index.html", "windowsill",
}

// onlyHere skips where the system itself has rules for names.
func onlyHere(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux takes all names")
	}
}

func TestEveryLegalNameIsListedAndComesBack(t *testing.T) {
	onlyHere(t)
	files := map[string]string{}
	for i, name := range legalNames {
		files[name] = fmt.Sprint("file ", i)
		files["folder/"+name+"/"+name] = fmt.Sprint("below ", i)
	}
	f := opened(t, Options{Hidden: true}, files) // some begin with a dot
	listed := names(t, f, "")
	for i, name := range legalNames {
		if !slices.Contains(listed, name) {
			t.Errorf("%q is not listed", name)
		}
		if got, err := content(f, name); got != fmt.Sprint("file ", i) {
			t.Errorf("%q holds %q, %v", name, got, err)
		}
		deep := "folder/" + name + "/" + name
		if got, err := content(f, deep); got != fmt.Sprint("below ", i) {
			t.Errorf("%q holds %q, %v", deep, got, err)
		}
		if file, err := f.Open(deep); err == nil {
			if file.Name() != name {
				t.Errorf("Name() = %q, want %q", file.Name(), name)
			}
			file.Close()
		}
	}
	if want := len(legalNames) + 1; len(listed) != want {
		t.Errorf("%d names are listed, want %d", len(listed), want)
	}
}

func TestLinkToEveryLegalName(t *testing.T) {
	onlyHere(t)
	files := map[string]string{}
	for i, name := range legalNames {
		files["files/"+name] = fmt.Sprint("file ", i)
		files[fmt.Sprint("link", i)] = "->files/" + name
	}
	f := opened(t, Options{Hidden: true}, files)
	for i := range legalNames {
		if got, err := content(f, fmt.Sprint("link", i)); got != fmt.Sprint("file ", i) {
			t.Errorf("the link to %q holds %q, %v", legalNames[i], got, err)
		}
	}
}

func TestNamesOfTheProduct(t *testing.T) {
	for name, want := range map[string]bool{
		".windowsill": true, ".Windowsill-trash": true, ".window\u017fill-trash": true, ".windowsills": true,
		"windowsill": false, ".windowsil": false, ".window": false, ".wíndowsill": false, "": false,
	} {
		if got := IsReserved(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestVeryDeepFolderIsReached(t *testing.T) {
	f := opened(t, Options{}, map[string]string{strings.Repeat("deep/", 200) + "a": "a"})
	if got, err := content(f, strings.Repeat("deep/", 200)+"a"); got != "a" {
		t.Errorf("holds %q, %v", got, err)
	}
}

func TestShortNamesOfWindows(t *testing.T) {
	for name, want := range map[string]bool{
		"GIT~1": true, "git~1": true, "WINDOW~1": true, "WINDOW~2.TXT": true, "A~12.X": true, "ENV~1.LOC": true, "GEHÄUS~1.TÄX": true, "ÄÖÜÄÖÜ~1": true,
		"~1": false, "GIT~": false, "GIT~X": false, "backup~2024": false, "longname~1": false, "ÄÖÜÄÖÜÄ~1": false, "a~1.jpeg": false, "a.b~1": false,
	} {
		if got := ShortName(name); got != want {
			t.Errorf("ShortName(%q) = %v", name, got)
		}
	}
}

func TestShareKeepsItsNameThroughARename(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"share/a": "a"})
	f := openedAt(t, filepath.Join(dir, "share"), Options{})
	if err := os.Rename(filepath.Join(dir, "share"), filepath.Join(dir, "moved")); err != nil {
		t.Fatal(err)
	}
	if got, err := content(f, "a"); got != "a" {
		t.Errorf("holds %q, %v", got, err)
	}
	if f.Path() != filepath.Join(dir, "share") {
		t.Errorf("Path() = %q", f.Path())
	}
}
