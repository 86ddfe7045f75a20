//go:build linux

package e2e

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unpacked lays out what the archive for one user has, with a program that
// writes down what it was started with.
func unpacked(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{
		".ci/linux/install.sh":                             "install.sh",
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
	writeFile(t, filepath.Join(dir, "bin", "windowsill"), "#!/bin/sh\nprintf %s \"$1\" >\"$HOME/started\"\n", 0o755)
	return dir
}

func writeFile(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// inHome runs a command for the person whose home that is.
func inHome(t *testing.T, home string, command ...string) {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH")}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", command, err, out)
	}
}

// everything lists the files below a folder, with what is in them.
func everything(t *testing.T, root string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all = append(all, strings.TrimPrefix(path, root)+"\n"+string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestInstallingForOnePersonLeavesNothingBehind(t *testing.T) {
	archive, home := unpacked(t), t.TempDir()
	writeFile(t, filepath.Join(home, ".config/mimeapps.list"), "[Default Applications]\ntext/plain=editor.desktop\n", 0o644)
	writeFile(t, filepath.Join(home, ".config/Thunar/uca.xml"), "<actions>\n<action>\n\t<name>Mine</name>\n</action>\n</actions>\n", 0o644)
	before := everything(t, home)
	for _, how := range []string{"--remove", "--purge"} {
		inHome(t, home, "sh", filepath.Join(archive, "install.sh"))
		inHome(t, home, "sh", filepath.Join(archive, "install.sh")) // again, as for a new version
		writeFile(t, filepath.Join(home, ".config/autostart/net.windowsill.Windowsill.desktop"), "[Desktop Entry]\n", 0o644)
		if how == "--purge" {
			writeFile(t, filepath.Join(home, ".config/windowsill/settings.json"), "{}", 0o600)
			writeFile(t, filepath.Join(home, ".cache/windowsill/thumbnails/one"), "picture", 0o600)
			writeFile(t, filepath.Join(home, ".cache/font_index_v6.cache"), "fonts", 0o600)
		}
		inHome(t, home, "sh", filepath.Join(home, ".local/share/windowsill/install.sh"), how)
		if after := everything(t, home); !slices.Equal(before, after) {
			t.Errorf("%s: there was %q, and there is %q", how, before, after)
		}
	}
}

// What Thunar runs: it puts the quoted path in the place of %f and has a shell
// take that apart (g_shell_parse_argv).
func TestThunarsEntryStartsWithTheFolder(t *testing.T) {
	archive, home := unpacked(t), t.TempDir()
	writeFile(t, filepath.Join(home, ".config/Thunar/uca.xml"), "<actions>\n</actions>\n", 0o644)
	inHome(t, home, "sh", filepath.Join(archive, "install.sh"))
	b, err := os.ReadFile(filepath.Join(home, ".config/Thunar/uca.xml"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(b), "<command>")
	command, _, found := strings.Cut(after, "</command>")
	folder := "/srv/Grüße aus dem Süden"
	inHome(t, home, "sh", "-c", strings.ReplaceAll(command, "%f", "'"+folder+"'"))
	if got, _ := os.ReadFile(filepath.Join(home, "started")); !found || string(got) != folder {
		t.Errorf("%q started with %q", command, got)
	}
}

// The licences are a file that .ci/licences makes.
func TestLicencesOfAllThatIsBuiltInAreThere(t *testing.T) {
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
			t.Errorf("%q is not built in, or has no text: run .ci/licences", title)
		}
		delete(want, title)
	}
	for title := range want {
		t.Errorf("%q is missing: run .ci/licences", title)
	}
}
