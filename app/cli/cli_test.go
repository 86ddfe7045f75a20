package cli

import (
	"errors"
	"flag"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"windowsill/server"
)

func TestParse(t *testing.T) {
	free := func(s server.Share) server.Share { s.Port = -1; return s }
	for _, c := range []struct {
		name string
		args []string
		want Command
	}{
		{"nothing", nil, Command{Share: free(server.Share{})}},
		{"folder", []string{"/pictures"}, Command{Share: free(server.Share{Folder: "/pictures"})}},
		{"all flags", []string{"-port", "8123", "-no-window", "-open", "-hidden", "-visitors", "add", "dir"}, Command{Share: server.Share{Folder: "dir", Port: 8123, ExactPort: true, Hidden: true}, NoWindow: true, Visitors: true, Policy: server.Policy{Open: true, Allow: server.Add}}},
		{"one network", []string{"-only", "wlan0", "dir"}, Command{Share: free(server.Share{Folder: "dir", Where: server.Where{Prefer: "wlan0", Alone: true}})}},
		{"encrypted", []string{"-no-window", "-tls"}, Command{Share: free(server.Share{TLS: server.TLS{On: true}}), NoWindow: true}},
		{"by a certificate of one's own", []string{"-no-window", "-tls-cert", "a.pem", "-tls-key", "b.pem"}, Command{Share: free(server.Share{TLS: server.TLS{On: true, Certificate: "a.pem", Key: "b.pem"}}), NoWindow: true}},
		{"without a name", []string{"-unannounced"}, Command{Share: free(server.Share{Where: server.Where{Silent: true}})}},
		{"no README below lists", []string{"-no-readme"}, Command{Share: free(server.Share{NoReadmes: true})}},
		{"pages of visitors", []string{"-visitors-pages"}, Command{Share: free(server.Share{VisitorsPages: true})}},
		{"so many files", []string{"-max-files", "500"}, Command{Share: free(server.Share{}), MaxFiles: 500}},
		{"two dashes", []string{"--port=8123", "dir"}, Command{Share: server.Share{Folder: "dir", Port: 8123, ExactPort: true}}},
		{"flags after the folder", []string{"dir", "-no-window", "-port", "80"}, Command{Share: server.Share{Folder: "dir", Port: 80, ExactPort: true}, NoWindow: true}},
		{"a log file", []string{"-log", "requests.log", "dir"}, Command{Share: free(server.Share{Folder: "dir"}), LogFile: "requests.log"}},
		{"a text", []string{"-no-window", "-text", "hello", "dir"}, Command{Share: free(server.Share{Folder: "dir"}), NoWindow: true, Text: "hello"}},
		{"a window more", []string{"-new-instance", "dir"}, Command{Share: free(server.Share{Folder: "dir"}), NewInstance: true}},
		{"free port", []string{"-port", "0"}, Command{Share: server.Share{Port: 0}}},
		{"folder like a flag", []string{"-no-window", "--", "-port"}, Command{Share: free(server.Share{Folder: "-port"}), NoWindow: true}},
		{"address of a file manager", []string{"file:///srv/Summer%202026"}, Command{Share: free(server.Share{Folder: "/srv/Summer 2026"})}},
		{"several", []string{"a.pdf", "-no-window", "pictures", "file:///srv/b%20c.mp4"}, Command{NoWindow: true, Share: free(server.Share{Items: []server.Item{{Path: "a.pdf", Most: server.Change}, {Path: "pictures", Most: server.Change}, {Path: "/srv/b c.mp4", Most: server.Change}}})}},
		{"a file", []string{"cli_test.go"}, Command{Share: free(server.Share{Items: []server.Item{{Path: "cli_test.go", Most: server.Change}}})}},
		{"receiving", []string{"-receive", "-sort", "day", "in"}, Command{Share: free(server.Share{Folder: "in", Receiving: server.Receiving{On: true, Sort: server.ByDay}})}},
		{"receiving into the usual folder", []string{"-receive"}, Command{Share: free(server.Share{Receiving: server.Receiving{On: true}})}},
		{"Windows path", []string{`C:\Users\x`}, Command{Share: free(server.Share{Folder: `C:\Users\x`})}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Parse(c.args)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

func TestWrongUsageIsExplained(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-port"}, "The flag -port needs a value. See windowsill -help."},
		{[]string{"-port", "x"}, "A port is a number from 0 to 65535. See windowsill -help."},
		{[]string{"-port", "65536"}, "A port is a number from 0 to 65535. See windowsill -help."},
		{[]string{"-port", "-1"}, "A port is a number from 0 to 65535. See windowsill -help."},
		{[]string{"-port", "99999999999999999999999"}, "A port is a number from 0 to 65535. See windowsill -help."},
		{[]string{"-visitors", "all"}, "Visitors may read, add or change. See windowsill -help."},
		{[]string{"-max-files", "0"}, "The most files are a number from 1 on. See windowsill -help."},
		{[]string{"-only", ""}, "Name the address to share at, or its network interface. See windowsill -help."},
		{[]string{"-log", ""}, "Name the file for the log. See windowsill -help."},
		{[]string{"-text", " "}, "Name the text to send. See windowsill -help."},
		{[]string{"-text", strings.Repeat("x", server.LongestText+1)}, "Name a shorter text, of 65536 bytes at most. See windowsill -help."},
		{[]string{"-text", "hello"}, "The flag -text needs -no-window. In the window, choose Send text…."},
		{[]string{"-no-window", "-tls-cert", ""}, "Name the file or the folder with the certificate. See windowsill -help."},
		{[]string{"-no-window", "-tls-key", ""}, "Name the file with the key. See windowsill -help."},
		{[]string{"-no-window", "-tls-key", "a"}, "The flag -tls-key needs -tls-cert, which names the certificate."},
		{[]string{"-nonsense"}, "There is no flag -nonsense. See windowsill -help."},
		{[]string{"-receive", "a", "b"}, "With -receive, name one folder at most. What comes in goes there."},
		{[]string{"-receive", "-sort", "size"}, "What comes in is sorted by day or device. See windowsill -help."},
		{[]string{"-sort", "day"}, "The flag -sort needs -receive."},
		{[]string{""}, "One of the names is empty. Name a file or a folder, or none for the window."},
		{[]string{"one", "", "two"}, "One of the names is empty. Name a file or a folder, or none for the window."},
	} {
		_, err := Parse(c.args)
		var usage *UsageError
		if !errors.As(err, &usage) || err.Error() != c.want {
			t.Errorf("%q: %v, want %q", c.args, err, c.want)
		}
	}
}

// A flag is written down in three places: the parser, -help and the README.
func TestHelpAndReadmeNameTheFlagsThatThereAre(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"-help"} // package flag knows that one by itself
	flags, _ := newFlags(&Command{})
	flags.VisitAll(func(f *flag.Flag) {
		name := "-" + f.Name
		if b, ok := f.Value.(interface{ IsBoolFlag() bool }); !ok || !b.IsBoolFlag() {
			name += " VALUE"
		}
		want = append(want, name)
	})
	slices.Sort(want)
	for place, got := range map[string][]string{
		"-help":     flagsIn(help, `(?m)^  (-[a-z-]+)( [A-Z]+)?`),
		"README.md": flagsIn(string(readme), "(?m)^\\| `(-[a-z-]+)( [A-Z]+)?` \\|"),
	} {
		if !slices.Equal(got, want) {
			t.Errorf("%s has the flags %q\nwant %q", place, got, want)
		}
	}
}

// flagsIn returns the flags that a text names, by a pattern for the name and
// for its value.
func flagsIn(text, pattern string) (found []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		if m[2] != "" {
			m[1] += " VALUE"
		}
		found = append(found, m[1])
	}
	slices.Sort(found)
	return found
}

