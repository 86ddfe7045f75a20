package scaledjpeg

import "io"

// scan is what a scan header says (T.81 section B.2.3).
type scan struct {
	comps      []*component
	start, end int // of the coefficients that it has, in zigzag order
	high, low  int // the bits that were known before, and the lowest that it tells
	eobs       int // how many more blocks have nothing in this band
}

func (d *decoder) readScan(s []byte) (scan, error) {
	if d.frame.comps == nil || len(s) < 1 || len(s) != 4+2*int(s[0]) || int(s[0]) > len(d.frame.comps) || s[0] == 0 {
		return scan{}, errFormat
	}
	n := int(s[0])
	sc := scan{start: 0, end: 63}
	for i := range n {
		c := d.component(s[1+2*i])
		dc, ac := s[2+2*i]>>4, s[2+2*i]&15
		if c == nil || dc > 3 || ac > 3 {
			return scan{}, errFormat
		}
		c.dc, c.ac, c.last = &d.tables[0][dc], &d.tables[1][ac], 0
		sc.comps = append(sc.comps, c)
		if !d.frame.progressive {
			c.ac.skipping()
		}
	}
	if d.frame.progressive {
		tail := s[1+2*n:]
		sc.start, sc.end, sc.high, sc.low = int(tail[0]), int(tail[1]), int(tail[2]>>4), int(tail[2]&15)
		if sc.end > 63 || sc.start > sc.end || sc.start == 0 && sc.end != 0 || sc.start > 0 && n > 1 || sc.low > 13 || sc.high != 0 && sc.high != sc.low+1 {
			return scan{}, errFormat
		}
	}
	return sc, nil
}

func (d *decoder) component(id uint8) *component {
	for i := range d.frame.comps {
		if c := &d.frame.comps[i]; c.id == id {
			return c
		}
	}
	return nil
}

// scan decodes a scan, and reports whether it had all that there is.
func (d *decoder) scan(header []byte) (done bool, err error) {
	sc, err := d.readScan(header)
	if err != nil {
		return false, err
	}
	if d.frame.comps[0].plane == nil {
		d.frame.allocate(d.n)
	}
	done = !d.frame.progressive && len(sc.comps) == len(d.frame.comps)
	if !done {
		d.keepCoefficients()
	}
	complete := d.blocks(&sc)
	switch {
	case d.r.err != nil && d.r.err != io.EOF:
		return false, d.r.err
	case !complete:
		return false, ErrIncomplete
	}
	d.r.endScan()
	return done, nil
}

// blocks decodes the blocks of a scan. Where a part is damaged it goes on behind
// the next restart marker.
func (d *decoder) blocks(sc *scan) (complete bool) {
	mcus, alone := d.frame.mcus(), len(sc.comps) == 1
	if alone {
		mcus = d.frame.own(sc.comps[0])
	}
	complete = true
	for i := 0; i < mcus.X*mcus.Y; i++ {
		if d.restart > 0 && i > 0 && i%d.restart == 0 {
			if !d.r.restart() {
				return false
			}
			sc.eobs = 0
			for _, c := range sc.comps {
				c.last = 0
			}
		}
		x, y := i%mcus.X, i/mcus.X
		if alone && d.block(sc, sc.comps[0], x, y) || !alone && d.mcu(sc, x, y) {
			continue
		}
		complete = false
		if d.restart == 0 {
			return false
		}
		i += d.restart - 1 - i%d.restart
	}
	return complete
}

// mcu decodes one minimum coded unit of several components.
func (d *decoder) mcu(sc *scan, x, y int) bool {
	for _, c := range sc.comps {
		for v := range int(c.v) {
			for h := range int(c.h) {
				if !d.block(sc, c, x*int(c.h)+h, y*int(c.v)+v) {
					return false
				}
			}
		}
	}
	return true
}

// block decodes the block at x, y of a component, and reports whether it was all
// there.
func (d *decoder) block(sc *scan, c *component, x, y int) bool {
	switch {
	case c.kept == nil:
		if !d.sequential(c, &d.one) {
			return false
		}
		transform(c.plane[y*d.n*c.stride+x*d.n:], c.stride, d.n, &d.one)
		return true
	case !d.frame.progressive:
		ok := d.sequential(c, &d.one)
		copy(c.kept.block(x, y), d.one[:])
		return ok
	}
	values, nonzero := c.kept.block(x, y), c.kept.nonzero(x, y)
	switch {
	case sc.start == 0 && sc.high == 0:
		return d.firstDC(sc, c, values)
	case sc.start == 0:
		d.r.fill()
		values[0] += int32(d.r.bit()) << sc.low * int32(d.quants[c.quant][0])
		return !d.r.overran()
	case sc.high == 0:
		return d.firstAC(sc, c, values, nonzero)
	}
	return d.refineAC(sc, c, values, nonzero)
}

// sequential decodes all coefficients of a block, and keeps those that are
// wanted.
func (d *decoder) sequential(c *component, b *[64]int32) bool {
	r, quant := d.r, &d.quants[c.quant]
	clear(b[:d.n*d.n])
	r.fill()
	size, ok := c.dc.next(r)
	if !ok || size > 11 {
		return false
	}
	if size > 0 {
		c.last += r.extend(int(size))
	}
	b[0] = c.last * int32(quant[0])
	k := 1
	for k <= d.last {
		if r.n < 32 {
			r.fill()
		}
		v, ok := c.ac.next(r)
		if !ok {
			return false
		}
		run, size := int(v>>4), int(v&15)
		if size == 0 {
			if run != 15 {
				return !r.overran()
			}
			k += 16
			continue
		}
		if k += run; k > 63 {
			return false
		}
		if at := d.place[k]; at == unwanted {
			r.drop(size)
		} else {
			b[at] = r.extend(size) * int32(quant[k])
		}
		k++
	}
	return c.ac.skip(r, k) && !r.overran()
}
