//go:build unix

package e2e

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// folderWith makes a folder with files, given by path and content.
func folderWith(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		writeFile(t, filepath.Join(dir, name), content, 0o644)
	}
	return dir
}

// writeFile writes a file and makes the folders above it.
func writeFile(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// noise returns n bytes without a pattern, always the same ones.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

// silentWAV returns the content of a WAV file of silence.
func silentWAV(seconds int) string {
	const rate, bytesPerSample = 44100, 2
	size := uint32(seconds * rate * bytesPerSample)
	header := struct {
		RIFF          [4]byte
		FileSize      uint32
		WAVE, Fmt     [4]byte
		FmtSize       uint32
		PCM, Channels uint16
		Rate, PerSec  uint32
		Block, Bits   uint16
		Data          [4]byte
		Size          uint32
	}{
		RIFF: [4]byte([]byte("RIFF")), FileSize: 36 + size, WAVE: [4]byte([]byte("WAVE")), Fmt: [4]byte([]byte("fmt ")),
		FmtSize: 16, PCM: 1, Channels: 1, Rate: rate, PerSec: rate * bytesPerSample, Block: bytesPerSample, Bits: 8 * bytesPerSample,
		Data: [4]byte([]byte("data")), Size: size,
	}
	b, _ := binary.Append(nil, binary.LittleEndian, header) // cannot fail for numbers
	return string(append(b, make([]byte, size)...))
}

// makeFilm makes an MP4 film of a minute.
func makeFilm(t *testing.T, path string) {
	t.Helper()
	made, err := exec.CommandContext(t.Context(), need(t, "ffmpeg"), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "60",
		"-pix_fmt", "yuv420p", "-g", "25", "-b:v", "2M", "-movflags", "+faststart", path).CombinedOutput()
	if err != nil {
		t.Fatalf("ffmpeg: %v: %s", err, made)
	}
}

// onePixelPNG is the content of the smallest PNG.
const onePixelPNG = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde" +
	"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// withChecksum returns a file that holds a version and random bytes, and begins
// with their checksum.
func withChecksum(version uint64, size int) []byte {
	b := make([]byte, sha256.Size+size)
	body := b[sha256.Size:]
	random := rand.NewChaCha8([32]byte{byte(version), byte(version >> 8)})
	random.Read(body)
	binary.BigEndian.PutUint64(body, version)
	sum := sha256.Sum256(body)
	copy(b, sum[:])
	return b
}

// readChecked returns the version in a file of withChecksum, or an error if the
// file is not whole.
func readChecked(path string) (uint64, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	if len(b) < sha256.Size+8 || sha256.Sum256(b[sha256.Size:]) != [sha256.Size]byte(b) {
		return 0, fmt.Errorf("%s is not whole: %d bytes", path, len(b))
	}
	return binary.BigEndian.Uint64(b[sha256.Size:]), nil
}

// photos makes files that stand for photos on a phone and returns their paths.
func photos(t *testing.T, count, size int) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for i := range count {
		path := filepath.Join(dir, fmt.Sprintf("IMG_%04d.bin", i))
		if err := os.WriteFile(path, withChecksum(uint64(i), size), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// contents lists the files below a folder, with what is in them.
func contents(t *testing.T, root string) (all []string) {
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
