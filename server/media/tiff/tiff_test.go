package tiff

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"windowsill/server/servertest"
)

func firstPage(t testing.TB, data []byte) *Page {
	t.Helper()
	f, err := Open(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return f.Pages[0]
}

// The quarters of the test pictures.
var quarters = [4]color.RGBA{{230, 40, 30, 255}, {40, 200, 60, 255}, {30, 60, 220, 255}, {128, 128, 128, 255}}

// differ returns how far the quarters of a picture are from what they should be.
func differ(img image.Image, want [4]color.RGBA) (most int) {
	b := img.Bounds()
	for i, q := range want {
		c := color.RGBAModel.Convert(img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4)).(color.RGBA)
		for _, d := range []int{int(c.R) - int(q.R), int(c.G) - int(q.G), int(c.B) - int(q.B), int(c.A) - int(q.A)} {
			most = max(most, d, -d)
		}
	}
	return most
}

func grays(v ...uint8) (all [4]color.RGBA) {
	for i, one := range v {
		all[i] = color.RGBA{one, one, one, 255}
	}
	return all
}

func TestPagesAreDecoded(t *testing.T) {
	faint := quarters
	faint[0] = color.RGBA{}
	for name, want := range map[string][4]color.RGBA{
		"none.tif": quarters, "packbits.tif": quarters, "lzw-predictor.tif": quarters, "zstd.tif": quarters,
		"deflate-predictor-big-endian.tif": quarters, "bigtiff.tif": quarters, "bigtiff-big-endian.tif": quarters,
		"planes.tif": quarters, "tiles.tif": quarters, "16bit.tif": quarters, "float.tif": quarters, "palette.tif": quarters,
		"jpeg.tif": quarters, "jpeg-rgb.tif": quarters, "jpeg-tiles.tif": quarters, "yuv420.tif": quarters,
		"cmyk.tif": quarters, "cmyk-jpeg.tif": quarters, "alpha.tif": faint, "turned.tif": quarters, "pyramid.tif": quarters,
		"g3.tif": grays(255, 0, 255, 255), "g3-2d.tif": grays(255, 0, 255, 255), "g3-filled.tif": grays(255, 0, 255, 255),
		"g3-2d-filled-lsb.tif": grays(255, 0, 255, 255), "fax2tiff.tif": grays(255, 0, 255, 255), "g4-black-is-zero.tif": grays(255, 0, 255, 255),
		"g4.tif": grays(255, 0, 255, 255), "g4-lsb.tif": grays(255, 0, 255, 255), "bilevel.tif": grays(255, 0, 255, 255),
		"gray4.tif": grays(68, 153, 51, 119),
	} {
		t.Run(name, func(t *testing.T) {
			p := firstPage(t, servertest.Testdata(t, name))
			c, memory, err := p.Config()
			if err != nil || c.Width != 64 || c.Height != 48 || memory < 64*48 || memory > 1<<20 {
				t.Errorf("%d by %d, %d bytes, %v", c.Width, c.Height, memory, err)
			}
			img, err := p.Decode()
			if err != nil {
				t.Fatal(err)
			}
			if d := differ(img, want); d > 12 || img.Bounds() != image.Rect(0, 0, 64, 48) || img.ColorModel() != c.ColorModel && name != "palette.tif" {
				t.Errorf("%T, %v: colours differ by %d", img, img.Bounds(), d)
			}
		})
	}
}

// Programs of the nineties put a whole JPEG file into a strip, or beside it.
func TestOldStyleJPEG(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range 64 * 48 {
		img.SetRGBA(i%64, i/64, quarters[2*(i/64/24)+i%64/32])
	}
	var stream bytes.Buffer
	if err := jpeg.Encode(&stream, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	n := uint32(stream.Len())
	for name, tags := range map[string][][3]uint32{
		"in the strip": {{tagStripOffsets, 1, dataAt}, {tagSamples, 1, 3}, {tagStripLengths, 1, n}},
		"beside it":    {{tagStripOffsets, 1, 0}, {tagSamples, 1, 3}, {tagStripLengths, 1, n}, {tagJPEGOffset, 1, dataAt}, {tagJPEGLength, 1, n}},
	} {
		tags = append([][3]uint32{{tagWidth, 1, 64}, {tagHeight, 1, 48}, {tagBits, 1, 8}, {tagCompression, 1, oldJPEG}, {tagPhotometric, 1, yCbCr}}, tags...)
		got, err := firstPage(t, fileOf(stream.Bytes(), tags...)).Decode()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if d := differ(got, quarters); d > 12 {
			t.Errorf("%s: colours differ by %d", name, d)
		}
	}
}

const dataAt = 1 << 31

// fileOf is a file of one page: its tags with count and value, of 32 bits, and data. A
// value of dataAt+n means the n-th byte of that.
func fileOf(data []byte, tags ...[3]uint32) []byte {
	le, at := binary.LittleEndian, uint32(8+2+12*len(tags)+4)
	file := le.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), uint16(len(tags)))
	for _, tag := range tags {
		if tag[2] >= dataAt {
			tag[2] += at - dataAt
		}
		file = le.AppendUint16(le.AppendUint16(file, uint16(tag[0])), kindLong)
		file = le.AppendUint32(le.AppendUint32(file, tag[1]), tag[2])
	}
	return append(le.AppendUint32(file, 0), data...)
}

