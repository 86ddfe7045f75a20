package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"windowsill/server/servertest"
)

// iccOf builds a profile of tags.
func iccOf(space, pcs string, tags map[string][]byte) profile {
	p := make([]byte, 128, 1024)
	p[8] = 2 // version
	copy(p[12:], "prtr"+space+pcs)
	copy(p[36:], "acsp")
	for i, v := range []uint32{0xf6d6, 0x10000, 0xd32d} { // D50
		binary.BigEndian.PutUint32(p[68+4*i:], v)
	}
	p = binary.BigEndian.AppendUint32(p, uint32(len(tags)))
	at := len(p) + 12*len(tags)
	var data []byte
	for name, content := range tags {
		p = append(p, name...)
		p = binary.BigEndian.AppendUint32(p, uint32(at+len(data)))
		p = binary.BigEndian.AppendUint32(p, uint32(len(content)))
		data = append(data, content...)
	}
	p = append(p, data...)
	binary.BigEndian.PutUint32(p, uint32(len(p)))
	return p
}

// tableOf is a table of 16 bits (ICC.1 section 10.10) with two points for each of
// n channels, which become Lab colours.
func tableOf(n int, lab func(point int) [3]uint16) []byte {
	b := append([]byte("mft2\x00\x00\x00\x00"), byte(n), 3, 2, 0)
	for i := range 9 {
		b = binary.BigEndian.AppendUint32(b, map[bool]uint32{true: 0x10000}[i%4 == 0])
	}
	b = append(b, 0, 2, 0, 2)
	for range n {
		b = append(b, 0, 0, 0xff, 0xff)
	}
	for point := range 1 << n {
		for _, v := range lab(point) {
			b = binary.BigEndian.AppendUint16(b, v)
		}
	}
	for range 3 {
		b = append(b, 0, 0, 0xff, 0xff)
	}
	return b
}

// labOf is a Lab colour as tables of 16 bits have it.
func labOf(l, a, b int) [3]uint16 {
	return [3]uint16{uint16(l * 0xff00 / 100), uint16((a + 128) << 8), uint16((b + 128) << 8)}
}

// inks is the profile of a printer whose cyan is a dull green-blue.
var inks = iccOf("CMYK", "Lab ", map[string][]byte{"A2B0": tableOf(4, func(point int) [3]uint16 {
	switch {
	case point&1 != 0: // black
		return labOf(10, 0, 0)
	case point == 8: // cyan alone
		return labOf(60, -40, -20)
	case point == 0:
		return labOf(100, 0, 0)
	}
	return labOf(50, 0, 0)
})})

func near(t *testing.T, what string, got color.Color, want color.RGBA) {
	t.Helper()
	c := color.RGBAModel.Convert(got).(color.RGBA)
	if abs(int(c.R)-int(want.R))+abs(int(c.G)-int(want.G))+abs(int(c.B)-int(want.B)) > 12 {
		t.Errorf("%s is %v, want %v", what, c, want)
	}
}

// The quarters of p3.jpg and adobe.png are these numbers, whatever they mean.
var numbersOfQuarters = [4]color.RGBA{{230, 40, 30, 255}, {40, 200, 60, 255}, {30, 60, 220, 255}, {128, 128, 128, 255}}

func TestProfileOfAPhoneOrACameraIsCarried(t *testing.T) {
	for _, name := range []string{"p3.jpg", "p3.png", "p3.webp", "p3.tif"} {
		img, made, err := thumbnailOf(t, name, servertest.Testdata(t, name), 160)
		must(t, err)
		content := sectionOf(made.Content)
		if got, want := profileIn(content), profileIn(sectionOf(servertest.Testdata(t, "p3.jpg"))); !bytes.Equal(got, want) || len(got) < 400 {
			t.Errorf("%s: a profile of %d bytes, want %d", name, len(got), len(want))
		}
		b := img.Bounds()
		for i, want := range numbersOfQuarters {
			near(t, name, img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4), want)
		}
	}
}

func TestThumbnailsOfFilesOfRealPrograms(t *testing.T) {
	for _, name := range []string{"vips.tif", "vips.gif", "vips.webp", "vips.jpg", "imagemagick.png", "exiftool.jpg"} {
		img, _, err := thumbnailOf(t, name, servertest.Testdata(t, name), 640)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wanted, b := numbersOfQuarters, img.Bounds()
		size := image.Pt(64, 48)
		if name == "exiftool.jpg" { // which is turned
			size, wanted = image.Pt(48, 64), [4]color.RGBA{wanted[2], wanted[0], wanted[3], wanted[1]}
		}
		if b.Size() != size {
			t.Errorf("%s: %v, want %v", name, b.Size(), size)
		}
		for i, want := range wanted {
			near(t, name, img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4), want)
		}
	}
	if _, _, err := thumbnailOf(t, "openjpeg.j2k", servertest.Testdata(t, "openjpeg.j2k"), 160); !errors.Is(err, ErrNoThumbnail) {
		t.Errorf("of JPEG 2000: %v", err)
	}
}

