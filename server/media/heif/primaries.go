package heif

import "encoding/binary"

// primaries are red, green and blue of a colour space (ITU-T H.273 table 2) in XYZ as
// ICC.1 has it: adapted to D50 by Bradford's matrix.
var primaries = map[uint16][9]float64{
	9:  {.67348, .27904, -.00194, .16566, .67534, .02998, .12505, .04561, .79686}, // BT.2020
	12: {.51512, .24120, -.00105, .29198, .69225, .04189, .15710, .06657, .78407}, // Display P3
}

// profileOfPrimaries returns a profile for an item that has none and says in numbers
// that its colours are wider than those of sRGB; nil if it does not.
func (f *file) profileOfPrimaries(item uint32) []byte {
	nclx := f.ownColour(item, "nclx")
	if nclx == nil {
		nclx = f.ownColour(f.tiles[item], "nclx")
	}
	if len(nclx) < 7 {
		return nil
	}
	p, ok := primaries[binary.BigEndian.Uint16(nclx)]
	if !ok {
		return nil
	}
	return matrixProfile(p)
}

// matrixProfile returns a profile (ICC.1:2022) of three primaries and the curve of
// sRGB.
func matrixProfile(p [9]float64) []byte {
	const header, tags = 128, 9
	fixed := func(v float64) []byte { return binary.BigEndian.AppendUint32(nil, uint32(int32(v*65536+.5*sign(v)))) }
	xyz := func(v ...float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, one := range v {
			b = append(b, fixed(one)...)
		}
		return b
	}
	curve := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00")
	for _, v := range []float64{2.4, 1 / 1.055, .055 / 1.055, 1 / 12.92, .04045} {
		curve = append(curve, fixed(v)...)
	}
	text := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS\x00\x00\x00\x02\x00\x00\x00\x1c\x00-\x00\x00")
	b := make([]byte, header, 1024)
	b = binary.BigEndian.AppendUint32(b, tags)
	at, content := header+4+12*tags, []byte{}
	for _, tag := range []struct {
		name string
		body []byte
	}{
		{"desc", text}, {"cprt", text}, {"wtpt", xyz(.96420, 1, .82491)},
		{"rXYZ", xyz(p[0:3]...)}, {"gXYZ", xyz(p[3:6]...)}, {"bXYZ", xyz(p[6:9]...)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	} {
		b = append(b, tag.name...)
		b = binary.BigEndian.AppendUint32(b, uint32(at+len(content)))
		b = binary.BigEndian.AppendUint32(b, uint32(len(tag.body)))
		content = append(content, tag.body...)
	}
	b = append(b, content...)
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	copy(b[8:], "\x04\x40\x00\x00mntrRGB XYZ ")
	copy(b[36:], "acsp")
	copy(b[68:], xyz(.96420, 1, .82491)[8:])
	return b
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}
