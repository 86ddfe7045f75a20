// Package icc writes ICC profiles (ICC.1:2022) for pictures that tell their colours in
// numbers. They are what browsers and other readers of JPEG know.
package icc

import (
	"encoding/binary"
	"math"
)

// Primaries are red, green and blue of a colour space in XYZ, adapted to D50 by
// Bradford's matrix.
type Primaries [9]float64

// Curve returns the light, from 0 to 1, that a value from 0 to 1 stands for.
type Curve func(v float64) float64

// SRGB is the curve of IEC 61966-2-1.
func SRGB(v float64) float64 {
	if v <= .04045 {
		return v / 12.92
	}
	return math.Pow((v+.055)/1.055, 2.4)
}

// points is how many values of a curve are written.
const points = 1024

// Profile returns the profile of a colour space.
func Profile(p Primaries, c Curve) []byte {
	const header, tags = 128, 9
	curve := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), points)
	for i := range points {
		light := min(max(c(float64(i)/(points-1)), 0), 1)
		curve = binary.BigEndian.AppendUint16(curve, uint16(light*65535+.5))
	}
	text := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS\x00\x00\x00\x02\x00\x00\x00\x1c\x00-\x00\x00")
	white := xyz(.96420, 1, .82491)
	b := make([]byte, header, 4096)
	b = binary.BigEndian.AppendUint32(b, tags)
	at, content := header+4+12*tags, []byte{}
	for _, tag := range []struct {
		names string
		body  []byte
	}{
		{"desccprt", text}, {"wtpt", white}, {"rXYZ", xyz(p[0:3]...)}, {"gXYZ", xyz(p[3:6]...)}, {"bXYZ", xyz(p[6:9]...)},
		{"rTRCgTRCbTRC", curve},
	} {
		for ; tag.names != ""; tag.names = tag.names[4:] {
			b = append(b, tag.names[:4]...)
			b = binary.BigEndian.AppendUint32(b, uint32(at+len(content)))
			b = binary.BigEndian.AppendUint32(b, uint32(len(tag.body)))
		}
		content = append(content, tag.body...)
	}
	b = append(b, content...)
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	copy(b[8:], "\x04\x40\x00\x00mntrRGB XYZ ")
	copy(b[36:], "acsp")
	copy(b[68:], white[8:])
	return b
}

func xyz(v ...float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, one := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(one*65536))))
	}
	return b
}

// Chromaticities are x and y (CIE 1931) of red, green, blue and white.
type Chromaticities [4][2]float64

// Primaries returns them as a profile has them; false if they are none of a colour
// space.
func (c Chromaticities) Primaries() (Primaries, bool) {
	var columns matrix
	for i, one := range c[:3] {
		v := toXYZ(one)
		for row := range 3 {
			columns[row][i] = v[row]
		}
	}
	back, ok := columns.inverse()
	if !ok || c[3][1] == 0 {
		return Primaries{}, false
	}
	white := toXYZ(c[3])
	amounts := back.times(white)
	adapt := adaptation(white)
	var p Primaries
	for i := range 3 {
		v := adapt.times([3]float64{columns[0][i] * amounts[i], columns[1][i] * amounts[i], columns[2][i] * amounts[i]})
		copy(p[3*i:], v[:])
	}
	for _, v := range p {
		if !(math.Abs(v) < 8) { // or no number
			return Primaries{}, false
		}
	}
	return p, true
}

func toXYZ(xy [2]float64) [3]float64 {
	return [3]float64{xy[0] / xy[1], 1, (1 - xy[0] - xy[1]) / xy[1]}
}

// adaptation returns Bradford's matrix from a white point to D50.
func adaptation(white [3]float64) matrix {
	bradford := matrix{{.8951, .2664, -.1614}, {-.7502, 1.7135, .0367}, {.0389, -.0685, 1.0296}}
	back, _ := bradford.inverse()
	from, to := bradford.times(white), bradford.times([3]float64{.96420, 1, .82491})
	scaled := bradford
	for row := range 3 {
		for i := range 3 {
			scaled[row][i] *= to[row] / from[row]
		}
	}
	var m matrix
	for i := range 3 {
		column := back.times([3]float64{scaled[0][i], scaled[1][i], scaled[2][i]})
		for row := range 3 {
			m[row][i] = column[row]
		}
	}
	return m
}

type matrix [3][3]float64

func (m matrix) times(v [3]float64) (out [3]float64) {
	for row := range 3 {
		out[row] = m[row][0]*v[0] + m[row][1]*v[1] + m[row][2]*v[2]
	}
	return out
}

// inverse returns false if there is none.
func (m matrix) inverse() (out matrix, ok bool) {
	cofactor := func(row, column int) float64 {
		a, b, c, d := (row+1)%3, (row+2)%3, (column+1)%3, (column+2)%3
		return m[a][c]*m[b][d] - m[a][d]*m[b][c]
	}
	whole := m[0][0]*cofactor(0, 0) + m[0][1]*cofactor(0, 1) + m[0][2]*cofactor(0, 2)
	for row := range 3 {
		for column := range 3 {
			out[column][row] = cofactor(row, column) / whole
		}
	}
	return out, math.Abs(whole) > 1e-9
}
