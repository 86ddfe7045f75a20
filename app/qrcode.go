package app

import (
	"image"
	"image/color"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	qr "github.com/skip2/go-qrcode"
)

// qrSideMin is the smallest side of the code: the longest link there is, an
// IPv6 address with a port and the key, has three pixels to a module then.
const qrSideMin = 3 * 45

// qrCode draws an address as a QR code: a whole number of device pixels to
// each module, black on white in every theme. Otherwise cameras fail.
type qrCode struct {
	raster  *canvas.Raster
	link    string
	modules atomic.Pointer[[][]bool] // with the quiet zone; drawn on Fyne's painting goroutine
}

func newQRCode() *qrCode {
	c := &qrCode{}
	c.raster = canvas.NewRaster(c.draw)
	c.raster.ScaleMode = canvas.ImageScalePixels
	c.raster.SetMinSize(fyne.NewSquareSize(qrSideMin))
	return c
}

// set shows the code of another address.
func (c *qrCode) set(link string) {
	if c.link == link {
		return
	}
	c.link = link
	code, err := qr.New(link, qr.Medium)
	if err != nil { // an address is far shorter than what a code can hold
		c.modules.Store(nil)
	} else {
		bitmap := code.Bitmap()
		c.modules.Store(&bitmap)
	}
	c.raster.Refresh()
}

// size is the number of modules on each side, with the quiet zone.
func (c *qrCode) size() int {
	if m := c.modules.Load(); m != nil {
		return len(*m)
	}
	return 0
}

// draw paints the code in the middle of width by height device pixels.
func (c *qrCode) draw(width, height int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
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

// paperPad is white around the quiet zone, for the round corners.
const paperPad = 4

// codeLayout puts a code above an address, a second line below that, and what
// one can do. The code takes what is left; the second line goes first where the
// window is low.
type codeLayout struct{}

const codeGap = 2

func (codeLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	code, address, act := o[0].MinSize(), o[1].MinSize(), o[3].MinSize()
	return fyne.NewSize(max(code.Width, address.Width, act.Width), code.Height+address.Height+act.Height+2*codeGap)
}

func (l codeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const overlap = 12 // labels bring padding of their own
	second := o[2].MinSize().Height - overlap
	setShown(o[2], second > 0 && l.MinSize(o).Height+second <= s.Height)
	y := s.Height
	put := func(c fyne.CanvasObject, over float32) {
		height := c.MinSize().Height
		y -= height - over
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, height))
	}
	put(o[3], 0)
	y -= codeGap
	if o[2].Visible() {
		put(o[2], overlap/2)
		y += overlap / 2
	}
	put(o[1], 0)
	y -= codeGap
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, y)))
}

// snug gives the paper under a code the largest square in the middle that the
// code fills with whole pixels.
type snug struct{ code *qrCode }

func (snug) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l snug) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := min(s.Width, s.Height)
	if n := l.code.size(); n > 0 {
		side = max(float32(n*(int(side-2*paperPad)/n))+2*paperPad, o[0].MinSize().Width)
	}
	o[0].Resize(fyne.NewSquareSize(side))
	o[0].Move(fyne.NewPos((s.Width-side)/2, (s.Height-side)/2))
}
