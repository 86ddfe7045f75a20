//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unpackArchive makes a folder like the unpacked archive for one user, with a
// program that writes down its argument.
func unpackArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{
		".ci/linux/install.sh":                             "install.sh",
		".ci/linux/nautilus-extension.py":                  "extra/nautilus-extension.py",
		".ci/linux/nautilus-script":                        "extra/nautilus-script",
		".ci/linux/thunar-action.xml":                      "extra/thunar-action.xml",
		".ci/linux/net.windowsill.Windowsill.desktop":      "share/applications/net.windowsill.Windowsill.desktop",
		".ci/linux/zz-windowsill-folder.desktop":           "share/applications/zz-windowsill-folder.desktop",
		".ci/linux/dolphin.desktop":                        "share/kio/servicemenus/net.windowsill.Windowsill.desktop",
		".ci/linux/net.windowsill.Windowsill.nemo_action":  "share/nemo/actions/net.windowsill.Windowsill.nemo_action",
		".ci/linux/net.windowsill.Windowsill.metainfo.xml": "share/metainfo/net.windowsill.Windowsill.metainfo.xml",
		"assets/icon.svg":                                  "share/icons/hicolor/scalable/apps/net.windowsill.Windowsill.svg",
		"assets/licences.txt":                              "licences.txt",
	} {
		b, err := os.ReadFile(filepath.Join(root, from))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, to), string(b), 0o644)
	}
	writeFile(t, filepath.Join(dir, "share/man/man1/windowsill.1.gz"), "manual", 0o644)
	writeFile(t, filepath.Join(dir, "bin", "windowsill"), "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"$HOME/started\"\n", 0o755)
	return dir
}

// runInHome runs a command with a home folder.
func runInHome(t *testing.T, home string, command ...string) {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH")}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", command, err, out)
	}
}

func TestUninstallLeavesNothingBehind(t *testing.T) {
	archive, home := unpackArchive(t), t.TempDir()
	writeFile(t, filepath.Join(home, ".config/mimeapps.list"), "[Default Applications]\ntext/plain=editor.desktop\n", 0o644)
	writeFile(t, filepath.Join(home, ".config/Thunar/uca.xml"), "<actions>\n<action>\n\t<name>Mine</name>\n</action>\n</actions>\n", 0o644)
	before := contents(t, home)
	for _, how := range []string{"--remove", "--purge"} {
		runInHome(t, home, "sh", filepath.Join(archive, "install.sh"))
		runInHome(t, home, "sh", filepath.Join(archive, "install.sh")) // again, as for a new version
		writeFile(t, filepath.Join(home, ".config/autostart/net.windowsill.Windowsill.desktop"), "[Desktop Entry]\n", 0o644)
		writeFile(t, filepath.Join(home, ".local/share/nautilus-python/extensions/__pycache__/windowsill.cpython-311.pyc"), "compiled", 0o644)
		if how == "--purge" {
			writeFile(t, filepath.Join(home, ".config/windowsill/settings.json"), "{}", 0o600)
			writeFile(t, filepath.Join(home, ".cache/windowsill/thumbnails/one"), "picture", 0o600)
			writeFile(t, filepath.Join(home, ".cache/font_index_v6.cache"), "fonts", 0o600)
		}
		runInHome(t, home, "sh", filepath.Join(home, ".local/share/windowsill/install.sh"), how)
		if after := contents(t, home); !slices.Equal(before, after) {
			t.Errorf("%s: there was %q, and there is %q", how, before, after)
		}
	}
}

