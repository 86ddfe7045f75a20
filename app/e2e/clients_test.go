//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Programs that people fetch files with, each in the way in which it asks most
// of a server.
func TestClientsGetTheSameBytes(t *testing.T) {
	t.Parallel()
	port, content := freePort(t), noise(20<<20)
	serve(t, "-port", port, folderWith(t, map[string]string{"film.bin": content}))
	link := "http://127.0.0.1:" + port + "/film.bin"

	cases := []struct {
		name    string
		command []string
		begun   int // bytes that are in the file already
		want    string
	}{
		{"part of a file", []string{"curl", "-fsS", "-r", "5-", "-o", "got", link}, 0, content[5:]},
		{"end of a file", []string{"curl", "-fsS", "-r", "-7", "-o", "got", link}, 0, content[len(content)-7:]},
		{"download that goes on", []string{"wget", "-q", "-c", "-O", "got", link}, 12_345_678, content},
		{"download in eight parts", []string{"aria2c", "-q", "--no-conf", "-x8", "-s8", "-k1M", "-o", "got", link}, 0, content},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			got := filepath.Join(dir, "got")
			if c.begun > 0 {
				if err := os.WriteFile(got, []byte(content[:c.begun]), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			client := exec.CommandContext(t.Context(), need(t, c.command[0]), c.command[1:]...)
			client.Dir = dir
			client.Env = append(os.Environ(), "no_proxy=127.0.0.1", "NO_PROXY=127.0.0.1")
			if out, err := client.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", strings.Join(c.command, " "), err, out)
			}
			b, err := os.ReadFile(got)
			if err != nil {
				t.Fatal(err)
			}
			if string(b) != c.want {
				t.Errorf("%d bytes came, which are not the %d expected.", len(b), len(c.want))
			}
		})
	}
}

// The kernel itself sends a file, whatever counts and watches on the way.
func TestLargeDownloadUsesSendfile(t *testing.T) {
	t.Parallel()
	strace := need(t, "strace")
	const size = 64 << 20
	port, calls := freePort(t), filepath.Join(t.TempDir(), "calls")
	p := start(t, nil, strace, "-f", "-o", calls, "-e", "trace=sendfile",
		built, "-no-window", "-port", port, folderWith(t, map[string]string{"film.bin": noise(size)}))
	p.untilSharing(t)

	if _, body, err := get(t, "http://127.0.0.1:"+port+"/film.bin"); len(body) != size || err != nil {
		t.Fatalf("%d bytes came, %v", len(body), err)
	}
	row := regexp.MustCompile(`"GET /film\.bin HTTP/1\.1" 200 ` + strconv.Itoa(size) + " ")
	eventually(t, "the log has the download's whole size", func() bool { return row.MatchString(p.stdout.String()) })
	const lookedAt = 512 // net/http reads and writes the beginning of every body itself
	if sent := sentByKernel(t, calls); sent < size-lookedAt || sent > size {
		t.Errorf("sendfile carried %d of %d bytes", sent, size)
	}
}

// sentByKernel adds up what the calls of sendfile in strace's notes returned.
// A call that was interrupted by another thread's stands on two lines, of
// which the second one has the result.
func sentByKernel(t *testing.T, calls string) (sum int) {
	t.Helper()
	b, err := os.ReadFile(calls)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)sendfile.*\) += (\d+)$`).FindAllStringSubmatch(string(b), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}
