//go:build unix

package e2e

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// colorFilter says whether a colour is one that is looked for.
type colorFilter func(color.NRGBA) bool

// near accepts the colours that are hard to tell from 0xRRGGBB.
func near(rgb uint32) colorFilter {
	const tolerance = 12
	alike := func(a uint8, b uint32) bool { return max(uint32(a), b&0xff)-min(uint32(a), b&0xff) <= tolerance }
	return func(c color.NRGBA) bool { return alike(c.R, rgb>>16) && alike(c.G, rgb>>8) && alike(c.B, rgb) }
}

// exactly accepts the colour 0xRRGGBB alone.
func exactly(rgb uint32) colorFilter {
	return func(c color.NRGBA) bool { return uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B) == rgb }
}

// The colours of the light theme by which the tests find things in the window.
var (
	accent    = near(0x4353d9)    // primary buttons, progress bars
	danger    = near(0xc92a2a)    // buttons that end something
	secondary = exactly(0xe8eaf3) // other buttons
	success   = near(0x0b7547)    // requests that went well
	alarm     = near(0xfdeaea)    // the background of an error
	caution   = near(0xfff3d6)    // the background of a warning
	tint      = exactly(0xeef0ff) // the background of a device's icon

	// Thin lines are drawn half transparent.
	bluish colorFilter = func(c color.NRGBA) bool { return int(c.B) > int(c.R)+60 }    // the focus ring
	ink    colorFilter = func(c color.NRGBA) bool { return max(c.R, c.G, c.B) < 0x98 } // text and icons
)

// areas returns the bounds of all connected areas of a colour.
func areas(img *image.NRGBA, wanted colorFilter) []image.Rectangle {
	left := make([]bool, len(img.Pix)/4) // by pixel: has that colour and is in no area yet
	index := func(p image.Point) int { return img.PixOffset(p.X, p.Y) / 4 }
	var found []image.Rectangle
	each(img.Rect, func(p image.Point) { left[index(p)] = wanted(img.NRGBAAt(p.X, p.Y)) })
	each(img.Rect, func(p image.Point) {
		var area image.Rectangle
		for todo := []image.Point{p}; len(todo) > 0; {
			p, todo = todo[len(todo)-1], todo[:len(todo)-1]
			if !p.In(img.Rect) || !left[index(p)] {
				continue
			}
			left[index(p)] = false
			area = area.Union(image.Rectangle{p, p.Add(image.Pt(1, 1))})
			todo = append(todo, p.Add(image.Pt(1, 0)), p.Sub(image.Pt(1, 0)), p.Add(image.Pt(0, 1)), p.Sub(image.Pt(0, 1)))
		}
		if !area.Empty() {
			found = append(found, area)
		}
	})
	return found
}

// each calls do for every point of an area, row by row.
func each(area image.Rectangle, do func(image.Point)) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			do(image.Pt(x, y))
		}
	}
}

// isButton reports whether an area has the size of the big button, which shares
// and stops.
func isButton(area image.Rectangle) bool { return area.Dx() > 150 && area.Dy() > 30 && area.Dy() < 90 }

// isSmallButton reports whether an area has the size of a button with a word or
// two.
func isSmallButton(area image.Rectangle) bool {
	return area.Dx() > 40 && area.Dx() < 150 && area.Dy() > 20 && area.Dy() < 60
}

// isShortButton reports whether an area has the size of a button with one short
// word.
func isShortButton(area image.Rectangle) bool {
	return area.Dx() > 40 && area.Dx() < 70 && area.Dy() > 25 && area.Dy() < 45
}

// isAnswer reports whether an area has the size of a dialog's button.
func isAnswer(area image.Rectangle) bool {
	return area.Dx() > 80 && area.Dx() < 300 && area.Dy() > 25 && area.Dy() < 60
}

// isNotice reports whether an area has the size of a notice with a button.
func isNotice(area image.Rectangle) bool { return area.Dx() > 200 && area.Dy() > 90 }

// isField reports whether an area has the size of the focus ring of an entry.
func isField(area image.Rectangle) bool { return area.Dx() > 200 && area.Dy() > 20 && area.Dy() < 45 }

// isDeviceIcon reports whether an area has the size of a device's icon.
func isDeviceIcon(area image.Rectangle) bool {
	return area.Dx() > 30 && area.Dx() < 38 && area.Dy() > 30 && area.Dy() < 38
}

// readXWD reads an X window dump as Xvfb writes it at a depth of 24 bits: a
// header of 32-bit numbers, a name, a colour map, and pixels of four bytes, blue
// first.
func readXWD(r io.Reader) (*image.NRGBA, error) {
	var h struct {
		HeaderSize, FileVersion, PixmapFormat, PixmapDepth, Width, Height, XOffset,
		ByteOrder, BitmapUnit, BitmapBitOrder, BitmapPad, BitsPerPixel, BytesPerLine,
		VisualClass, RedMask, GreenMask, BlueMask, BitsPerRGB, ColormapEntries, NColors uint32
	}
	if err := binary.Read(r, binary.BigEndian, &h); err != nil {
		return nil, err
	}
	if h.FileVersion != 7 || h.BitsPerPixel != 32 || h.ByteOrder != 0 || h.RedMask != 0xff0000 {
		return nil, fmt.Errorf("a window dump of another kind: %+v", h)
	}
	const sizeOfColor = 12
	if _, err := io.CopyN(io.Discard, r, int64(h.HeaderSize)-int64(binary.Size(h))+int64(h.NColors)*sizeOfColor); err != nil {
		return nil, err
	}
	img := image.NewNRGBA(image.Rect(0, 0, int(h.Width), int(h.Height)))
	line := make([]byte, h.BytesPerLine)
	for y := range int(h.Height) {
		if _, err := io.ReadFull(r, line); err != nil {
			return nil, err
		}
		for x := range int(h.Width) {
			img.SetNRGBA(x, y, color.NRGBA{line[4*x+2], line[4*x+1], line[4*x], 255})
		}
	}
	return img, nil
}

// readCode returns the text of a QR code somewhere in a picture, or "". gozxing
// misses a corner of some codes that every phone reads, and finds it when the
// picture is rotated a little.
func readCode(img image.Image) string {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	for _, tilt := range []float64{0, 0.05, -0.05, 0.1, 0.3} {
		light := gozxing.NewLuminanceSourceFromImage(tilted{img, tilt})
		for _, binarizer := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(light), gozxing.NewGlobalHistgramBinarizer(light)} {
			bitmap, err := gozxing.NewBinaryBitmap(binarizer)
			if err != nil {
				return ""
			}
			if result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints); err == nil {
				return result.GetText()
			}
		}
	}
	return ""
}

// tilted is a picture rotated around its centre.
type tilted struct {
	image.Image
	by float64 // radians
}

func (t tilted) At(x, y int) color.Color {
	b, sin, cos := t.Bounds(), math.Sin(t.by), math.Cos(t.by)
	dx, dy := float64(x)-float64(b.Dx())/2, float64(y)-float64(b.Dy())/2
	x, y = int(float64(b.Dx())/2+dx*cos-dy*sin), int(float64(b.Dy())/2+dx*sin+dy*cos)
	return t.Image.At(x, y)
}