func TestHelpFitsATerminal(t *testing.T) {
	for line := range strings.Lines(help) {
		if flag := regexp.MustCompile(`^  -\S+ [A-Z]+ \S`); flag.MatchString(line) {
			t.Errorf("The manual takes what follows the value for a part of it, as there is only one blank between: %q", line)
		}
		if len(line) > 81 {
			t.Errorf("wider than a terminal: %q", line)
		}
	}
}

func TestHelpSaysWhoMayComeIn(t *testing.T) {
	if c, err := Parse([]string{"-help"}); err != nil || c.Print != help {
		t.Errorf("-help prints %q, %v", c.Print, err)
	}
	for _, want := range []string{"QR code", "PIN", "let in", "-open", "on this computer", "not encrypted"} {
		if !strings.Contains(help[:strings.Index(help, "Usage:")], want) {
			t.Errorf("no word of %q", want)
		}
	}
}

func TestVersionIsThePackages(t *testing.T) {
	toml, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^\s*Version = "(.*)"`).FindSubmatch(toml)
	if m == nil || string(m[1]) != Version {
		t.Errorf("FyneApp.toml says %s, the program %s", m, Version)
	}
	if c, _ := Parse([]string{"-version"}); !strings.HasPrefix(c.Print, "Windowsill "+Version+" ") {
		t.Errorf("%q", c.Print)
	}
}

func TestOptionsAreThoseOfTheCommand(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/cache")
	c := Command{Policy: server.Policy{Open: true}, NoWindow: true, MaxFiles: 7}
	o := c.Options()
	if o.Policy != c.Policy || o.Room.Files != 7 || !o.Unattended || !o.Announce || !o.Examine || runtime.GOOS == "linux" && o.CacheDir != "/cache" {
		t.Errorf("%+v", o)
	}
	if (Command{}).Options().Unattended {
		t.Error("A window is somebody.")
	}
}
