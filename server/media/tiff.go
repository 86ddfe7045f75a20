package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"io"

	"windowsill/server/media/tiff"
	"windowsill/server/share"
)

// firstPage opens the first page of a TIFF file.
func firstPage(r io.Reader) (*tiff.Page, error) {
	f, err := tiff.Open(r.(io.ReaderAt))
	if err != nil {
		return nil, err
	}
	return f.Pages[0], nil
}

func configTIFF(r io.Reader) (image.Config, error) {
	p, err := firstPage(r)
	if err != nil {
		return image.Config{}, err
	}
	c, _, err := p.Config()
	return c, err
}

func decodersTIFF(_ image.Config, data *io.SectionReader, _ int) []decoder {
	p, err := firstPage(readerOf(data, nil))
	if err != nil {
		return nil
	}
	_, memory, err := p.Config()
	if err != nil {
		return nil
	}
	return []decoder{{memory, func(r io.Reader) (image.Image, error) {
		p, err := firstPage(r)
		if err != nil {
			return nil, err
		}
		return decodePage(p)
	}}}
}

func decodePage(p *tiff.Page) (image.Image, error) {
	img, err := p.Decode()
	if errors.Is(err, tiff.ErrIncomplete) {
		err = errIncomplete
	}
	return img, err
}

// isTIFF reports whether a file begins like TIFF or BigTIFF.
func isTIFF(head []byte) bool {
	return hasMagic(head, "II*\x00") || hasMagic(head, "MM\x00*") || hasMagic(head, "II+\x00") || hasMagic(head, "MM\x00+")
}

// turnAndProfile adds what a BigTIFF file says of its first page.
func (f *findings) turnAndProfile(file *io.SectionReader) {
	if p, err := firstPage(file); err == nil {
		f.turn, f.profile = orientation(p.Orientation()), p.Profile()
	}
}

// Pages returns how many pages a TIFF file has; 1 for all other files.
func Pages(file *share.File) int {
	data := io.NewSectionReader(file.Content(), 0, file.Size())
	if !isTIFF(headOf(data)) {
		return 1
	}
	f, err := tiff.Open(data)
	if err != nil {
		return 1
	}
	return len(f.Pages)
}

// pageTask is the input of the job that makes a picture of a page, which is counted
// from 0.
func pageTask(file io.Reader, page int) io.Reader {
	return io.MultiReader(bytes.NewReader(binary.BigEndian.AppendUint32(nil, uint32(page))), file)
}

// convertPage makes a picture of a page, as pageTask hands it over.
func convertPage(input []byte, out io.Writer) error {
	const header = 4
	if len(input) < header {
		return errFormat
	}
	f, err := tiff.Open(bytes.NewReader(input[header:]))
	if err != nil {
		return err
	}
	number := binary.BigEndian.Uint32(input)
	if number >= uint32(len(f.Pages)) {
		return errFormat
	}
	p := f.Pages[number]
	if c, _, err := p.Config(); err != nil || int64(c.Width)*int64(c.Height) > maxPixels {
		return errors.Join(errTooLarge, err)
	}
	img, err := decodePage(p)
	if img == nil {
		return err
	}
	b := img.Bounds()
	whole, colours, err := fitInSRGB(context.Background(), img, p.Profile(), max(b.Dx(), b.Dy()))
	if err != nil {
		return err
	}
	return writeJPEG(out, orientation(p.Orientation()).apply(whole), colours)
}
