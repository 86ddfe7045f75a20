//go:build unix

package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
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

// kills is how often the program is killed, unless WINDOWSILL_KILLS says.
const kills = 5

// uploader sends files to a program that is killed again and again, and
// remembers what was acknowledged.
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

// request sends a request and returns the response, nil if there was none.
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

// replace replaces a file with one version after the other.
func (u *uploader) replace(ctx context.Context) {
	for version := u.replaced + 1; ctx.Err() == nil; version++ {
		if a := u.request(ctx, "PUT", "/keep.bin?overwrite", withChecksum(version, 1<<20)); a == nil || a.StatusCode != 204 {
			return
		}
		u.mu.Lock()
		u.replaced = version
		u.mu.Unlock()
	}
}

// add uploads one file after the other under the same name.
func (u *uploader) add(ctx context.Context) {
	for ctx.Err() == nil {
		a := u.request(ctx, "PUT", "/new.bin", withChecksum(1, 300<<10))
		if a == nil || a.StatusCode != 201 {
			return
		}
		name, _ := url.PathUnescape(a.Header.Get("Location"))
		u.mu.Lock()
		u.stored = append(u.stored, name)
		u.mu.Unlock()
	}
}

// resume uploads files that can be resumed, and resumes the last one first.
func (u *uploader) resume(ctx context.Context) {
	for ctx.Err() == nil {
		if u.resumed == "" {
			u.sent++
			u.content = withChecksum(u.sent, 8<<20)
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
		if a.StatusCode == 404 { // whole, but the response was lost; check sees whether the file is there
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

// check compares what is in the folder with what was acknowledged.
func (u *uploader) check(t *testing.T) {
	t.Helper()
	version, err := readChecked(filepath.Join(u.dir, "keep.bin"))
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
		if _, err := readChecked(filepath.Join(u.dir, f.Name())); err != nil {
			t.Error(err)
		}
	}
}

// serve starts the program and returns once it accepts connections.
func (u *uploader) serve(t *testing.T) *program {
	t.Helper()
	port := freePort(t)
	u.share = "http://127.0.0.1:" + port
	p := start(t, nil, programPath, "-no-window", "-port", port, "-visitors", "change", u.dir)
	eventually(t, "it accepts connections", func() bool { return !refused(port) })
	return p
}

func TestKilledProgramLeavesOnlyWholeFiles(t *testing.T) {
	times := kills
	if n, err := strconv.Atoi(os.Getenv("WINDOWSILL_KILLS")); err == nil {
		times = n
	}
	u := &uploader{dir: folderWith(t, map[string]string{"keep.bin": string(withChecksum(0, 1<<20))})}
	u.client.Transport = &http.Transport{DisableKeepAlives: true}
	for range times {
		p := u.serve(t)
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for _, work := range []func(context.Context){u.replace, u.add, u.resume} {
			all.Go(func() { work(ctx) })
		}
		time.Sleep(rand.N(400 * time.Millisecond)) // any moment
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
	if u.resumed == "" { // the last one has not reached the server: take the next one
		begun++
	}
	var all sync.WaitGroup
	all.Go(func() { u.resume(ctx) })
	eventually(t, "the upload that was interrupted is whole", func() bool {
		_, err := readChecked(filepath.Join(u.dir, fmt.Sprintf("part-%d.bin", begun)))
		return err == nil
	})
	cancel()
	all.Wait()
	u.check(t)
	t.Logf("killed %d times: %d replaced, %d stored, %d resumable", times, u.replaced, len(u.stored), u.sent)
}
