package media

import (
	"bufio"
	"compress/lzw"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"io"
)

// decodersGIF returns the decoder of image/gif and, since browsers show more than
// that, one for truncated files. The first picture may cover only a part of the
// canvas.
func decodersGIF(c image.Config, _ *io.SectionReader, _ int) []decoder {
	canvas := image.Rect(0, 0, c.Width, c.Height)
	memory := 5 * int64(c.Width) * int64(c.Height) // the picture, and a canvas of RGBA
	return []decoder{
		{memory, func(r io.Reader) (image.Image, error) {
			img, err := gif.Decode(r)
			if err != nil {
				return nil, err
			}
			return onCanvas(img, canvas), nil
		}},
		{memory, func(r io.Reader) (image.Image, error) {
			img, err := decodeCutGIF(bufio.NewReader(r), canvas)
			if err != nil {
				return nil, err
			}
			return onCanvas(img, canvas), errIncomplete
		}},
	}
}

// onCanvas returns a picture on a transparent canvas, unless it covers all of it.
func onCanvas(img image.Image, canvas image.Rectangle) image.Image {
	if img.Bounds() == canvas {
		return img
	}
	whole := image.NewRGBA(canvas)
	draw.Draw(whole, img.Bounds(), img, img.Bounds().Min, draw.Src)
	return whole
}

// decodeCutGIF decodes as much as there is of the first picture of a GIF file
// (GIF89a).
func decodeCutGIF(r *bufio.Reader, canvas image.Rectangle) (*image.Paletted, error) {
	const imageSeparator, extension, graphicControl = 0x2c, 0x21, 0xf9
	screen, err := readN(r, 13)
	if err != nil {
		return nil, err
	}
	palette, err := readPalette(r, screen[10])
	transparent := -1
	for err == nil {
		var kind byte
		if kind, err = r.ReadByte(); err != nil {
			break
		}
		switch kind {
		case imageSeparator:
			return readImage(r, palette, transparent, canvas)
		case extension:
			var label byte
			if label, err = r.ReadByte(); err != nil {
				break
			}
			body, _ := io.ReadAll(io.LimitReader(&subBlocks{r: r}, 1<<20))
			if label == graphicControl && len(body) == 4 && body[0]&1 != 0 {
				transparent = int(body[3])
			}
		default:
			return nil, errFormat
		}
	}
	return nil, err
}

// readImage reads an image descriptor and as many pixels as there are. Missing
// ones have the first colour of the palette.
func readImage(r *bufio.Reader, palette color.Palette, transparent int, canvas image.Rectangle) (*image.Paletted, error) {
	const interlaced = 0x40
	d, err := readN(r, 9)
	if err != nil {
		return nil, err
	}
	own, err := readPalette(r, d[8])
	if err != nil {
		return nil, err
	}
	if own != nil {
		palette = own
	}
	if transparent >= 0 && transparent < len(palette) {
		palette[transparent] = color.RGBA{}
	}
	corner := image.Pt(int(d[0])|int(d[1])<<8, int(d[2])|int(d[3])<<8)
	rect := image.Rectangle{corner, corner.Add(image.Pt(int(d[4])|int(d[5])<<8, int(d[6])|int(d[7])<<8))}
	codeSize, err := r.ReadByte()
	if err != nil || codeSize < 2 || codeSize > 8 || rect.Empty() || !rect.In(canvas) || len(palette) == 0 {
		return nil, errFormat
	}
	img := image.NewPaletted(rect, palette)
	pixels := lzw.NewReader(&subBlocks{r: r}, lzw.LSB, int(codeSize))
	defer pixels.Close()
	for i, y := range rowsOfGIF(rect.Dy(), d[8]&interlaced != 0) {
		row := img.Pix[y*img.Stride:][:rect.Dx()]
		_, err := io.ReadFull(pixels, row)
		for x, v := range row {
			row[x] = min(v, uint8(len(palette)-1))
		}
		switch {
		case err != nil && i < rect.Dy()/minShown:
			return nil, errFormat
		case err != nil:
			return img, nil
		}
	}
	return img, nil
}

// rowsOfGIF returns the order in which the rows come (GIF89a, appendix E).
func rowsOfGIF(height int, interlaced bool) []int {
	passes := [][2]int{{0, 1}}
	if interlaced {
		passes = [][2]int{{0, 8}, {4, 8}, {2, 4}, {1, 2}}
	}
	rows := make([]int, 0, height)
	for _, p := range passes {
		for y := p[0]; y < height; y += p[1] {
			rows = append(rows, y)
		}
	}
	return rows
}

func readN(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(r, b)
	return b, err
}

// readPalette reads the colours after flags, if there are any.
func readPalette(r io.Reader, flags byte) (color.Palette, error) {
	const present = 0x80
	if flags&present == 0 {
		return nil, nil
	}
	b, err := readN(r, 3<<(1+flags&7))
	if err != nil {
		return nil, err
	}
	palette := make(color.Palette, 0, len(b)/3)
	for ; len(b) > 0; b = b[3:] {
		palette = append(palette, color.RGBA{b[0], b[1], b[2], 255})
	}
	return palette, nil
}

// subBlocks reads the content of sub-blocks up to the empty one that ends them.
type subBlocks struct {
	r    *bufio.Reader
	left int // bytes of the current one
	end  bool
}

func (s *subBlocks) Read(p []byte) (int, error) {
	for s.left == 0 {
		if s.end {
			return 0, io.EOF
		}
		n, err := s.r.ReadByte()
		if err != nil {
			return 0, err
		}
		s.left, s.end = int(n), n == 0
	}
	n, err := s.r.Read(p[:min(len(p), s.left)])
	s.left -= n
	return n, err
}
