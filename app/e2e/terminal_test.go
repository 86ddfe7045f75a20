//go:build unix

package e2e

import (
	"fmt"
	"image"
	"image/color"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

func TestTerminalServesAndLogs(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	p := serve(t, "-port", port, folderWith(t, map[string]string{"a b.txt": "hello"}))

	status, body, err := get(t, "http://127.0.0.1:"+port+"/a%20b.txt")
	if status != 200 || body != "hello" || err != nil {
		t.Errorf("GET gives %d %q %v", status, body, err)
	}
	if status, _, _ := get(t, "http://127.0.0.1:"+port+"/nothing"); status != 404 {
		t.Errorf("GET of a name that is not there gives %d", status)
	}
	for _, want := range []string{
		`(?m)^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "GET /a%20b\.txt HTTP/1\.1" 200 5 "-" "windowsill-test"$`,
		`(?m)^127\.0\.0\.1 - - \[.*\] "GET /nothing HTTP/1\.1" 404 \d+ "-" "windowsill-test"$`,
	} {
		line := regexp.MustCompile(want)
		eventually(t, "a line of the log matches "+want, func() bool { return line.MatchString(p.stdout.String()) })
	}
}

func TestTerminalShowsCodeOfItsAddress(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	p := serve(t, "-port", port, t.TempDir())
	link := p.waitForLink(t)
	if u, err := url.Parse(link); err != nil || u.Port() != port {
		t.Errorf("The address is %s, want port %s", link, port)
	}
	if got := readCode(drawTerminal(p.stdout.String())); got != link {
		t.Errorf("The code says %q, the text %q", got, link)
	}
}

// drawTerminal draws the half blocks in a text as a dark terminal does.
func drawTerminal(text string) image.Image {
	const scale = 4
	lines := strings.Split(text, "\n")
	img := image.NewGray(image.Rect(0, 0, 200*scale, 2*len(lines)*scale))
	for row, line := range lines {
		for column, char := range []rune(line) {
			for half, chars := range []string{"▀█", "▄█"} {
				if !strings.ContainsRune(chars, char) {
					continue
				}
				for i := range scale * scale {
					img.SetGray(column*scale+i%scale, (2*row+half)*scale+i/scale, color.Gray{255})
				}
			}
		}
	}
	return img
}

func TestTerminalStopsOnSignal(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			port := freePort(t)
			p := serve(t, "-port", port, t.TempDir())
			p.signal(t, s)
			if code := p.exit(t); code != 0 {
				t.Errorf("exit code %d, want 0", code)
			}
			if !refused(port) {
				t.Error("The port is still open.")
			}
		})
	}
}

func TestTerminalStopsDuringDownload(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	p := serve(t, "-port", port, folderWith(t, map[string]string{"film.bin": noise(32 << 20)}))

	// A device that reads the first bytes and then nothing more.
	c, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET /film.bin HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
	if _, err := c.Read(make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	p.signal(t, syscall.SIGTERM)
	if code := p.exit(t); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}

func TestPortIsChosen(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", ":8000")
	held := err == nil // otherwise somebody else has it, who may close it at any time
	if held {
		defer l.Close()
	}
	for name, args := range map[string][]string{"next free one": nil, "any free one": {"-port", "0"}} {
		t.Run(name, func(t *testing.T) {
			p := start(t, nil, append([]string{programPath, "-no-window", folderWith(t, map[string]string{"x": "y"})}, args...)...)
			u, err := url.Parse(p.waitForLink(t))
			if err != nil {
				t.Fatal(err)
			}
			if held && u.Port() == "8000" || u.Port() == "0" {
				t.Errorf("The address is %s", u)
			}
			if _, body, err := get(t, u.JoinPath("x").String()); body != "y" || err != nil {
				t.Errorf("GET gives %q %v", body, err)
			}
		})
	}
}

func TestHiddenFilesOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]int{"-hidden=false": 404, "-hidden": 200} {
		port := freePort(t)
		serve(t, flag, "-port", port, folderWith(t, map[string]string{".secret": "x"}))
		if status, _, _ := get(t, "http://127.0.0.1:"+port+"/.secret"); status != want {
			t.Errorf("With %s a hidden file gives %d, want %d", flag, status, want)
		}
	}
}

// invalidCommand is a command line that makes no sense (exit code 2) or asks for
// what cannot be done (exit code 1).
type invalidCommand struct {
	name string
	args []string
	code int
	says string // part of the sentence on stderr
}

func TestImpossibleCommandLines(t *testing.T) {
	t.Parallel()
	folder := folderWith(t, nil)
	_, taken := listen(t)
	cases := []invalidCommand{
		{"port that is no number", []string{"-port", "eighty"}, 2, "0 to 65535"},
		{"port too high", []string{"-port", "65536"}, 2, "0 to 65535"},
		{"port without value", []string{"-port"}, 2, "-port"},
		{"unknown flag", []string{"-nonsense"}, 2, "-nonsense"},
		{"empty folder", []string{""}, 2, "empty"},
		{"folder that is not there", []string{"-no-window", filepath.Join(folder, "no")}, 1, "."},
		{"one of two is not there", []string{"-no-window", folder, filepath.Join(folder, "no")}, 1, "."},
		{"port that is taken", []string{"-no-window", "-port", taken, folder}, 1, taken},
		{"no display", []string{folder}, 1, "-no-window"},
	}
	if os.Getuid() != 0 {
		cases = append(cases, invalidCommand{"port for administrators", []string{"-no-window", "-port", "80", folder}, 1, "80"})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := start(t, nil, append([]string{programPath}, c.args...)...)
			if code := p.exit(t); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			said := p.stderr.String()
			if !strings.Contains(said, c.says) || strings.Count(said, "\n") != 1 || strings.Contains(said, "goroutine") {
				t.Errorf("It says %q, want one line with %q", said, c.says)
			}
			if out := p.stdout.String(); out != "" {
				t.Errorf("It prints %q to stdout.", out)
			}
		})
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{"-help": "-no-window", "-h": "Usage", "-version": "Windowsill "} {
		p := start(t, nil, programPath, flag)
		if code := p.exit(t); code != 0 || !strings.Contains(p.stdout.String(), want) || p.stderr.String() != "" {
			t.Errorf("%s: exit code %d, prints %q and %q, want 0 and %q", flag, code, p.stdout.String(), p.stderr.String(), want)
		}
	}
}
