package scaledjpeg

import "image"

// component is one of the planes of a picture.
type component struct {
	id, h, v, quant uint8 // h and v are its sampling factors
	dc, ac          *huffman
	last            int32 // the last block's DC coefficient
	blocks          image.Point
	plane           []uint8
	stride          int
	kept            *coefficients // nil where one scan has everything
}

// frame is what a frame header says (T.81 section B.2.2).
type frame struct {
	size        image.Point
	most        image.Point // the largest sampling factors
	comps       []component
	progressive bool
}

func readFrame(s []byte, progressive bool) (frame, error) {
	if len(s) < 6 || len(s) != 6+3*int(s[5]) {
		return frame{}, errFormat
	}
	f := frame{size: image.Pt(int(s[3])<<8|int(s[4]), int(s[1])<<8|int(s[2])), progressive: progressive}
	if s[0] != 8 || s[5] != 1 && s[5] != 3 || f.size.X == 0 || f.size.Y == 0 {
		return frame{}, ErrUnsupported
	}
	for i := range int(s[5]) {
		c := component{id: s[6+3*i], h: s[7+3*i] >> 4, v: s[7+3*i] & 15, quant: s[8+3*i]}
		if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quant > 3 {
			return frame{}, errFormat
		}
		if s[5] == 1 {
			c.h, c.v = 1, 1 // a scan of one component knows no sampling (T.81 section A.2.2)
		}
		f.comps = append(f.comps, c)
		f.most = image.Pt(max(f.most.X, int(c.h)), max(f.most.Y, int(c.v)))
	}
	return f, nil
}

// isRGB reports whether the components are named so.
func (f frame) isRGB() bool {
	return len(f.comps) == 3 && f.comps[0].id == 'R' && f.comps[1].id == 'G' && f.comps[2].id == 'B'
}

// mcus returns how many MCUs the picture has across and down.
func (f frame) mcus() image.Point {
	return image.Pt(ceil(f.size.X, 8*f.most.X), ceil(f.size.Y, 8*f.most.Y))
}

// own returns how many blocks a component has across and down in a scan of its
// own, which has none that only fill an MCU.
func (f frame) own(c *component) image.Point {
	return image.Pt(ceil(ceil(f.size.X*int(c.h), f.most.X), 8), ceil(ceil(f.size.Y*int(c.v), f.most.Y), 8))
}

// allocate makes the planes with n×n samples for each block, all grey.
func (f frame) allocate(n int) {
	mcus := f.mcus()
	for i := range f.comps {
		c := &f.comps[i]
		c.blocks = image.Pt(mcus.X*int(c.h), mcus.Y*int(c.v))
		c.stride = c.blocks.X * n
		c.plane = make([]uint8, c.stride*c.blocks.Y*n)
		for j := range c.plane {
			c.plane[j] = 128
		}
	}
}

// ratios are those of the colour planes that an image.YCbCr can have.
var ratios = map[image.Point]image.YCbCrSubsampleRatio{
	{X: 1, Y: 1}: image.YCbCrSubsampleRatio444,
	{X: 2, Y: 1}: image.YCbCrSubsampleRatio422,
	{X: 2, Y: 2}: image.YCbCrSubsampleRatio420,
	{X: 1, Y: 2}: image.YCbCrSubsampleRatio440,
	{X: 4, Y: 1}: image.YCbCrSubsampleRatio411,
	{X: 4, Y: 2}: image.YCbCrSubsampleRatio410,
}

// image returns the picture that the planes make.
func (f frame) image(n int) image.Image {
	rect := image.Rect(0, 0, ceil(f.size.X*n, 8), ceil(f.size.Y*n, 8))
	y := &f.comps[0]
	if len(f.comps) == 1 {
		return &image.Gray{Pix: y.plane, Stride: y.stride, Rect: rect}
	}
	b, r := &f.comps[1], &f.comps[2]
	ratio, ok := ratios[image.Pt(int(y.h/b.h), int(y.v/b.v))]
	if !ok || b.h != r.h || b.v != r.v || y.h%b.h != 0 || y.v%b.v != 0 {
		ratio = image.YCbCrSubsampleRatio444
		for i := range f.comps {
			f.spread(&f.comps[i], rect)
		}
	}
	return &image.YCbCr{
		Y: y.plane, Cb: b.plane, Cr: r.plane,
		YStride: y.stride, CStride: b.stride, SubsampleRatio: ratio, Rect: rect,
	}
}

// spread repeats the samples of a plane so that there is one for each pixel.
func (f frame) spread(c *component, rect image.Rectangle) {
	wide := make([]uint8, rect.Dx()*rect.Dy())
	for y := range rect.Dy() {
		from := c.plane[y*int(c.v)/f.most.Y*c.stride:]
		row := wide[y*rect.Dx():][:rect.Dx()]
		for x := range row {
			row[x] = from[x*int(c.h)/f.most.X]
		}
	}
	c.plane, c.stride = wide, rect.Dx()
}

func ceil(a, b int) int { return (a + b - 1) / b }
