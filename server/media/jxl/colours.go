package jxl

import (
	"math"

	"windowsill/server/media/icc"
)

// colours are what the numbers of a picture mean.
type colours struct {
	lossy     bool // libjxl has converted them from a space of its own
	srgb      bool // they are those of sRGB, as far as is known
	gamma     float64
	transfer  int
	primaries icc.Chromaticities
}

// Numbers of colour spaces.
const (
	spaceGray = 1
	spaceXYB  = 2
)

// Numbers of white points, primaries and curves; the latter two are those of ITU-T H.273.
const (
	usual  = 1
	custom = 2

	whiteE   = 10
	whiteDCI = 11

	primariesBT2100 = 9
	primariesP3     = 11

	transferBT709  = 1
	transferLinear = 8
	transferSRGB   = 13
	transferPQ     = 16
	transferDCI    = 17
	transferHLG    = 18
)

var (
	primariesSRGB = [3][2]float64{{.639998686, .330010138}, {.300003784, .600003357}, {.150002046, .059997204}}
	whiteD65      = [2]float64{.3127, .3290}
)

// read reads the colour encoding (ISO/IEC 18181-1 E.2).
func (c *colours) read(b *bits) {
	if b.flag() { // as usual
		return
	}
	hasProfile, space := b.flag(), b.enum()
	white, primaries := whiteD65, primariesSRGB
	if hasProfile {
		// libjxl converts what is lossy to the light of sRGB's primaries.
		c.srgb, c.transfer = !c.lossy, transferLinear
		c.primaries = icc.Chromaticities{primaries[0], primaries[1], primaries[2], white}
		return
	}
	if space != spaceXYB {
		white = b.whitePoint()
		if space != spaceGray {
			primaries = b.primaries()
		}
		if b.flag() {
			c.gamma = float64(b.u(24)) / 1e7
		} else {
			c.transfer = b.enum()
		}
	}
	c.primaries = icc.Chromaticities{primaries[0], primaries[1], primaries[2], white}
	c.srgb = space == spaceXYB || primaries == primariesSRGB && white == whiteD65 && c.gamma == 0 && (c.transfer == transferSRGB || c.transfer == custom)
}

func (b *bits) whitePoint() [2]float64 {
	switch b.enum() {
	case custom:
		return b.chromaticity()
	case whiteE:
		return [2]float64{1. / 3, 1. / 3}
	case whiteDCI:
		return [2]float64{.314, .351}
	}
	return whiteD65
}

func (b *bits) primaries() (all [3][2]float64) {
	switch b.enum() {
	case custom:
		for i := range all {
			all[i] = b.chromaticity()
		}
		return all
	case primariesBT2100:
		return [3][2]float64{{.708, .292}, {.170, .797}, {.131, .046}}
	case primariesP3:
		return [3][2]float64{{.680, .320}, {.265, .690}, {.150, .060}}
	}
	return primariesSRGB
}

// profile returns the ICC profile of these colours; nil means sRGB.
func (c colours) profile() []byte {
	p, ok := c.primaries.Primaries()
	if c.srgb || !ok {
		return nil
	}
	return icc.Profile(p, c.curve())
}

// curve returns which light a value stands for. What is brighter than paper, as in films
// for bright screens, is white.
func (c colours) curve() icc.Curve {
	switch {
	case c.gamma > 0:
		return func(v float64) float64 { return math.Pow(v, 1/c.gamma) }
	case c.transfer == transferBT709:
		return func(v float64) float64 {
			if v < .081 {
				return v / 4.5
			}
			return math.Pow((v+.099)/1.099, 1/.45)
		}
	case c.transfer == transferLinear:
		return func(v float64) float64 { return v }
	case c.transfer == transferDCI:
		return func(v float64) float64 { return math.Pow(v, 2.6) }
	case c.transfer == transferPQ:
		return func(v float64) float64 { return pq(v) / paper }
	case c.transfer == transferHLG:
		return func(v float64) float64 { return hlg(v) / hlg(.75) }
	}
	return icc.SRGB
}

// paper is how bright white paper is in films for bright screens, in cd/m² (ITU-R
// BT.2408).
const paper = 203

// pq returns the light of a value, in cd/m² (ITU-R BT.2100 table 4).
func pq(v float64) float64 {
	const m1, m2, c1, c2, c3 = 2610. / 16384, 2523. / 4096 * 128, 3424. / 4096, 2413. / 4096 * 32, 2392. / 4096 * 32
	p := math.Pow(v, 1/m2)
	return 10000 * math.Pow(max(p-c1, 0)/(c2-c3*p), 1/m1)
}

// hlg returns the light of a value on a usual screen (ITU-R BT.2100 table 5).
func hlg(v float64) float64 {
	const a, b, c = .17883277, .28466892, .55991073
	scene := v * v / 3
	if v > .5 {
		scene = (math.Exp((v-c)/a) + b) / 12
	}
	return math.Pow(scene, 1.2)
}
