//go:build unix

package e2e

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// kills says how often the program is killed, unless WINDOWSILL_KILLS does.
const kills = 5

// sealed is a file of a version that tells by itself whether it is whole.
func sealed(version uint64, size int) []byte {
	b := make([]byte, sha256.Size+size)
	body := b[sha256.Size:]
	random := rand.NewChaCha8([32]byte{byte(version), byte(version >> 8)})
	random.Read(body)
	binary.BigEndian.PutUint64(body, version)
	sum := sha256.Sum256(body)
	copy(b, sum[:])
	return b
}

// unseal returns a file's version, or an error if the file is not whole.
func unseal(path string) (uint64, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	if len(b) < sha256.Size+8 || sha256.Sum256(b[sha256.Size:]) != [sha256.Size]byte(b) {
		return 0, fmt.Errorf("%s is not whole: %d bytes", path, len(b))
	}
	return binary.BigEndian.Uint64(b[sha256.Size:]), nil
}

// uploader sends files to a program that is killed again and again, and
// remembers what it was told.
type uploader struct {
	dir, share string
	client     http.Client
	mu         sync.Mutex // guards what follows
	replaced   uint64     // the last version that was acknowledged for keep.bin
	stored     []string   // what else was
	resumed    string     // the address of a file that comes in parts; "" if none
	sent       uint64     // how many of those were begun
	content    []byte     // of the last
}

// request sends a body and returns the answer, nil if there was none.
func (u *uploader) request(ctx context.Context, method, target string, body []byte, headers ...string) *http.Response {
	q, err := http.NewRequestWithContext(ctx, method, u.share+target, bytes.NewReader(body))
	if err != nil {
		return nil
	}
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	a, err := u.client.Do(q)
	if err != nil {
		return nil
	}
	io.Copy(io.Discard, a.Body)
	a.Body.Close()
	return a
}

// replace puts one version after the other in the place of a file.
func (u *uploader) replace(ctx context.Context) {
	for version := u.replaced + 1; ctx.Err() == nil; version++ {
		if a := u.request(ctx, "PUT", "/keep.bin?overwrite", sealed(version, 1<<20)); a == nil || a.StatusCode != 204 {
			return
		}
		u.mu.Lock()
		u.replaced = version
		u.mu.Unlock()
	}
}

// add puts one file after the other beside those of the same name.
func (u *uploader) add(ctx context.Context) {
	for ctx.Err() == nil {
		a := u.request(ctx, "PUT", "/new.bin", sealed(1, 300<<10))
		if a == nil || a.StatusCode != 201 {
			return
		}
		name, _ := url.PathUnescape(a.Header.Get("Location"))
		u.mu.Lock()
		u.stored = append(u.stored, name)
		u.mu.Unlock()
	}
}

// resume sends files in parts, and goes on where the last time ended.
func (u *uploader) resume(ctx context.Context) {
	for ctx.Err() == nil {
		if u.resumed == "" {
			u.sent++
			u.content = sealed(u.sent, 8<<20)
			name := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "part-%d.bin", u.sent))
			a := u.request(ctx, "POST", "/.windowsill/upload/", nil, "Tus-Resumable", "1.0.0",
				"Upload-Length", strconv.Itoa(len(u.content)), "Upload-Metadata", "filename "+name)
			if a == nil || a.StatusCode != 201 {
				return
			}
			u.resumed = a.Header.Get("Location")
		}
		a := u.request(ctx, "HEAD", u.resumed, nil, "Tus-Resumable", "1.0.0")
		if a == nil {
			return
		}
		if a.StatusCode == 404 { // whole, but nobody could be told; check sees to it that it is there
			a.Header.Set("Upload-Offset", strconv.Itoa(len(u.content)))
		}
		offset, _ := strconv.Atoi(a.Header.Get("Upload-Offset"))
		if offset == len(u.content) {
			u.resumed = ""
			u.mu.Lock()
			u.stored = append(u.stored, fmt.Sprintf("/part-%d.bin", u.sent))
			u.mu.Unlock()
			continue
		}
		u.request(ctx, "PATCH", u.resumed, u.content[offset:], "Tus-Resumable", "1.0.0",
			"Upload-Offset", strconv.Itoa(offset), "Content-Type", "application/offset+octet-stream")
	}
}

// check compares what is in the folder with what was told.
func (u *uploader) check(t *testing.T) {
	t.Helper()
	version, err := unseal(filepath.Join(u.dir, "keep.bin"))
	if err != nil || version < u.replaced {
		t.Errorf("version %d is there, %v; version %d was acknowledged", version, err, u.replaced)
	}
	for _, name := range u.stored {
		if _, err := os.Stat(filepath.Join(u.dir, name)); err != nil {
			t.Errorf("acknowledged, but: %v", err)
		}
	}
	files, err := os.ReadDir(u.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".windowsill-") {
			continue
		}
		if _, err := unseal(filepath.Join(u.dir, f.Name())); err != nil {
			t.Error(err)
		}
	}
}

// serve starts the program and returns when it answers.
func (u *uploader) serve(t *testing.T) *program {
	t.Helper()
	port := freePort(t)
	u.share = "http://127.0.0.1:" + port
	p := start(t, nil, built, "-no-window", "-port", port, "-visitors", "change", u.dir)
	eventually(t, "it answers", func() bool { return !refused(port) })
	return p
}

func TestAKilledProgramLeavesOnlyWholeFiles(t *testing.T) {
	times := kills
	if n, err := strconv.Atoi(os.Getenv("WINDOWSILL_KILLS")); err == nil {
		times = n
	}
	u := &uploader{dir: folderWith(t, map[string]string{"keep.bin": string(sealed(0, 1<<20))})}
	u.client.Transport = &http.Transport{DisableKeepAlives: true}
	for range times {
		p := u.serve(t)
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for _, work := range []func(context.Context){u.replace, u.add, u.resume} {
			all.Go(func() { work(ctx) })
		}
		time.Sleep(rand.N(400 * time.Millisecond)) // any moment will do
		p.signal(t, syscall.SIGKILL)
		p.exit(t)
		cancel()
		all.Wait()
		u.check(t)
	}
	u.serve(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	begun := u.sent
	if u.resumed == "" { // the server never heard of the last one: the next one will do
		begun++
	}
	var all sync.WaitGroup
	all.Go(func() { u.resume(ctx) })
	eventually(t, "the upload that was under way is whole", func() bool {
		_, err := unseal(filepath.Join(u.dir, fmt.Sprintf("part-%d.bin", begun)))
		return err == nil
	})
	cancel()
	all.Wait()
	u.check(t)
	t.Logf("killed %d times: %d replaced, %d stored, %d in parts", times, u.replaced, len(u.stored), u.sent)
}
