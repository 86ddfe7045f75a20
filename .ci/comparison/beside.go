package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"
)

// Some work is not that of servers; these are the programs that do nothing else.
var (
	vips   = &peer{name: "vipsthumbnail"}
	ffmpeg = &peer{name: "ffmpegthumbnailer"}
	find   = &peer{name: "find"}
	tar    = &peer{name: "tar"}

	tools = []*peer{vips, ffmpeg, find, tar}
)

// run runs commands at the same time until all have ended, and returns how long
// that took and the CPU time that they took. It returns 0 if one is not installed.
func run(commands ...[]string) (took, cpu time.Duration, err error) {
	begin := time.Now()
	var all []*exec.Cmd
	for _, args := range commands {
		c := exec.Command(args[0], args[1:]...)
		if err := c.Start(); errors.Is(err, exec.ErrNotFound) {
			return 0, 0, nil
		} else if err != nil {
			return 0, 0, err
		}
		all = append(all, c)
	}
	for _, c := range all {
		if err := c.Wait(); err != nil {
			return 0, 0, fmt.Errorf("%s: %w", c.Args[0], err)
		}
		cpu += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	return time.Since(begin), cpu, nil
}

const photos = 24 // of 12 megapixels

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

// thumbnails asks for those of photos that nobody has asked for, six at once as
// a browser does; the programs beside it run as often as there are cores.
func thumbnails(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	if err := b.makePhotos(); err != nil {
		return err
	}
	now := time.Now()
	for i := range photos {
		if err := os.Chtimes(b.photo(i), now, now); err != nil { // else they are kept
			return err
		}
	}
	before, begin := p.running.cpu(), time.Now()
	var next atomic.Int32
	err := all(6, func() error {
		for {
			i := int(next.Add(1)) - 1
			if i >= photos {
				return nil
			}
			if _, _, err := fetch(get(p.url(fmt.Sprintf("photos/%d.jpg?thumb=320", i))), http.StatusOK); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return err
	}
	b.noteThumbnails(p, time.Since(begin), p.running.cpu()-before)

	out := filepath.Join(b.work, "thumbnails")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	halves := [][]string{{"vipsthumbnail", "-s", "320", "-o", out + "/%s.jpg"}, {"vipsthumbnail", "-s", "320", "-o", out + "/%s.jpg"}}
	for i := range photos {
		halves[i%2] = append(halves[i%2], b.photo(i))
	}
	if took, cpu, err := run(halves...); err != nil {
		return err
	} else if took > 0 {
		b.noteThumbnails(vips, took, cpu)
	}
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
	b.note("thumbnails of 12 MP photos, photos/s", p, photos/took.Seconds())
	b.note("thumbnails of 12 MP photos, CPU ms each", p, cpu.Seconds()*1e3/photos)
}

// search looks for a name that nothing has, in all folders.
func search(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	begin := time.Now()
	if _, _, err := fetch(get(p.url("?json&q=zyzzyva")), http.StatusOK); err != nil {
		return err
	}
	const row = "search of 170,000 names, ms"
	b.note(row, p, time.Since(begin).Seconds()*1e3)
	took, _, err := run([]string{"find", b.dir, "-iname", "*zyzzyva*"})
	if err == nil && took > 0 {
		b.note(row, find, took.Seconds()*1e3)
	}
	return err
}

const tinyFiles = 50_000

// tinyZIP takes a folder of tiny files as one. For the first time, they are new.
func tinyZIP(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	dir := filepath.Join(b.dir, "tiny", "0")
	if err := os.Chtimes(dir, time.Time{}, time.Now()); err != nil {
		return err
	}
	one := *p
	if _, err := b.start(&one); err != nil { // it knows no checksums
		return err
	}
	defer one.running.end()
	before, begin := one.running.cpu(), time.Now()
	_, first, err := fetch(get(one.url("tiny/?zip")), http.StatusOK)
	if err != nil {
		return err
	}
	const row = "50,000 tiny files as one"
	b.note(row+", ms to the first byte", p, first.Seconds()*1e3)
	b.note(row+", ms to the last", p, time.Since(begin).Seconds()*1e3)
	b.note(row+", CPU ms", p, (one.running.cpu()-before).Seconds()*1e3)
	took, cpu, err := run([]string{"sh", "-c", `tar -cf - -C "$1" . | cat > /dev/null`, "sh", filepath.Join(b.dir, "tiny")})
	if err == nil && took > 0 {
		b.note(row+", ms to the last", tar, took.Seconds()*1e3)
		b.note(row+", CPU ms", tar, cpu.Seconds()*1e3)
	}
	return err
}
