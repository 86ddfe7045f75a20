package media

import (
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"

	"windowsill/server/media/scaledjpeg"
)

// configJPEG reads the header of a JPEG file. image/jpeg knows pictures in CMYK,
// and scaledjpeg those with unusual sampling.
func configJPEG(r io.Reader) (image.Config, error) {
	c, err := scaledjpeg.DecodeConfig(r)
	if seeker, ok := r.(io.ReaderAt); ok && errors.Is(err, scaledjpeg.ErrUnsupported) {
		return jpeg.DecodeConfig(io.NewSectionReader(seeker, 0, 1<<62))
	}
	return c, err
}

// decodersJPEG returns the decoder that is faster for that size, and then one that
// takes what the other one refuses.
func decodersJPEG(c image.Config, data *io.SectionReader, side int) []decoder {
	denom := 1
	for ; denom < 8 && max(c.Width, c.Height) >= 2*denom*oversampling*side; denom *= 2 {
	}
	pixels := int64(c.Width) * int64(c.Height)
	whole := decoder{pixels * bytesPerPixelJPEG(c, data), jpeg.Decode}
	scaled := decoder{pixels * bytesPer64Pixels(denom) / 64, func(r io.Reader) (image.Image, error) {
		img, err := scaledjpeg.Decode(r, denom)
		if errors.Is(err, scaledjpeg.ErrIncomplete) {
			err = errIncomplete
		}
		return img, err
	}}
	if denom > 1 {
		return []decoder{scaled, whole}
	}
	return []decoder{whole, scaled}
}

// bytesPerPixelJPEG takes into account that image/jpeg keeps the coefficients of a
// progressive picture until the last scan, and decodes CMYK in two parts.
func bytesPerPixelJPEG(c image.Config, data *io.SectionReader) int64 {
	perPixel := bytesPerPixel(c)
	if c.ColorModel == color.CMYKModel {
		perPixel *= 2
	}
	if scanJPEG(data).progressive {
		perPixel *= 5
	}
	return perPixel
}

// bytesPer64Pixels returns how many bytes scaledjpeg needs for 64 pixels if it has
// to keep the coefficients.
func bytesPer64Pixels(denom int) int64 {
	n := int64(8 / denom)
	samples, coefficients, masks := n*n, 4*n*n, int64(8)
	return 3 * (samples + coefficients + masks)
}