func TestTransparentThumbnailCarriesItsProfileToo(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	img.SetNRGBA(3, 3, color.NRGBA{230, 40, 30, 128})
	p := profileIn(sectionOf(servertest.Testdata(t, "p3.jpg")))
	_, made, err := thumbnailOf(t, "a.png", withProfile(encodedPNG(img), p), 160)
	must(t, err)
	if got := profileIn(sectionOf(made.Content)); made.Type != "image/png" || !bytes.Equal(got, p) {
		t.Errorf("%s with a profile of %d bytes", made.Type, len(got))
	}
}

func TestProfileOfSRGBIsLeftOut(t *testing.T) {
	_, made, err := thumbnailOf(t, "srgb.jpg", servertest.Testdata(t, "srgb.jpg"), 160)
	must(t, err)
	if p := profileIn(sectionOf(servertest.Testdata(t, "srgb.jpg"))); !p.isSRGB() {
		t.Errorf("a profile of %d bytes is not known for sRGB", len(p))
	}
	if got := profileIn(sectionOf(made.Content)); got != nil {
		t.Errorf("a profile of %d bytes", len(got))
	}
}

// A table from Lab to Lab, so to speak: what it makes of its corners is known.
func TestLargeProfileIsConverted(t *testing.T) {
	table := tableOf(3, func(point int) [3]uint16 {
		if point == 4 {
			return labOf(50, 20, 20) // of pure red
		}
		return labOf(100*(point&1+point>>1&1+point>>2)/3, 0, 0)
	})
	p := iccOf("RGB ", "Lab ", map[string][]byte{"A2B0": table, "padd": make([]byte, maxCarried)})
	red := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range red.Pix {
		red.Pix[i] = map[int]uint8{0: 255, 3: 255}[i%4]
	}
	img, made, err := thumbnailOf(t, "a.png", withProfile(encodedPNG(red), p), 160)
	must(t, err)
	near(t, "Lab 50, 20, 20", img.At(80, 60), color.RGBA{160, 105, 87, 255})
	if profileIn(sectionOf(made.Content)) != nil {
		t.Error("it is carried too")
	}
}

func TestInkIsConverted(t *testing.T) {
	for _, size := range []int{100, 2000} {
		cyan := image.NewCMYK(image.Rect(0, 0, size, size))
		for i := 0; i < len(cyan.Pix); i += 4 {
			cyan.Pix[i] = 255
		}
		small, p, err := fitInSRGB(t.Context(), cyan, inks, 160)
		must(t, err)
		near(t, "Lab 60, -40, -20", small.At(50, 50), color.RGBA{0, 163, 181, 255})
		if p != nil || small.Rect.Dx() != min(size, 160) {
			t.Errorf("%v, and a profile of %d bytes", small.Rect, len(p))
		}
	}
}

func TestProfileOfAnotherColourSpaceDoesNotCount(t *testing.T) {
	for _, img := range []image.Image{photo, image.NewGray(photo.Rect)} {
		small, p, err := fitInSRGB(t.Context(), img, inks, 160)
		must(t, err)
		plain, err := fit(t.Context(), img, 160)
		must(t, err)
		if p != nil || !bytes.Equal(small.Pix, plain.Pix) {
			t.Errorf("%T: other colours, or a profile of %d bytes", img, len(p))
		}
	}
}