// Thunar replaces %F with the quoted paths and splits the command as a shell does
// (g_shell_parse_argv).
func TestThunarActionStartsWithTheSelection(t *testing.T) {
	archive, home := unpackArchive(t), t.TempDir()
	writeFile(t, filepath.Join(home, ".config/Thunar/uca.xml"), "<actions>\n</actions>\n", 0o644)
	runInHome(t, home, "sh", filepath.Join(archive, "install.sh"))
	b, err := os.ReadFile(filepath.Join(home, ".config/Thunar/uca.xml"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(b), "<command>")
	command, _, found := strings.Cut(after, "</command>")
	folder, file := "/srv/Grüße aus dem Süden", "/srv/a b.pdf"
	runInHome(t, home, "sh", "-c", strings.ReplaceAll(command, "%F", "'"+folder+"' '"+file+"'"))
	if got, _ := os.ReadFile(filepath.Join(home, "started")); !found || string(got) != folder+"\n"+file+"\n" {
		t.Errorf("%q started with %q", command, got)
	}
}

// Nautilus looks for extensions in Python where their package is installed; its
// scripts, in a menu of their own, need nothing.
func TestNautilusHasAnEntry(t *testing.T) {
	archive, home := unpackArchive(t), t.TempDir()
	runInHome(t, home, "sh", filepath.Join(archive, "install.sh"))
	if _, err := os.Stat(filepath.Join(home, ".local/share/nautilus/scripts/Share with Windowsill")); err != nil {
		t.Error(err)
	}
	perHost, _ := filepath.Glob("/usr/lib/*/nautilus/extensions-*/libnautilus-python.so")
	direct, _ := filepath.Glob("/usr/lib*/nautilus/extensions-*/libnautilus-python.so")
	b, err := os.ReadFile(filepath.Join(home, ".local/share/nautilus-python/extensions/windowsill.py"))
	switch {
	case len(perHost)+len(direct) == 0:
		if err == nil {
			t.Error("there is an extension, which nothing reads")
		}
	case !strings.Contains(string(b), `["`+home+`/.local/bin/windowsill", `): // it may not be in Nautilus' PATH
		t.Errorf("the extension: %v\n%s", err, b)
	}
}

// Nautilus gives a script what is selected in its environment, each path on a line.
func TestNautilusScriptStartsWithTheSelection(t *testing.T) {
	archive, home := unpackArchive(t), t.TempDir()
	script, err := filepath.Abs(filepath.Join(root, ".ci", "linux", "nautilus-script"))
	if err != nil {
		t.Fatal(err)
	}
	for selected, want := range map[string]string{
		"/srv/a b.pdf\n/srv/$HOME `x`\n": "/srv/a b.pdf\n/srv/$HOME `x`\n",
		"":                               home + "\n",
	} {
		cmd := exec.Command("sh", script)
		cmd.Dir = home
		cmd.Env = []string{"HOME=" + home, "PATH=" + filepath.Join(archive, "bin") + ":" + os.Getenv("PATH"), "NAUTILUS_SCRIPT_SELECTED_FILE_PATHS=" + selected}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got, _ := os.ReadFile(filepath.Join(home, "started")); string(got) != want {
			t.Errorf("%q: started with %q", selected, got)
		}
	}
}

// assets/licences.txt is made by .ci/licences.
func TestLicencesAreComplete(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, "assets", "licences.txt"))
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(b), strings.Repeat("=", 79)+"\n")[1:]
	want := map[string]bool{"The Go standard library and runtime": true, "The MinGW-w64 runtime, in the program for Windows": true}
	for _, system := range []string{"linux", "windows", "darwin"} {
		list := exec.Command("go", "list", "-deps", "-tags", tags(), "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", root)
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
		modules, err := list.Output()
		if err != nil {
			t.Fatalf("%s: %v", system, err)
		}
		for module := range strings.Lines(string(modules)) {
			want[strings.TrimSpace(module)] = true
		}
	}
	for _, section := range sections {
		title, text, _ := strings.Cut(section, "\n")
		if !want[title] || len(text) < 500 {
			t.Errorf("%q is not programPath in, or has no text: run .ci/licences", title)
		}
		delete(want, title)
	}
	for title := range want {
		t.Errorf("%q is missing: run .ci/licences", title)
	}
}
