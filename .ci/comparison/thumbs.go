package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"
)

const photos = 24 // of 12 megapixels

const photoRow = "thumbnails of 12 MP photos"

// makePhotos makes photos with the light, edges and grain of real ones, and
// without a preview.
func (b *bench) makePhotos() error {
	const width, height, different = 4000, 3000, 4
	for i := range photos {
		path := b.photo(i)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if i >= different {
			content, err := os.ReadFile(b.photo(i % different))
			if err != nil {
				return err
			}
			if err := os.WriteFile(path, content, 0o644); err != nil {
				return err
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		picture := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
		grain := rand.New(rand.NewPCG(uint64(i), 1))
		for y := range height {
			for x := range width {
				light := 128 + 60*math.Sin(float64(x)/310+float64(i)) + 40*math.Sin(float64(y)/170)
				if (x/97+y/61+i)%7 == 0 {
					light += 25
				}
				picture.Y[picture.YOffset(x, y)] = uint8(light) + uint8(grain.IntN(6))
				c := picture.COffset(x, y)
				picture.Cb[c], picture.Cr[c] = uint8(x*255/width), uint8(y*255/height)
			}
		}
		var encoded bytes.Buffer
		if err := jpeg.Encode(&encoded, picture, &jpeg.Options{Quality: 90}); err != nil {
			return err
		}
		if err := os.WriteFile(path, encoded.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) photo(i int) string { return filepath.Join(b.dir, "photos", fmt.Sprintf("%d.jpg", i)) }

// thumbnails asks for those of photos that nobody has asked for; the programs
// beside it run as often as there are cores.
func thumbnails(b *bench, p *peer) error {
	if !p.ours {
		return nil
	}
	if err := b.makePhotos(); err != nil {
		return err
	}
	spent, begin := p.running.cpu(), time.Now()
	each, err := b.takeThumbnails(p)
	if err != nil {
		return err
	}
	b.noteThumbnails(p, time.Since(begin), p.running.cpu()-spent)
	b.note(photoRow+", ms for the median one", p, middle(each))
	b.note(photoRow+", ms for the slowest", p, slices.Max(each))
	if err := b.fresh(p, b.noteThumbnailMemory); err != nil || p.name == before {
		return err
	}
	out := filepath.Join(b.work, "thumbnails")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	if err := b.thumbnailsByVips(out); err != nil {
		return err
	}
	return b.thumbnailsByFFmpeg(out)
}

// takeThumbnails takes six at once, as a browser does, and returns how many
// milliseconds each of them took.
func (b *bench) takeThumbnails(p *peer) (each []float64, err error) {
	now := time.Now()
	for i := range photos {
		if err := os.Chtimes(b.photo(i), now, now); err != nil { // else they are kept
			return nil, err
		}
	}
	each = make([]float64, photos)
	var next atomic.Int32
	err = all(6, func() error {
		for {
			i := int(next.Add(1)) - 1
			if i >= photos {
				return nil
			}
			begin := time.Now()
			if _, _, err := fetch(get(p.url(fmt.Sprintf("photos/%d.jpg?thumb=320", i))), http.StatusOK); err != nil {
				return err
			}
			each[i] = time.Since(begin).Seconds() * 1e3
		}
	})
	return each, err
}

// noteThumbnailMemory takes them once more, since looking at the memory takes
// time itself.
func (b *bench) noteThumbnailMemory(p *peer) error {
	most, err := p.running.peak(func() error {
		_, err := b.takeThumbnails(p)
		return err
	})
	if err == nil {
		b.note(photoRow+", memory at most, MB", p, most/1e6)
	}
	return err
}

func (b *bench) thumbnailsByVips(out string) error {
	halves := [][]string{{"vipsthumbnail", "-s", "320", "-o", out + "/%s.jpg"}, {"vipsthumbnail", "-s", "320", "-o", out + "/%s.jpg"}}
	for i := range photos {
		halves[i%2] = append(halves[i%2], b.photo(i))
	}
	took, cpu, err := run(halves...)
	if err == nil && took > 0 {
		b.noteThumbnails(vips, took, cpu)
	}
	return err
}

func (b *bench) thumbnailsByFFmpeg(out string) error {
	var took, cpu time.Duration
	for i := 0; i < photos; i += 2 { // it takes one at a time
		one := func(i int) []string {
			return []string{"ffmpegthumbnailer", "-i", b.photo(i), "-o", fmt.Sprintf("%s/%d.jpg", out, i), "-s", "320"}
		}
		t, c, err := run(one(i), one(i+1))
		if err != nil || t == 0 {
			return err
		}
		took, cpu = took+t, cpu+c
	}
	b.noteThumbnails(ffmpeg, took, cpu)
	return nil
}

func (b *bench) noteThumbnails(p *peer, took, cpu time.Duration) {
	b.note(photoRow+", photos/s", p, photos/took.Seconds())
	b.note(photoRow+", CPU ms each", p, cpu.Seconds()*1e3/photos)
}
