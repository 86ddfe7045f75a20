package scaledjpeg

import "image"

// coefficients are those of a component whose blocks come in several scans: only
// the ones that are wanted, already multiplied by their quantizers, and of all
// of them whether they are zero, for that decides how they are refined.
type coefficients struct {
	n      int // wanted of each block
	across int // blocks
	values []int32
	masks  []uint64
}

func (d *decoder) keepCoefficients() {
	for i := range d.frame.comps {
		c := &d.frame.comps[i]
		if c.kept == nil {
			c.kept = newCoefficients(c.blocks, d.n*d.n)
		}
	}
}

func newCoefficients(blocks image.Point, n int) *coefficients {
	count := blocks.X * blocks.Y
	return &coefficients{n: n, across: blocks.X, values: make([]int32, n*count), masks: make([]uint64, count)}
}

func (c *coefficients) block(x, y int) []int32 {
	return c.values[(y*c.across+x)*c.n:][:c.n]
}

func (c *coefficients) nonzero(x, y int) *uint64 { return &c.masks[y*c.across+x] }

// finish transforms what several scans have brought. It passes on err.
func (d *decoder) finish(err error) error {
	if d.frame.comps == nil || d.frame.comps[0].plane == nil {
		if err == nil {
			err = errFormat // there was no scan
		}
		return err
	}
	for i := range d.frame.comps {
		c := &d.frame.comps[i]
		if c.kept == nil {
			continue
		}
		for y := range c.blocks.Y {
			for x := range c.blocks.X {
				var b [64]int32
				copy(b[:], c.kept.block(x, y))
				transform(c.plane[y*d.n*c.stride+x*d.n:], c.stride, d.n, &b)
			}
		}
	}
	return err
}

// firstDC decodes the upper bits of a DC coefficient (T.81 section G.1.2.1).
func (d *decoder) firstDC(sc *scan, c *component, values []int32) bool {
	r := d.r
	r.fill()
	size, ok := c.dc.next(r)
	if !ok || size > 11 {
		return false
	}
	if size > 0 {
		c.last += r.extend(int(size))
	}
	values[0] = c.last << sc.low * int32(d.quants[c.quant][0])
	return !r.overran()
}

// firstAC decodes the upper bits of a band (T.81 section G.1.2.2).
func (d *decoder) firstAC(sc *scan, c *component, values []int32, nonzero *uint64) bool {
	if sc.eobs > 0 {
		sc.eobs--
		return true
	}
	r, quant := d.r, &d.quants[c.quant]
	for k := sc.start; k <= sc.end; k++ {
		r.fill()
		v, ok := c.ac.next(r)
		if !ok {
			return false
		}
		run, size := int(v>>4), int(v&15)
		switch {
		case size == 0 && run < 15:
			sc.eobs = r.run(run) - 1
			return !r.overran()
		case size == 0:
			k += 15
			continue
		}
		if k += run; k > sc.end {
			return false
		}
		value := r.extend(size) << sc.low * int32(quant[k])
		*nonzero |= 1 << k
		if at := d.place[k]; at != unwanted {
			values[at] = value
		}
	}
	return !r.overran()
}

// run returns how many blocks an EOB run of a class has (T.81 section G.1.2.2).
func (r *bitReader) run(class int) int {
	n := 1 << class
	if class > 0 {
		n += int(r.bits >> (64 - class))
		r.drop(class)
	}
	return n
}

// refineAC decodes one more bit of a band (T.81 section G.1.2.3).
func (d *decoder) refineAC(sc *scan, c *component, values []int32, nonzero *uint64) bool {
	r, quant := d.r, &d.quants[c.quant]
	k := sc.start
	for ; k <= sc.end && sc.eobs == 0; k++ {
		r.fill()
		v, ok := c.ac.next(r)
		if !ok {
			return false
		}
		run, size := int(v>>4), int(v&15)
		fresh := int32(0)
		switch {
		case size == 1:
			fresh = -1
			if r.bit() == 1 {
				fresh = 1
			}
		case size != 0:
			return false
		case run < 15:
			sc.eobs = r.run(run)
		}
		if sc.eobs > 0 {
			break
		}
		k = d.refine(sc, c, k, run, values, *nonzero)
		if k > sc.end {
			if fresh != 0 {
				return false
			}
			break
		}
		if fresh != 0 {
			*nonzero |= 1 << k
			if at := d.place[k]; at != unwanted {
				values[at] = fresh << sc.low * int32(quant[k])
			}
		}
	}
	if sc.eobs > 0 {
		sc.eobs--
		d.refine(sc, c, k, -1, values, *nonzero)
	}
	return !r.overran()
}

// refine reads a bit for each coefficient from k on that is not zero, until it
// has passed so many zeros, and returns the place of the next one. A negative
// number stands for all of the band.
func (d *decoder) refine(sc *scan, c *component, k, zeros int, values []int32, nonzero uint64) int {
	quant := &d.quants[c.quant]
	for ; k <= sc.end; k++ {
		if nonzero&(1<<k) == 0 {
			if zeros == 0 {
				break
			}
			zeros--
			continue
		}
		d.r.fill()
		if at := d.place[k]; d.r.bit() == 1 && at != unwanted {
			step := int32(1) << sc.low * int32(quant[k])
			if values[at] < 0 {
				step = -step
			}
			values[at] += step
		}
	}
	return k
}
