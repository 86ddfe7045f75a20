package heif

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"testing"
	"time"
	"windowsill/server/servertest"
)

// The quarters of all test pictures.
var quarters = [4]color.RGBA{{230, 40, 30, 255}, {40, 200, 60, 255}, {30, 60, 220, 255}, {128, 128, 128, 255}}

// order says at which quarters a picture shows which: "0123" if nothing is turned.
func order(img image.Image) (found string, distance int) {
	b := img.Bounds()
	for i := range 4 {
		c := color.RGBAModel.Convert(img.At(b.Dx()*(1+2*(i%2))/4, b.Dy()*(1+2*(i/2))/4)).(color.RGBA)
		best, least := 0, 1000
		for j, q := range quarters {
			if d := apart(c.R, q.R) + apart(c.G, q.G) + apart(c.B, q.B); d < least {
				best, least = j, d
			}
		}
		found, distance = found+fmt.Sprint(best), max(distance, least)
	}
	return found, distance
}

func apart(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

const most = 100_000_000

func TestPicturesHaveTheirColours(t *testing.T) {
	as := func(name, brand string) []byte {
		b := servertest.Testdata(t, name)
		copy(b[8:], brand)
		return b
	}
	for name, data := range map[string][]byte{
		"full range":                   servertest.Testdata(t, "full.heic"),
		"limited range":                singleOf(servertest.Testdata(t, "limited.mp4")),
		"limited range in a grid":      gridOf(servertest.Testdata(t, "limited.mp4"), 1, 1, 320, 240),
		"BT.709":                       singleOf(servertest.Testdata(t, "bt709.mp4")),
		"BT.709 in a grid":             gridOf(servertest.Testdata(t, "bt709.mp4"), 1, 1, 320, 240),
		"BT.2020, limited":             singleOf(servertest.Testdata(t, "bt2020.mp4")),
		"BT.2020, limited in a grid":   gridOf(servertest.Testdata(t, "bt2020.mp4"), 1, 1, 320, 240),
		"BT.709, limited":              singleOf(servertest.Testdata(t, "bt709-limited.mp4")),
		"BT.709, limited in a grid":    gridOf(servertest.Testdata(t, "bt709-limited.mp4"), 1, 1, 320, 240),
		"with a profile":               servertest.Testdata(t, "p3.heic"),
		"10 bits":                      servertest.Testdata(t, "10bit.heic"),
		"4:4:4":                        servertest.Testdata(t, "444.heic"),
		"of brand mif1":                as("full.heic", "mif1"),
		"of brand heix":                as("10bit.heic", "heix"),
		"grid":                         gridOf(servertest.Testdata(t, "full.heic"), 1, 1, 320, 240),
		"BT.709, limited, by the file": gridOf(servertest.Testdata(t, "bt709-limited.mp4"), 1, 1, 320, 240, nclx(1, false)),
		"the file knows better":        gridOf(servertest.Testdata(t, "full.heic"), 1, 1, 320, 240, nclx(6, true)),
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Decode(data, most)
			if err != nil {
				t.Fatal(err)
			}
			if got, off := order(p.Image); got != "0123" || off > 24 || p.Image.Bounds() != image.Rect(0, 0, 320, 240) {
				t.Errorf("%s, colours differ by %d, %v", got, off, p.Image.Bounds())
			}
		})
	}
}

func TestGrayPicture(t *testing.T) {
	p, err := Decode(servertest.Testdata(t, "gray.heic"), most)
	if err != nil {
		t.Fatal(err)
	}
	if c := color.GrayModel.Convert(p.Image.At(240, 180)).(color.Gray).Y; apart(c, 128) > 4 {
		t.Errorf("%T: gray is %d, want 128", p.Image, c)
	}
}

func TestProfileComesWithThePicture(t *testing.T) {
	for name, want := range map[string]bool{"p3.heic": true, "full.heic": false} {
		p, err := Decode(servertest.Testdata(t, name), most)
		if err != nil || (len(p.Profile) > 400 && string(p.Profile[36:40]) == "acsp") != want {
			t.Errorf("%s: a profile of %d bytes, %v", name, len(p.Profile), err)
		}
	}
}

