package scaledjpeg

import "math"

// The transforms take the lowest n×n coefficients of a block, row by row and
// already multiplied by their quantizers, and write n×n samples. With c the
// orthonormal coefficients of 8×8 samples, c·n/8 are those of the same picture
// in n×n samples.

// fraction is how many bits of the constants are behind the point.
const fraction = 13

// Cosines of k·π/16.
var cosines = func() (c [8]int32) {
	for k := range c {
		c[k] = int32(math.Round(math.Cos(float64(k)*math.Pi/16) * (1 << fraction)))
	}
	return c
}()

// transform writes n×n samples, n being 1, 2, 4 or 8.
func transform(out []uint8, stride, n int, c *[64]int32) {
	switch n {
	case 1:
		out[0] = sample((c[0] + 4) >> 3)
	case 2:
		transform2(out, stride, c)
	case 4:
		transform4(out, stride, c)
	default:
		transform8(out, stride, c)
	}
}

func transform2(out []uint8, stride int, c *[64]int32) {
	sum0, sum1 := c[0]+c[1], c[2]+c[3]
	dif0, dif1 := c[0]-c[1], c[2]-c[3]
	out[0] = sample((sum0 + sum1 + 4) >> 3)
	out[1] = sample((dif0 + dif1 + 4) >> 3)
	out[stride] = sample((sum0 - sum1 + 4) >> 3)
	out[stride+1] = sample((dif0 - dif1 + 4) >> 3)
}

func transform4(out []uint8, stride int, c *[64]int32) {
	var t [16]int32
	for i := range 4 { // columns
		t[i], t[4+i], t[8+i], t[12+i] = inverse4(c[i], c[4+i], c[8+i], c[12+i], 0)
	}
	for i := range 4 { // rows
		// Each pass doubles, and n/8 halves: an eighth is left.
		a, b, d, e := inverse4(t[4*i], t[4*i+1], t[4*i+2], t[4*i+3], 3)
		row := out[i*stride:][:4]
		row[0], row[1], row[2], row[3] = sample(a), sample(b), sample(d), sample(e)
	}
}

// inverse4 is the inverse transform of four coefficients, doubled, and then
// divided by 1<<shift.
func inverse4(c0, c1, c2, c3 int32, shift int) (a, b, c, d int32) {
	const (
		cos1 = 10703 // √2·cos(π/8), in 1/8192
		cos3 = 4433  // √2·cos(3π/8)
	)
	even0, even1 := (c0+c2)<<fraction, (c0-c2)<<fraction
	odd0, odd1 := c1*cos1+c3*cos3, c1*cos3-c3*cos1
	s := fraction + shift
	half := int32(1) << (s - 1)
	return (even0 + odd0 + half) >> s, (even1 + odd1 + half) >> s, (even1 - odd1 + half) >> s, (even0 - odd0 + half) >> s
}

func transform8(out []uint8, stride int, c *[64]int32) {
	var t [64]int32
	for i := range 8 { // columns; they keep two more bits for the rows
		in := [8]int32{c[i], c[8+i], c[16+i], c[24+i], c[32+i], c[40+i], c[48+i], c[56+i]}
		inverse8(&in, fraction-2)
		for j, v := range in {
			t[8*j+i] = v
		}
	}
	for i := range 8 { // rows; each pass doubles
		in := (*[8]int32)(t[8*i:])
		inverse8(in, fraction+4)
		row := out[i*stride:][:8]
		for j, v := range in {
			row[j] = sample(v)
		}
	}
}

// inverse8 is the inverse transform of eight coefficients, doubled, in units of
// 1<<(fraction-shift).
func inverse8(c *[8]int32, shift int) {
	k := &cosines
	sum, dif := (c[0]+c[4])*k[4], (c[0]-c[4])*k[4]
	out, in := c[2]*k[2]+c[6]*k[6], c[2]*k[6]-c[6]*k[2]
	even := [4]int32{sum + out, dif + in, dif - in, sum - out}
	odd := [4]int32{
		c[1]*k[1] + c[3]*k[3] + c[5]*k[5] + c[7]*k[7],
		c[1]*k[3] - c[3]*k[7] - c[5]*k[1] - c[7]*k[5],
		c[1]*k[5] - c[3]*k[1] + c[5]*k[7] + c[7]*k[3],
		c[1]*k[7] - c[3]*k[5] + c[5]*k[3] - c[7]*k[1],
	}
	half := int32(1) << (shift - 1)
	for i := range 4 {
		c[i] = (even[i] + odd[i] + half) >> shift
		c[7-i] = (even[i] - odd[i] + half) >> shift
	}
}

// sample shifts a value of -128 to 127 to one of a sample.
func sample(v int32) uint8 {
	return uint8(min(max(v+128, 0), 255))
}