// Package icc would take gigabytes for such profiles, or more than there are.
func TestProfileThatPromisesTooMuchIsNotUsed(t *testing.T) {
	p := profileIn(sectionOf(servertest.Testdata(t, "p3.jpg")))
	with := func(at int, b ...byte) profile {
		other := slices.Clone(p)
		copy(other[at:], b)
		return other
	}
	const count, first = 128, 132
	deep := tableOf(3, func(int) [3]uint16 { return labOf(0, 0, 0) })
	deep[8] = 15
	modular := append([]byte("mAB \x00\x00\x00\x00\x04\x03\x00\x00"), make([]byte, 60)...)
	modular[27] = 32 // the table
	copy(modular[32:], "\xff\xff\xff\xff")
	promising := []byte("curv\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00\xff\xff")
	within := append([]byte("mAB \x00\x00\x00\x00\x03\x03\x00\x00"), make([]byte, 20)...)
	within[15] = 32 // the curves
	within = append(within, promising...)
	slow := append([]byte("curv\x00\x00\x00\x00\x00\x01\x00\x00"), make([]byte, 2<<16)...)
	detailed := tableOf(3, func(int) [3]uint16 { return labOf(0, 0, 0) })
	copy(detailed[48:], "\xff\xff")
	for name, bad := range map[string]profile{
		"none":                           nil,
		"cut":                            p[:200],
		"another file":                   with(36, 0),
		"four billion tags":              with(count, 0xff, 0xff, 0xff, 0xff),
		"a tag beyond the end":           with(first+4, 0x7f),
		"a long tag":                     with(first+8, 0xff, 0xff, 0xff, 0xff),
		"a table of fifteen channels":    iccOf("RGB ", "Lab ", map[string][]byte{"A2B0": deep}),
		"a table of numbers of 0 bits":   iccOf("CMYK", "Lab ", map[string][]byte{"A2B0": modular}),
		"a curve of four billion points": iccOf("GRAY", "XYZ ", map[string][]byte{"kTRC": promising}),
		"such a curve within a tag":      iccOf("RGB ", "Lab ", map[string][]byte{"A2B0": within}),
		"a curve of 65,536 points":       iccOf("GRAY", "XYZ ", map[string][]byte{"kTRC": slow}),
		"a table with such curves":       iccOf("RGB ", "Lab ", map[string][]byte{"A2B0": detailed}),
		"a device link":                  iccOf("LINK", "Lab ", nil),
	} {
		if bad.channels() != 0 {
			t.Errorf("%s is taken for a profile", name)
		}
		if _, err := bad.converter(); err == nil {
			t.Errorf("%s: converted", name)
		}
	}
}

// A table whose curves have no points is found out only when a colour is looked up.
func TestProfileThatFailsAtAColour(t *testing.T) {
	empty := tableOf(4, func(int) [3]uint16 { return labOf(50, 0, 0) })
	copy(empty[48:], []byte{0, 0}) // entries of the input curves
	p := iccOf("CMYK", "Lab ", map[string][]byte{"A2B0": empty})
	convert, err := p.converter()
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := convert(&[4]float64{.3, .3, .3, .3}); !errors.Is(err, errProfile) {
		t.Fatalf("error %v, want errProfile", err)
	}
	small := photoOf(16, 12)
	ink := &image.CMYK{Pix: small.Pix, Stride: small.Stride, Rect: small.Rect}
	got, _, err := fitInSRGB(t.Context(), ink, p, 8)
	if err != nil {
		t.Fatal(err)
	}
	if want, _, _ := fitInSRGB(t.Context(), ink, nil, 8); !bytes.Equal(got.Pix, want.Pix) {
		t.Error("the thumbnail is not that of the picture without its profile")
	}
}

func TestProfileInManySegments(t *testing.T) {
	long := profile(bytes.Repeat([]byte("profile "), 20_000))
	var file bytes.Buffer
	file.WriteString("\xff\xd8")
	pieces := slices.Collect(slices.Chunk(long, 60_000))
	for _, i := range []int{2, 0, 1} { // in any order
		file.WriteString("\xff\xe2")
		file.Write(binary.BigEndian.AppendUint16(nil, uint16(16+len(pieces[i]))))
		file.WriteString("ICC_PROFILE\x00")
		file.Write([]byte{byte(i + 1), byte(len(pieces))})
		file.Write(pieces[i])
	}
	file.Write(encodedJPEG(photo)[2:])
	if got := profileIn(sectionOf(file.Bytes())); !bytes.Equal(got, long) {
		t.Errorf("%d bytes, want %d", len(got), len(long))
	}
	if got := profileIn(sectionOf(file.Bytes()[:100_000])); got != nil {
		t.Errorf("%d bytes of a profile of which a part is missing", len(got))
	}
}

// Anything may follow a profile's header.
func FuzzProfile(f *testing.F) {
	f.Add([]byte(inks))
	f.Add([]byte(profileIn(sectionOf(servertest.Testdata(f, "p3.jpg")))))
	f.Add([]byte(profileIn(sectionOf(servertest.Testdata(f, "srgb.jpg")))))
	all, _ := filepath.Glob("/usr/share/color/icc/*/*.icc")
	for _, name := range all {
		if b, err := os.ReadFile(name); err == nil && len(b) < 10_000 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		small := photoOf(16, 12)
		ink := &image.CMYK{Pix: small.Pix, Stride: small.Stride, Rect: small.Rect}
		for _, img := range []image.Image{small, ink, image.NewGray(small.Rect)} {
			out, p, err := fitInSRGB(t.Context(), img, b, 8)
			if err != nil {
				t.Fatal(err)
			}
			if made, err := encode(out, p); err != nil {
				t.Fatal(err)
			} else if _, err := decodeAny(made); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func decodeAny(made Thumbnail) (image.Image, error) {
	if made.Type == "image/png" {
		return png.Decode(bytes.NewReader(made.Content))
	}
	return jpeg.Decode(bytes.NewReader(made.Content))
}
