package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"io"

	"github.com/jsummers/gobmp"
)

const (
	maxIcons    = 64      // of a file that are looked at
	maxIconFile = 4 << 20 // bytes of one
)

// icon is the largest picture in a file of icons or cursors.
type icon struct {
	data *io.SectionReader
	dib  dib // unless it is a PNG file
}

// dib is the header of a Windows bitmap in memory, which icons have instead of a file.
type dib struct{ header, width, height, bits, colours, masks int }

// isPNG reports whether an icon is a PNG file rather than a bitmap.
func (i icon) isPNG() bool { return hasMagic(headOf(i.data), signaturePNG) }

// largestIcon finds the picture of most pixels, and of those the one of most colours.
// The readers of icons for Go that there are believe what a file says of its sizes.
func largestIcon(file io.ReaderAt) (icon, image.Config, error) {
	head := read(file, 0, 6)
	if head == nil {
		return icon{}, image.Config{}, errFormat
	}
	var largest icon
	var config image.Config
	var most int
	for n := range min(int(binary.LittleEndian.Uint16(head[4:])), maxIcons) {
		entry := read(file, int64(6+16*n), 16)
		if entry == nil {
			break
		}
		size := min(int64(binary.LittleEndian.Uint32(entry[8:])), maxIconFile)
		one := icon{data: io.NewSectionReader(file, int64(binary.LittleEndian.Uint32(entry[12:])), size)}
		c, err := one.config()
		if rank := c.Width*c.Height*64 + one.dib.bits; err == nil && rank > most {
			largest, config, most = one, c, rank
		}
	}
	if most == 0 {
		return icon{}, image.Config{}, errFormat
	}
	return largest, config, nil
}

func (i *icon) config() (image.Config, error) {
	const largestSide = 1 << 12
	if i.isPNG() {
		c, err := png.DecodeConfig(io.NewSectionReader(i.data, 0, i.data.Size()))
		if err == nil && max(c.Width, c.Height) > largestSide {
			err = errTooLarge
		}
		return c, err
	}
	h := read(i.data, 0, 40)
	if h == nil {
		return image.Config{}, errFormat
	}
	const shortest, longest = 40, 124
	d := dib{
		header: int(binary.LittleEndian.Uint32(h)), width: int(int32(binary.LittleEndian.Uint32(h[4:]))),
		height: int(int32(binary.LittleEndian.Uint32(h[8:]))) / 2, bits: int(binary.LittleEndian.Uint16(h[14:])),
	}
	if d.header < shortest || d.header > longest || d.width < 1 || d.height < 1 || d.width > largestSide || d.height > largestSide {
		return image.Config{}, errFormat
	}
	if used := binary.LittleEndian.Uint32(h[32:]); d.bits <= 8 {
		d.colours = 1 << d.bits
		if used > 0 && used < uint32(d.colours) {
			d.colours = int(used)
		}
	}
	const bitFields = 3
	if d.header == shortest && binary.LittleEndian.Uint32(h[16:]) == bitFields {
		d.masks = 12
	}
	i.dib = d
	return image.Config{Width: d.width, Height: d.height, ColorModel: color.NRGBAModel}, nil
}

func configICO(r io.Reader) (image.Config, error) {
	_, c, err := largestIcon(r.(io.ReaderAt))
	return c, err
}

func decodeICO(r io.Reader) (image.Image, error) {
	i, _, err := largestIcon(r.(io.ReaderAt))
	if err != nil {
		return nil, err
	}
	content := io.NewSectionReader(i.data, 0, i.data.Size())
	if i.isPNG() {
		return png.Decode(content)
	}
	data, err := io.ReadAll(content)
	if err != nil {
		return nil, err
	}
	return i.dib.decode(data)
}

// decode decodes a bitmap as the BMP file that it would be, and then makes it
// transparent where its mask, which follows it, says so.
func (d dib) decode(data []byte) (image.Image, error) {
	const fileHeader = 14
	at := d.header + d.masks + 4*d.colours
	file := append([]byte("BM"), make([]byte, fileHeader-2)...)
	binary.LittleEndian.PutUint32(file[10:], uint32(fileHeader+at))
	file = append(file, data...)
	binary.LittleEndian.PutUint32(file[fileHeader+8:], uint32(d.height))
	img, err := gobmp.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	out := image.NewNRGBA(image.Rect(0, 0, d.width, d.height))
	img = wholePalette(img)
	alpha := d.alpha(data, at)
	for y := range d.height {
		for x := range d.width {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			c.A = alpha(x, y)
			out.SetNRGBA(x, y, c)
		}
	}
	return out, nil
}

// alpha returns how opaque each pixel is: by its fourth channel, if that is used, else
// by the mask.
func (d dib) alpha(data []byte, at int) func(x, y int) uint8 {
	row := (d.width*d.bits + 31) / 32 * 4
	colours := data[min(at, len(data)):]
	if d.bits == 32 && len(colours) >= row*d.height {
		used := false
		for i := 3; i < row*d.height; i += 4 {
			used = used || colours[i] != 0
		}
		if used {
			return func(x, y int) uint8 { return colours[(d.height-1-y)*row+4*x+3] }
		}
	}
	mask := colours[min(row*d.height, len(colours)):]
	maskRow := (d.width + 31) / 32 * 4
	return func(x, y int) uint8 {
		i := (d.height-1-y)*maskRow + x/8
		if i < len(mask) && mask[i]>>(7-x%8)&1 == 1 {
			return 0
		}
		return 255
	}
}

// decodeBMP decodes a BMP file of any kind. golang.org/x/image/bmp knows no compressed
// ones, none of OS/2, of 16 bits, or with fields of bits.
func decodeBMP(r io.Reader) (image.Image, error) {
	img, err := gobmp.Decode(r)
	if err != nil {
		return nil, err
	}
	return wholePalette(img), nil
}

// wholePalette adds black to a palette until any pixel has a colour in it.
func wholePalette(img image.Image) image.Image {
	if c, ok := img.(*image.Paletted); ok {
		for len(c.Palette) < 256 {
			c.Palette = append(c.Palette, color.RGBA{A: 255})
		}
	}
	return img
}
