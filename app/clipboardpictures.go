package app

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	_ "image/gif" // formats that are copied
	_ "image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"windowsill/app/desktop"
	"windowsill/app/words"
)

// copiedSide is how many pixels a picture has at most when it is copied, if it is not a
// PNG already.
const copiedSide = 4096

// pictured are the extensions of files that can be copied as pictures.
var pictured = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".avif", ".jxl", ".bmp", ".tif", ".tiff"}

// needError names the program without which no picture can be pasted.
type needError string

// Error returns that in English.
func (e needError) Error() string {
	return "Pictures can be pasted once " + string(e) + " is installed."
}

// Sentence returns a sentence for a person as a template, and what to put into it.
func (e needError) Sentence() (template string, data map[string]any) {
	return words.Phrase("Pictures can be pasted once {{.Program}} is installed."), map[string]any{"Program": string(e)}
}

// pastedFiles keeps what was on the clipboard as files until the program ends.
type pastedFiles struct {
	mu     sync.Mutex
	folder string // "" before the first; guarded by mu
}

// keep returns the path of a new file.
func (p *pastedFiles) keep(name string, content []byte) (path string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folder == "" {
		if p.folder, err = os.MkdirTemp("", "windowsill-pasted-"); err != nil {
			return "", err
		}
	}
	path = filepath.Join(p.folder, name)
	return path, os.WriteFile(path, content, 0o600)
}

func (p *pastedFiles) remove() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.folder != "" {
		os.RemoveAll(p.folder)
	}
}

// isPictured reports whether a file can be copied as a picture.
func isPictured(path string) bool {
	return slices.Contains(pictured, strings.ToLower(filepath.Ext(path))) && desktop.HasPictures()
}

// readPicture returns a picture as a PNG: the file itself, or one that is made of it as
// a small picture is, turned as it should be.
func readPicture(ctx context.Context, path string, make pictureFunc) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotCopied
	}
	if strings.EqualFold(filepath.Ext(path), ".png") && info.Size() <= desktop.MaxPicture {
		return os.ReadFile(path)
	}
	content, err := make(ctx, path, copiedSide)
	if err != nil {
		return nil, err
	}
	img, format, err := image.Decode(bytes.NewReader(content))
	if err != nil || format == "png" {
		return content, err
	}
	flat := image.NewRGBA(img.Bounds()) // of the colours of a JPEG, package png makes 16 bits each
	draw.Draw(flat, flat.Rect, img, img.Bounds().Min, draw.Src)
	var b bytes.Buffer
	err = png.Encode(&b, flat)
	if b.Len() > desktop.MaxPicture {
		err = errors.Join(err, desktop.ErrPictureTooLarge)
	}
	return b.Bytes(), err
}
