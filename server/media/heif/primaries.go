package heif

import (
	"encoding/binary"

	"windowsill/server/media/icc"
)

// primaries are those of a number in ITU-T H.273 table 2 that are wider than those of
// sRGB.
var primaries = map[uint16]icc.Primaries{
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
	return icc.Profile(p, icc.SRGB)
}