func TestDecodingTakesNoMoreMemoryThanTold(t *testing.T) {
	const side, strips = 2000, 40
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(make([]byte, side*3*side/strips))
	z.Close()
	var data []byte
	for range strips {
		data = binary.LittleEndian.AppendUint32(data, 8+2+12*9+4+2*4*strips) // all are the same
	}
	for range strips {
		data = binary.LittleEndian.AppendUint32(data, uint32(packed.Len()))
	}
	file := fileOf(append(data, packed.Bytes()...), [3]uint32{tagWidth, 1, side}, [3]uint32{tagHeight, 1, side}, [3]uint32{tagBits, 1, 8},
		[3]uint32{tagCompression, 1, deflate}, [3]uint32{tagPhotometric, 1, rgb}, [3]uint32{tagStripOffsets, strips, dataAt},
		[3]uint32{tagSamples, 1, 3}, [3]uint32{tagRowsPerStrip, 1, side / strips}, [3]uint32{tagStripLengths, strips, dataAt + 4*strips})
	p := firstPage(t, file)
	_, told, err := p.Config()
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = p.Decode()
	runtime.ReadMemStats(&after)
	const unpackers = strips * 64 << 10
	if took := int64(after.TotalAlloc - before.TotalAlloc); err != nil || took > told+unpackers {
		t.Errorf("%d bytes in all, %d told, %v", took, told, err)
	}
}

func TestSamplesAreReducedToBytes(t *testing.T) {
	for name, c := range map[string]struct {
		bits, format int
		order        binary.ByteOrder
		row, want    string
	}{
		"2 bits":             {2, unsigned, binary.LittleEndian, "\x1b", "\x00\x55\xaa\xff"},
		"12 bits":            {12, unsigned, binary.LittleEndian, "\xab\xcd\xef\x01\x20", "\xab\xde\x01"},
		"16 bits":            {16, unsigned, binary.LittleEndian, "\x01\xfe\x02\x7f", "\xfe\x7f"},
		"16 bits, big":       {16, unsigned, binary.BigEndian, "\x01\xfe\x02\x7f", "\x01\x02"},
		"32 bits":            {32, unsigned, binary.LittleEndian, "\x01\x02\x03\x04", "\x04"},
		"8 bits with a sign": {8, signed, binary.LittleEndian, "\x80\x00\x7f", "\x00\x80\xff"},
		"32 bits, floating":  {32, floating, binary.BigEndian, "\x3f\x00\x00\x00\xbf\x80\x00\x00\x7f\xc0\x00\x00\x7f\x80\x00\x00", "\x80\x00\x00\xff"},
		"64 bits, floating":  {64, floating, binary.BigEndian, "\x3f\xf0\x00\x00\x00\x00\x00\x00", "\xff"},
	} {
		l := layout{bits: c.bits, format: c.format, photometric: blackIsZero}
		got := make([]byte, len(c.want))
		l.toBytes(c.order, got, []byte(c.row))
		if string(got) != c.want {
			t.Errorf("%s: %x, want %x", name, got, c.want)
		}
	}
}

func TestPagesOfAFile(t *testing.T) {
	f, err := Open(bytes.NewReader(servertest.Testdata(t, "pages.tif")))
	if err != nil || len(f.Pages) != 3 {
		t.Fatalf("%v, %v", f, err)
	}
	for i, want := range []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}} {
		img, err := f.Pages[i].Decode()
		if err != nil || differ(img, [4]color.RGBA{want, want, want, want}) > 0 {
			t.Errorf("page %d: %v, %v", i+1, img.At(3, 3), err)
		}
	}
	if f, err := Open(bytes.NewReader(servertest.Testdata(t, "pyramid.tif"))); err != nil || len(f.Pages) != 1 {
		t.Errorf("smaller versions are pages: %v, %v", f, err)
	}
}

