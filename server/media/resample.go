package media

import (
	"image"
	"math"

	scaling "golang.org/x/image/draw"
)

// resample scales the planes of a picture from a JPEG by themselves.
// golang.org/x/image/draw converts a pixel to RGB each time the filter touches it,
// in floating point, which took longer than reading the file. It returns nil for
// a picture that it does not know.
func resample(c *image.YCbCr, to image.Point) *image.YCbCr {
	subX, subY := subsampling(c.SubsampleRatio)
	if subX == 0 || c.Rect.Min != (image.Point{}) {
		return nil
	}
	out := image.NewYCbCr(image.Rectangle{Max: to}, image.YCbCrSubsampleRatio444)
	w, h := c.Rect.Dx(), c.Rect.Dy()
	across, down := newFilter(w, 1, to.X), newFilter(h, 1, to.Y)
	resamplePlane(out.Y, c.Y, c.YStride, across, down)
	if subX > 1 {
		across = newFilter(w, subX, to.X)
	}
	if subY > 1 {
		down = newFilter(h, subY, to.Y)
	}
	resamplePlane(out.Cb, c.Cb, c.CStride, across, down)
	resamplePlane(out.Cr, c.Cr, c.CStride, across, down)
	return out
}

// weightBits is how many bits of a weight are behind the point, and rowBits how
// many more than a sample's eight a value keeps between the two passes.
const weightBits, rowBits = 14, 6

// filter has, for each sample of a scaled row or column, the samples that it is
// made of.
type filter []taps

// taps is the first of some samples that follow each other, and their weights,
// whose sum is 1<<weightBits.
type taps struct {
	first   int
	weights []int32
}

// newFilter scales n pixels, of which sub share a sample, to size samples.
func newFilter(n, sub, size int) filter {
	kernel := scaling.CatmullRom
	samples, step := ceil(n, sub), float64(n)/float64(sub)/float64(size)
	wide := max(step, 1)
	f := make(filter, size)
	for i := range f {
		center := (float64(i) + 0.5) * step
		first := max(0, int(math.Ceil(center-kernel.Support*wide-0.5)))
		last := min(samples-1, int(math.Floor(center+kernel.Support*wide-0.5)))
		weights, sum := make([]float64, last-first+1), 0.0
		for j := range weights {
			weights[j] = kernel.At(math.Abs(float64(first+j)+0.5-center) / wide)
			sum += weights[j]
		}
		f[i] = taps{first, whole(weights, sum)}
	}
	return f
}

// whole returns weights in units of 1/1<<weightBits. What rounding leaves goes to
// the one in the middle, so that a plain area stays as it is.
func whole(weights []float64, sum float64) []int32 {
	out, left := make([]int32, len(weights)), int32(1<<weightBits)
	for i, w := range weights {
		out[i] = int32(math.Round(w / sum * (1 << weightBits)))
		left -= out[i]
	}
	out[len(out)/2] += left
	return out
}

// resamplePlane writes a plane of len(across) by len(down) samples.
func resamplePlane(out, in []uint8, stride int, across, down filter) {
	end := down[len(down)-1]
	rows := make([]int16, len(across)*(end.first+len(end.weights)))
	for y := range len(rows) / len(across) {
		row, from := rows[y*len(across):][:len(across)], in[y*stride:]
		for x, t := range across {
			sum, samples := int32(0), from[t.first:][:len(t.weights)]
			for i, w := range t.weights {
				sum += int32(samples[i]) * w
			}
			row[x] = int16(sum >> (weightBits - rowBits))
		}
	}
	sums := make([]int32, len(across))
	for y, t := range down {
		clear(sums)
		for i, w := range t.weights {
			row := rows[(t.first+i)*len(across):][:len(sums)]
			for x, v := range row {
				sums[x] += int32(v) * w
			}
		}
		const half = 1 << (weightBits + rowBits - 1)
		for x, sum := range sums {
			out[y*len(across)+x] = uint8(min(max((sum+half)>>(weightBits+rowBits), 0), 255))
		}
	}
}
