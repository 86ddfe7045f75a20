package server

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"testing"
)

func TestPicturesForTheOwner(t *testing.T) {
	s, err := New(Options{})
	must(t, err)
	small, err := s.Picture(t.Context(), filepath.Join("media", "testdata", "lossy.webp"), 32)
	must(t, err)
	config, _, err := image.DecodeConfig(bytes.NewReader(small))
	if err != nil || max(config.Width, config.Height) > 32 {
		t.Errorf("a picture of %d × %d, %v", config.Width, config.Height, err)
	}
	dir := t.TempDir()
	text := filepath.Join(dir, "a.txt")
	must(t, os.WriteFile(text, []byte("no picture"), 0o600))
	for _, path := range []string{text, dir, filepath.Join(dir, "missing.jpg")} {
		if small, err := s.Picture(t.Context(), path, 32); err == nil || small != nil {
			t.Errorf("%s has a picture: %d bytes", path, len(small))
		}
	}
}