// The file says how a picture is turned and mirrored, not Exif data.
func TestPicturesAreTheRightWayUp(t *testing.T) {
	for name, c := range map[string]struct {
		properties [][]byte
		want       string
		size       image.Point
	}{
		"not turned":       {nil, "0123", image.Pt(320, 240)},
		"turned left":      {[][]byte{boxOf("irot", []byte{1})}, "1302", image.Pt(240, 320)},
		"upside down":      {[][]byte{boxOf("irot", []byte{2})}, "3210", image.Pt(320, 240)},
		"mirrored":         {[][]byte{boxOf("imir", []byte{1})}, "1032", image.Pt(320, 240)},
		"turned, mirrored": {[][]byte{boxOf("irot", []byte{2}), boxOf("imir", []byte{1})}, "2301", image.Pt(320, 240)},
	} {
		p, err := Decode(gridOf(servertest.Testdata(t, "full.heic"), 1, 1, 320, 240, c.properties...), most)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, off := order(p.Image); got != c.want || off > 24 || p.Image.Bounds().Size() != c.size {
			t.Errorf("%s: %s, want %s; colours differ by %d, %v", name, got, c.want, off, p.Image.Bounds())
		}
	}
}

func TestSmallPictureBesideTheLargeOne(t *testing.T) {
	data := servertest.Testdata(t, "thumb.heic")
	p, err := DecodeThumbnail(data, 160, most)
	if err != nil {
		t.Fatal(err)
	}
	if got, off := order(p.Image); got != "0123" || off > 24 || p.Image.Bounds().Size() != image.Pt(160, 120) {
		t.Errorf("%s, colours differ by %d, %v", got, off, p.Image.Bounds())
	}
	if _, err := DecodeThumbnail(data, 161, most); err != ErrNoThumbnail {
		t.Errorf("too small: %v", err)
	}
	if _, err := DecodeThumbnail(servertest.Testdata(t, "full.heic"), 1, most); err != ErrNoThumbnail {
		t.Errorf("none: %v", err)
	}
}

func TestLargePictureOfManyTiles(t *testing.T) {
	p, err := Decode(gridOf(servertest.Testdata(t, "tile.heic"), 4, 3, 2000, 1500), most)
	if err != nil {
		t.Fatal(err)
	}
	if b := p.Image.Bounds().Size(); b != image.Pt(2000, 1500) {
		t.Error(b)
	}
}

func TestBombsAreRefusedByTheirHeader(t *testing.T) {
	began := time.Now()
	for name, data := range map[string][]byte{
		"more than wanted":  gridOf(servertest.Testdata(t, "tile.heic"), 30, 30, 15_000, 15_000),
		"the largest sizes": bytes.ReplaceAll(servertest.Testdata(t, "full.heic"), numbersOf(0, 320, 0, 240), numbersOf(0xffff, 0xffff, 0xffff, 0xffff)),
	} {
		if _, err := Decode(data, most); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v to see that", took)
	}
}

func TestFilesThatAreNone(t *testing.T) {
	whole := servertest.Testdata(t, "full.heic")
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("hello"), "half of the header": whole[:200],
		"without its picture": bytes.ReplaceAll(whole, []byte("hvcC"), []byte("av1C")),
	} {
		if _, err := Decode(data, most); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(servertest.Testdata(f, "thumb.heic"))
	f.Add(servertest.Testdata(f, "p3.heic"))
	f.Add(gridOf(servertest.Testdata(f, "full.heic"), 2, 2, 100, 90, nclx(1, false)))
	f.Add(servertest.Testdata(f, "cropped-turned-mirrored.avif"))
	f.Add(servertest.Testdata(f, "alpha.heic"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parse(data)
		if err != nil {
			return
		}
		p.encodingOf(p.primary)
		p.size(p.primary)
		p.profile(p.primary)
		img := image.NewRGBA(image.Rect(0, 0, 5, 3))
		for _, i := range p.of[p.primary] {
			img = transformed(img, p.properties[i])
		}
		for aux := range p.auxiliary {
			p.encodingOf(aux)
		}
		if other := p.showing(7, data); len(other) != len(data) {
			t.Error("another length")
		}
	})
}
