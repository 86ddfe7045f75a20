package kit

import (
	"image"
	"image/color"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	qr "github.com/skip2/go-qrcode"
)

// qrSideMin is the smallest side of a code. It gives three pixels to each module
// of a URL with an IPv6 address, a port and a key of 128 bits.
const qrSideMin = 3 * 45

// QRCode draws the black modules of a text's QR code, each a whole number of device
// pixels. What is behind it has to be white in every theme: cameras fail at anything
// else.
type QRCode struct {
	raster  *canvas.Raster
	text    string
	modules atomic.Pointer[[][]bool] // with the quiet zone; read when Fyne paints
}

// NewQRCode returns a code of nothing.
func NewQRCode() *QRCode {
	c := &QRCode{}
	c.raster = canvas.NewRaster(c.draw)
	c.raster.ScaleMode = canvas.ImageScalePixels
	c.raster.SetMinSize(fyne.NewSquareSize(qrSideMin))
	return c
}

// Object returns the object that draws the code.
func (c *QRCode) Object() fyne.CanvasObject { return c.raster }

// Text returns what the code says.
func (c *QRCode) Text() string { return c.text }

// Set changes the text, such as a URL.
func (c *QRCode) Set(text string) {
	if c.text == text {
		return
	}
	c.text = text
	code, err := qr.New(text, qr.Medium)
	if err != nil { // more than 2,331 bytes
		c.modules.Store(nil)
	} else {
		bitmap := code.Bitmap()
		c.modules.Store(&bitmap)
	}
	c.raster.Refresh()
}

// size returns the number of modules on a side, with the quiet zone.
func (c *QRCode) size() int {
	if m := c.modules.Load(); m != nil {
		return len(*m)
	}
	return 0
}

// draw paints the code in the middle of an image of this many device pixels. The rest
// stays transparent: an opaque square would cover the round corners of its paper.
func (c *QRCode) draw(width, height int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.Transparent, color.Black})
	modules := c.modules.Load()
	if modules == nil {
		return img
	}
	n := len(*modules)
	px := max(1, min(width, height)/n)
	left, top := (width-px*n)/2, (height-px*n)/2
	for y := max(0, top); y < min(height, top+px*n); y++ {
		row := (*modules)[(y-top)/px]
		for x := max(0, left); x < min(width, left+px*n); x++ {
			if row[(x-left)/px] {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	return img
}

// paperPad is the white around the quiet zone, for the round corners.
const paperPad = 2

// QRPaper is a code on white paper with round corners. A line shows where it ends in the
// light theme, whose cards are as white.
type QRPaper struct {
	Content *fyne.Container
	Code    *QRCode
}

// NewQRPaper returns paper with a code of nothing.
func NewQRPaper() *QRPaper {
	c := NewQRCode()
	return &QRPaper{container.New(qrPaperLayout{c}, NewCard(colorPaper, theme.ColorNameSeparator, RadiusInner+2, paperPad, c.raster)), c}
}

// Set changes the text of the code.
func (p *QRPaper) Set(text string) {
	p.Code.Set(text)
	p.Content.Refresh() // its size depends on that of the code
}

// Fade draws the code so faintly that it does not look as if it led anywhere, or no
// longer so.
func (p *QRPaper) Fade(faint bool) {
	translucency := 0.0
	if faint {
		translucency = 0.85
	}
	if r := p.Code.raster; r.Translucency != translucency {
		r.Translucency = translucency
		r.Refresh()
	}
}

// qrPaperLayout makes the paper the largest square in the middle that the code
// fills with whole pixels.
type qrPaperLayout struct{ code *QRCode }

func (qrPaperLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l qrPaperLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := min(s.Width, s.Height)
	if n := l.code.size(); n > 0 {
		side = max(float32(n*(int(side-2*paperPad)/n))+2*paperPad, o[0].MinSize().Width)
	}
	o[0].Resize(fyne.NewSquareSize(side))
	o[0].Move(fyne.NewPos((s.Width-side)/2, (s.Height-side)/2))
}
