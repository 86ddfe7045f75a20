package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"windowsill/server/share"
	"windowsill/server/worker"
)

// TestMain makes the test's own program the worker, as it is in the product.
func TestMain(m *testing.M) {
	if worker.Is(os.Args) {
		os.Exit(worker.Main(Jobs()))
	}
	goleak.VerifyTestMain(m)
}

// fileOf opens a file of a share that holds nothing else.
func fileOf(t testing.TB, name, content string) *share.File {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644))
	return openIn(t, dir, name)
}

func openIn(t testing.TB, dir, name string) *share.File {
	t.Helper()
	folder, err := share.Open(dir, share.Options{})
	must(t, err)
	t.Cleanup(func() { folder.Close() })
	f, err := folder.Open(name)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func maker(t testing.TB, o Options) *Maker {
	t.Helper()
	m := New(o)
	t.Cleanup(m.Close)
	return m
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The four quarters of a test picture, as people read them.
var quarters = [4]color.RGBA{
	{220, 30, 30, 255},  // red
	{30, 200, 30, 255},  // green
	{30, 30, 220, 255},  // blue
	{230, 230, 40, 255}, // yellow
}

const quarterNames = "RGBY"

// photoOf returns a picture of four colours, with some grain in it.
func photoOf(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := quarters[2*(2*y/h)+2*x/w]
			grain := uint8((x*7 + y*13) % 16)
			img.SetRGBA(x, y, color.RGBA{c.R + grain, c.G + grain, c.B + grain, 255})
		}
	}
	return img
}

// quartersOf says which colours a picture has at the top and at the bottom,
// such as "RG BY".
func quartersOf(img image.Image) string {
	b := img.Bounds()
	at := func(x, y int) byte {
		r, g, bl, _ := img.At(b.Min.X+b.Dx()*x/4, b.Min.Y+b.Dy()*y/4).RGBA()
		best, least := 0, 1<<30
		for i, q := range quarters {
			d := abs(int(r>>8)-int(q.R)) + abs(int(g>>8)-int(q.G)) + abs(int(bl>>8)-int(q.B))
			if d < least {
				best, least = i, d
			}
		}
		if least > 90 {
			return '?'
		}
		return quarterNames[best]
	}
	return string([]byte{at(1, 1), at(3, 1), ' ', at(1, 3), at(3, 3)})
}

func abs(n int) int { return max(n, -n) }

func encoded(write func(io.Writer) error) []byte {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func encodedJPEG(img image.Image) []byte {
	return encoded(func(w io.Writer) error { return jpeg.Encode(w, img, &jpeg.Options{Quality: 92}) })
}

func encodedPNG(img image.Image) []byte {
	return encoded(func(w io.Writer) error { return png.Encode(w, img) })
}

func encodedGIF(img image.Image) []byte {
	return encoded(func(w io.Writer) error { return gif.Encode(w, img, nil) })
}

func encodedBMP(img image.Image) []byte {
	return encoded(func(w io.Writer) error { return bmp.Encode(w, img) })
}

func encodedTIFF(img image.Image) []byte {
	return encoded(func(w io.Writer) error {
		return tiff.Encode(w, img, &tiff.Options{Compression: tiff.Deflate})
	})
}

// tag is an entry of a TIFF directory, of one number.
type tag struct {
	id    uint16
	value uint32
}

// tiffOf builds a TIFF structure of directories, one after the other, which
// is followed by data. In a tag, a value of dataAt+n means the n-th byte of it.
func tiffOf(order binary.AppendByteOrder, data []byte, directories ...[]tag) []byte {
	size := 8
	for _, d := range directories {
		size += 2 + 12*len(d) + 4
	}
	b := []byte("II")
	if order.String() == "BigEndian" {
		b = []byte("MM")
	}
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	for i, d := range directories {
		b = order.AppendUint16(b, uint16(len(d)))
		for _, t := range d {
			if t.value >= dataAt {
				t.value += uint32(size) - dataAt
			}
			b = order.AppendUint16(b, t.id)
			b = order.AppendUint16(b, 4)
			b = order.AppendUint32(b, 1)
			b = order.AppendUint32(b, t.value)
		}
		next := 0
		if i < len(directories)-1 {
			next = len(b) + 4
		}
		b = order.AppendUint32(b, uint32(next))
	}
	return append(b, data...)
}

const dataAt = 1 << 31

// exifOf returns Exif data with an orientation, and a thumbnail unless it is
// empty.
func exifOf(turn int, thumb []byte) []byte {
	first := []tag{{tagOrientation, uint32(turn)}}
	if len(thumb) == 0 {
		return tiffOf(binary.BigEndian, nil, first)
	}
	return tiffOf(binary.BigEndian, thumb, first, []tag{{tagJPEGOffset, dataAt}, {tagJPEGLength, uint32(len(thumb))}})
}

// withExif puts Exif data into a JPEG file.
func withExif(file, exif []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(8+len(exif)))
	b = append(b, "Exif\x00\x00"...)
	return append(append(b, exif...), file[2:]...)
}

// withChecksum sets the last four bytes of a PNG chunk.
func withChecksum(chunk []byte) []byte {
	length := int(binary.BigEndian.Uint32(chunk))
	return binary.BigEndian.AppendUint32(chunk[:8+length], crc32.ChecksumIEEE(chunk[4:8+length]))
}

// allocated returns how many bytes a function takes in all.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
