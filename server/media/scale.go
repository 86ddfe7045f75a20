package media

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	scaling "golang.org/x/image/draw"
)

// quality is the JPEG quality of thumbnails, up to 100.
const quality = 80

// oversampling is how many times larger than the thumbnail a picture stays when it
// is reduced by an integer, which is fast. The filter that makes the thumbnail
// sharp comes after that.
const oversampling = 2

// fit scales img down to fit into a square of side pixels.
func fit(ctx context.Context, img image.Image, side int) (*image.RGBA, error) {
	size := img.Bounds().Size()
	long := max(size.X, size.Y)
	target := size
	if long > side {
		target = image.Pt(max(1, (size.X*side+long/2)/long), max(1, (size.Y*side+long/2)/long))
	}
	if by := long / (oversampling * side); by > 1 {
		var err error
		if img, err = reduce(ctx, img, by); err != nil {
			return nil, err
		}
	}
	if c, ok := img.(*image.YCbCr); ok && c.Rect.Max != target {
		if c = resample(c, target); c != nil {
			img = c
		}
	}
	small := image.NewRGBA(image.Rectangle{Max: target})
	if img.Bounds().Size() == target {
		draw.Draw(small, small.Rect, img, img.Bounds().Min, draw.Src)
	} else {
		scaling.CatmullRom.Scale(small, small.Rect, img, img.Bounds(), scaling.Src, nil)
	}
	return small, ctx.Err()
}

// reduce makes a picture smaller by an integer factor: each pixel is the mean of a
// square.
func reduce(ctx context.Context, img image.Image, by int) (image.Image, error) {
	if c, ok := img.(*image.YCbCr); ok && c.Rect.Min == (image.Point{}) {
		if x, y := subsampling(c.SubsampleRatio); x != 0 {
			return reduceYCbCr(c, by&^1, x, y), ctx.Err()
		}
	}
	from := img.Bounds()
	band := image.NewRGBA(image.Rect(0, 0, from.Dx(), by))
	out := image.NewRGBA(image.Rect(0, 0, ceil(from.Dx(), by), ceil(from.Dy(), by)))
	for y := range out.Rect.Dy() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rows := min(by, from.Dy()-y*by)
		draw.Draw(band, image.Rect(0, 0, from.Dx(), rows), img, from.Min.Add(image.Pt(0, y*by)), draw.Src)
		meanRGBA(out.Pix[y*out.Stride:][:out.Stride], band, rows, by)
	}
	return out, nil
}

// meanRGBA writes a row of means of squares of a band.
func meanRGBA(row []uint8, band *image.RGBA, rows, by int) {
	width := band.Rect.Dx()
	for x := range len(row) / 4 {
		cols := min(by, width-x*by)
		var r, g, b, a, n uint32
		for y := range rows {
			p := band.Pix[y*band.Stride+4*x*by:][:4*cols]
			for len(p) >= 4 {
				r, g, b, a = r+uint32(p[0]), g+uint32(p[1]), b+uint32(p[2]), a+uint32(p[3])
				p = p[4:]
			}
		}
		n = uint32(rows * cols)
		o := row[4*x:][:4]
		o[0], o[1], o[2], o[3] = uint8((r+n/2)/n), uint8((g+n/2)/n), uint8((b+n/2)/n), uint8((a+n/2)/n)
	}
}

// subsampling returns how many pixels share a chroma sample horizontally and
// vertically; zeros if that is not one or two.
func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio444:
		return 1, 1
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	}
	return 0, 0
}

// reduceYCbCr reduces luma and chroma separately, since converting to RGB would
// take longer than all the rest. by is even.
func reduceYCbCr(c *image.YCbCr, by, subX, subY int) *image.YCbCr {
	w, h := c.Rect.Dx(), c.Rect.Dy()
	out := image.NewYCbCr(image.Rect(0, 0, ceil(w, by), ceil(h, by)), image.YCbCrSubsampleRatio444)
	meanPlane(out.Y, out.YStride, c.Y, c.YStride, w, h, by, by)
	for _, plane := range []struct{ out, in []uint8 }{{out.Cb, c.Cb}, {out.Cr, c.Cr}} {
		meanPlane(plane.out, out.CStride, plane.in, c.CStride, ceil(w, subX), ceil(h, subY), by/subX, by/subY)
	}
	return out
}

// meanPlane reduces a plane of w by h values to means of byX by byY values.
func meanPlane(out []uint8, outStride int, in []uint8, stride, w, h, byX, byY int) {
	sums := make([]uint32, outStride)
	for top := 0; top < h; top += byY {
		clear(sums)
		rows := min(byY, h-top)
		for y := top; y < top+rows; y++ {
			row := in[y*stride:][:w]
			for x := range sums {
				var sum uint32
				for _, v := range row[min(w, x*byX):min(w, x*byX+byX)] {
					sum += uint32(v)
				}
				sums[x] += sum
			}
		}
		for x, sum := range sums {
			n := uint32(rows * max(1, min(byX, w-x*byX)))
			out[top/byY*outStride+x] = uint8((sum + n/2) / n)
		}
	}
}

func ceil(a, b int) int { return (a + b - 1) / b }

// encode encodes a thumbnail, whose colours are those of a profile.
func encode(img *image.RGBA, p profile) (Thumbnail, error) {
	var b bytes.Buffer
	var err error
	if img.Opaque() {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	} else {
		err = png.Encode(&b, img)
	}
	content := b.Bytes()
	if err == nil && p != nil {
		content = withProfile(content, p)
	}
	return Thumbnail{Type: typeOf(content), Content: content}, err
}
