//go:build unix

package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// folderToTake makes a folder of everything that an archive has to cope with.
func folderToTake(t *testing.T) string {
	t.Helper()
	dir := folderWith(t, map[string]string{
		"film.bin": noise(24 << 20), "second.bin": noise(8 << 20), "a.txt": "hello", "zero": "", "Größe 日本.txt": "x", "new\nline": "x", `back\slash`: "x",
		"quote\"'.txt": "x", "-rf": "x", "trailing. ": "x", "colon:": "x", "not UTF-8 \xff": "x", "sub/deep/b.txt": "y", strings.Repeat("long", 60): "x",
	})
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 500 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("sub/%d.txt", i)), []byte(strings.Repeat("z", i)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// succeed runs a command to its end and returns what it printed.
func succeed(t *testing.T, dir string, command ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), need(t, command[0]), command[1:]...)
	c.Dir = dir
	c.Env = append(os.Environ(), "no_proxy=127.0.0.1", "NO_PROXY=127.0.0.1", "LC_ALL=C.UTF-8")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
	return string(out)
}

// Programs that people open archives with, some by the directory at the end,
// some from the first byte on.
func TestUnpackersTakeTheArchive(t *testing.T) {
	t.Parallel()
	port, dir := freePort(t), t.TempDir()
	serve(t, "-port", port, folderToTake(t))
	for _, kind := range []string{"zip", "tar"} {
		succeed(t, dir, "curl", "-fsS", "-o", "all."+kind, "http://127.0.0.1:"+port+"/?"+kind)
	}
	for _, command := range []string{
		"unzip -tq all.zip", "zipinfo -v all.zip", "7z t all.zip", "bsdtar -xOf all.zip",
		"python3 -c 'import zipfile; assert zipfile.ZipFile(\"all.zip\").testzip() is None'",
		"cat all.zip | bsdtar -xOf - >all.content",
		"tar tvf all.tar", "bsdtar -xOf all.tar", "7z t all.tar", "python3 -c 'import tarfile; tarfile.open(\"all.tar\").getmembers()'",
	} {
		t.Run(command, func(t *testing.T) {
			_, after, piped := strings.Cut(command, "| ")
			if !piped {
				after = command
			}
			need(t, strings.Fields(after)[0])
			succeed(t, dir, "sh", "-c", command)
		})
	}
}

// download fetches a link into a file that may have a part of it, is killed
// when the file has so many bytes, and returns how many it has.
func download(t *testing.T, link, file string, until int64) int64 {
	t.Helper()
	c := exec.CommandContext(t.Context(), need(t, "curl"), "-fsS", "--limit-rate", "10M", "-C", "-", "-o", file, link)
	c.Env = append(os.Environ(), "no_proxy=127.0.0.1", "NO_PROXY=127.0.0.1")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	has := func() int64 {
		info, err := os.Stat(file)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	for end := time.Now().Add(patience); has() < until; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("The download stands still at %d bytes.", has())
		}
	}
	c.Process.Kill()
	c.Wait()
	return has()
}

func TestArchiveThatIsCutAgainAndAgain(t *testing.T) {
	t.Parallel()
	port, dir, folder := freePort(t), t.TempDir(), folderToTake(t)
	link, got := "http://127.0.0.1:"+port+"/?zip", filepath.Join(dir, "got.zip")
	p := serve(t, "-port", port, folder)
	length := regexp.MustCompile(`Content-Length: (\d+)`).FindStringSubmatch(succeed(t, dir, "curl", "-fsSI", link))
	if length == nil {
		t.Fatal("No length is announced.")
	}
	size, _ := strconv.ParseInt(length[1], 10, 64)
	cuts := 0
	for have := int64(0); have < size; cuts++ {
		have = download(t, link, got, min(size, have+rand.Int64N(size/80)))
		if cuts == 10 {
			p.signal(t, syscall.SIGTERM)
			p.exit(t)
			p = serve(t, "-port", port, folder)
		}
	}
	if cuts < 20 {
		t.Errorf("only %d cuts", cuts)
	}
	succeed(t, dir, "curl", "-fsS", "-o", "whole.zip", link)
	succeed(t, dir, "aria2c", "-q", "--no-conf", "-x8", "-s8", "-k1M", "-o", "parts.zip", link)
	for _, name := range []string{"got.zip", "parts.zip"} {
		succeed(t, dir, "cmp", name, "whole.zip")
	}
	succeed(t, dir, "unzip", "-tq", "whole.zip")
}

// The kernel itself sends a file in an archive, once its checksum is known.
func TestArchiveUsesSendfile(t *testing.T) {
	t.Parallel()
	strace := need(t, "strace")
	const size = 32 << 20
	port, calls := freePort(t), filepath.Join(t.TempDir(), "calls")
	p := start(t, nil, strace, "-f", "-o", calls, "-e", "trace=sendfile",
		built, "-no-window", "-port", port, folderWith(t, map[string]string{"film.bin": noise(size), "small.txt": "x"}))
	p.untilSharing(t)
	const lookedAt = 512 // net/http reads and writes the beginning of every body itself
	for i, kind := range []string{"zip", "zip", "tar"} {
		_, body, err := get(t, "http://127.0.0.1:"+port+"/?"+kind)
		if len(body) < size || err != nil {
			t.Fatalf("%d bytes came, %v", len(body), err)
		}
		row := regexp.MustCompile(`"GET /\?` + kind + ` HTTP/1\.1" 200 ` + strconv.Itoa(len(body)) + " ")
		eventually(t, "the log has the archive's whole size", func() bool { return row.MatchString(p.stdout.String()) })
		if sent := sentByKernel(t, calls); sent < i*(size-lookedAt) || sent > i*size {
			t.Errorf("sendfile has carried %d bytes after download %d, want %d", sent, i, i*size)
		}
	}
}