func TestOrientationAndProfile(t *testing.T) {
	for name, want := range map[string]int{"turned.tif": 8, "none.tif": 1} {
		if got := firstPage(t, servertest.Testdata(t, name)).Orientation(); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	b, err := os.ReadFile("../testdata/p3.tif")
	if err != nil {
		t.Fatal(err)
	}
	if profile := firstPage(t, b).Profile(); len(profile) < 300 || string(profile[36:40]) != "acsp" {
		t.Errorf("a profile of %d bytes", len(profile))
	}
}

func TestDamagedPages(t *testing.T) {
	for name, cut := range map[string]int{"lzw-predictor.tif": 0, "jpeg.tif": 0, "jpeg-tiles.tif": 0} {
		data := servertest.Testdata(t, name)
		p := firstPage(t, data)
		l, _ := p.layout()
		offsets, lengths := p.blocks(&l)
		last := len(offsets) - 1
		clear(data[offsets[last]+int64(cut):][:lengths[last]])
		img, err := firstPage(t, data).Decode()
		if img == nil || err != nil && !errors.Is(err, ErrIncomplete) {
			t.Errorf("%s: %T, %v", name, img, err)
			continue
		}
		if c := color.RGBAModel.Convert(img.At(16, 12)); c == (color.RGBA{}) {
			t.Errorf("%s: the first part is missing", name)
		}
	}
}

func TestPagesThatCannotBeDecoded(t *testing.T) {
	short := func(tag uint16, value int) func(data []byte) {
		return func(data []byte) {
			at := bytes.Index(data, binary.LittleEndian.AppendUint16(nil, tag))
			for data[at+3] != 0 || data[at+2] != 3 && data[at+2] != 4 {
				at += 1 + bytes.Index(data[at+1:], binary.LittleEndian.AppendUint16(nil, tag))
			}
			binary.LittleEndian.PutUint32(data[at+8:], uint32(value))
		}
	}
	for name, change := range map[string]func([]byte){
		"no width":            short(tagWidth, 0),
		"no height":           short(tagHeight, 0),
		"unknown compression": short(tagCompression, 34712),
		"unknown colours":     short(tagPhotometric, 32803),
		"no samples":          short(tagSamples, 0),
		"many samples":        short(tagSamples, 60000),
		"a predictor of bits": func(data []byte) { short(tagBits, 1)(data); short(tagCompression, lzwPacked)(data) },
	} {
		data := servertest.Testdata(t, "none.tif")
		change(data)
		if img, err := firstPage(t, data).Decode(); img != nil || err == nil {
			t.Errorf("%s: %T, %v", name, img, err)
		}
	}
	for _, name := range []string{"lzma.tif", "webp.tif"} {
		if img, err := firstPage(t, servertest.Testdata(t, name)).Decode(); !errors.Is(err, errUnsupported) {
			t.Errorf("%s: %T, %v", name, img, err)
		}
	}
	for _, data := range []string{"", "II*\x00", "II*\x00\x08\x00\x00\x00", "II+\x00\x08\x00\x00\x00", "MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x08", "not a TIFF file at all"} {
		if f, err := Open(bytes.NewReader([]byte(data))); err == nil && len(f.Pages[0].tags) > 0 {
			t.Errorf("%q: %v", data, f)
		}
	}
}

// A page may promise any size; the caller decides before anything is allocated.
func TestMemoryIsToldBeforehand(t *testing.T) {
	data := servertest.Testdata(t, "g4.tif")
	at := bytes.Index(data, []byte{0, 1, 3, 0, 1, 0, 0, 0, 64, 0})
	if at < 0 {
		t.Fatal("no width")
	}
	binary.LittleEndian.PutUint16(data[at+8:], 60000)
	if c, memory, err := firstPage(t, data).Config(); err != nil || c.Width != 60000 || memory < 60000*48 {
		t.Errorf("%v, %d, %v", c, memory, err)
	}
}

// A tile may be larger than its page, by as much as a file likes.
func TestTileLargerThanItsPage(t *testing.T) {
	tiled := func(compression uint32) *Page {
		return firstPage(t, fileOf(bytes.Repeat([]byte{200}, 10<<10), [3]uint32{tagWidth, 1, 10}, [3]uint32{tagHeight, 1, 10}, [3]uint32{tagBits, 1, 8},
			[3]uint32{tagCompression, 1, compression}, [3]uint32{tagPhotometric, 1, blackIsZero}, [3]uint32{tagTileWidth, 1, 1 << 10}, [3]uint32{tagTileHeight, 1, maxSide},
			[3]uint32{tagTileOffsets, 1, dataAt}, [3]uint32{tagTileLengths, 1, 10 << 10}))
	}
	p := tiled(none)
	_, told, _ := p.Config()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	img, err := p.Decode()
	runtime.ReadMemStats(&after)
	if took := int64(after.TotalAlloc - before.TotalAlloc); err != nil || took > told+10<<10 {
		t.Fatalf("%d bytes in all, %d told, %v", took, told, err)
	}
	if c := color.GrayModel.Convert(img.At(9, 9)); c != (color.Gray{200}) {
		t.Errorf("%v in the corner", c)
	}
	if _, told, err := tiled(newJPEG).Config(); err != nil || told < 8<<30 { // for any JPEG file of that size
		t.Errorf("JPEG: %d bytes, %v", told, err)
	}
}

func TestHalfPrecision(t *testing.T) {
	for b, want := range map[uint16]float64{0: 0, 0x3c00: 1, 0x3800: .5, 0xbc00: -1, 0x0001: 1.0 / (1 << 24), 0x7bff: 65504} {
		if got := half(b); got != want {
			t.Errorf("%#x is %v, want %v", b, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.tif")
	for _, name := range names {
		f.Add(servertest.Testdata(f, filepath.Base(name)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, p := range file.Pages[:min(len(file.Pages), 3)] {
			c, memory, err := p.Config()
			if err != nil || memory > 1<<22 {
				continue
			}
			img, err := p.Decode()
			if img != nil && img.Bounds() != image.Rect(0, 0, c.Width, c.Height) {
				t.Fatal(fmt.Sprint(img.Bounds(), c, err))
			}
			p.Profile()
		}
	})
}
