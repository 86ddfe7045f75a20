package archive

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windowsill/server/share"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// plant makes files below dir. A path that ends in a slash makes a folder, and
// a content that begins with "->" a link to what follows.
func plant(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(at), 0o777))
		if target, ok := strings.CutPrefix(content, "->"); ok {
			must(t, os.Symlink(target, at))
		} else if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(at, 0o777))
		} else {
			must(t, os.WriteFile(at, []byte(content), 0o666))
		}
	}
}

// packed returns a packer of a new share of these files.
func packed(t testing.TB, files map[string]string) *Packer {
	t.Helper()
	dir := t.TempDir()
	plant(t, dir, files)
	return packedAt(t, dir)
}

func packedAt(t testing.TB, dir string) *Packer {
	t.Helper()
	f, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return New(f)
}

// all selects the whole share.
func all(f Format) Selection { return Selection{Format: f, Title: "Photos"} }

// open opens an archive until the test ends.
func open(t testing.TB, p *Packer, s Selection) *Reader {
	t.Helper()
	r, err := p.Open(context.Background(), "a", s)
	must(t, err)
	t.Cleanup(func() { r.Close() })
	return r
}

// whole returns an archive's bytes and makes sure that they are as many as it
// said.
func whole(t testing.TB, p *Packer, s Selection) []byte {
	t.Helper()
	r := open(t, p, s)
	b, err := io.ReadAll(r)
	must(t, err)
	if int64(len(b)) != r.Size() {
		t.Fatalf("%d bytes, announced were %d", len(b), r.Size())
	}
	return b
}

// sent returns the bytes from one offset to another, as Send gives them.
func sent(r *Reader, from, to int64) ([]byte, error) {
	var b bytes.Buffer
	if _, err := r.Seek(from, io.SeekStart); err != nil {
		return nil, err
	}
	_, err := r.Send(&b, to-from)
	return b.Bytes(), err
}

// bit is content that differs from place to place.
func bit(n int, seed uint64) string {
	b := make([]byte, n)
	rnd := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16)})
	rnd.Read(b)
	return string(b)
}

// anyTree returns the files of a tree that depends on the seed alone.
func anyTree(seed uint64) map[string]string {
	rnd := rand.New(rand.NewPCG(seed, 0))
	files := map[string]string{}
	folders := []string{""}
	for i := range rnd.IntN(12) {
		in := folders[rnd.IntN(len(folders))]
		name := in + []string{"a", "Größe", "with space", "x\ny", "back\\slash", "\xff", "\uFFFDff"}[rnd.IntN(7)] + string(rune('0'+i))
		switch rnd.IntN(4) {
		case 0:
			folders = append(folders, name+"/")
			files[name+"/"] = ""
		case 1:
			files[name] = ""
		case 2:
			files[name] = bit(rnd.IntN(2000), seed+uint64(i))
		default:
			files[name] = bit(rnd.IntN(3*minSendFile), seed+uint64(i))
		}
	}
	return files
}
