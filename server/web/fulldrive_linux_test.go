package web

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"windowsill/server/access"
	"windowsill/server/receive"
)

// smallDrive makes a drive of 8 MB, which only an administrator can.
func smallDrive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("no small drive to test with: ", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill uses up what is left of a drive.
func fill(t *testing.T, dir string) (filler string) {
	t.Helper()
	filler = filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	must(t, err)
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	return filler
}

func TestADriveThatIsFull(t *testing.T) {
	dir := smallDrive(t)
	must(t, os.WriteFile(filepath.Join(dir, "a"), []byte("old"), 0o666))
	s, url := start(t, dir, setup{Policy: access.Policy{Allow: access.Change}, Room: receive.Limits{Reserve: -1}})
	big := make([]byte, 9<<20)
	for _, body := range []io.Reader{bytes.NewReader(big), struct{ io.Reader }{bytes.NewReader(big)}} {
		if a, text := send(t, "PUT", url+"/a?overwrite", body); a.StatusCode != 507 {
			t.Errorf("more than there is room: %s %s", a.Status, text)
		}
	}
	at := create(t, url, "Upload-Length: 4000000", metadata("filename", "part"))
	for _, upload := range []struct{ method, to string }{{"PUT", url + "/a?overwrite"}, {"PATCH", at}} {
		body, in := io.Pipe()
		var answer *http.Response
		var all sync.WaitGroup
		all.Go(func() {
			answer, _, _ = trySend(upload.method, upload.to, body, "Tus-Resumable: 1.0.0", "Content-Type: "+tusContent, "Upload-Offset: 0")
			body.Close()
		})
		in.Write(big[:1<<20])
		until(t, "a part of it is here", func() bool {
			return slices.ContainsFunc(s.receiver.Uploads(), func(u receive.Upload) bool { return u.State == receive.Arriving && u.Bytes == 1<<20 })
		})
		filler := fill(t, dir)
		in.Write(big[:1<<20])
		in.Close()
		all.Wait()
		if answer == nil || answer.StatusCode != 507 {
			t.Errorf("%s onto a drive that got full: %v", upload.method, answer)
		}
		must(t, os.Remove(filler))
	}
	a := tusSend(t, "HEAD", at, "")
	offset := a.Header.Get("Upload-Offset")
	if len(offset) < 7 {
		t.Errorf("%s bytes were kept", offset)
	}
	tusSend(t, "DELETE", at, "")
	wantOnDisk(t, dir, map[string]string{"a": "old"})
}
