package icc

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"
)

// The numbers are those of the profiles that Apple and HP write.
func TestPrimariesOfChromaticities(t *testing.T) {
	d65 := [2]float64{.3127, .3290}
	for name, c := range map[string]struct {
		from Chromaticities
		want Primaries
	}{
		"sRGB":       {Chromaticities{{.64, .33}, {.30, .60}, {.15, .06}, d65}, Primaries{.4361, .2225, .0139, .3851, .7169, .0971, .1431, .0606, .7142}},
		"Display P3": {Chromaticities{{.680, .320}, {.265, .690}, {.150, .060}, d65}, Primaries{.5151, .2412, -.0011, .2920, .6922, .0419, .1571, .0666, .7841}},
		"BT.2020":    {Chromaticities{{.708, .292}, {.170, .797}, {.131, .046}, d65}, Primaries{.6735, .2790, -.0019, .1657, .6753, .0300, .1251, .0456, .7969}},
	} {
		got, ok := c.from.Primaries()
		for i := range got {
			if !ok || math.Abs(got[i]-c.want[i]) > .0008 {
				t.Errorf("%s: %.4f, want %.4f", name, got, c.want)
				break
			}
		}
	}
	for _, none := range []Chromaticities{{}, {{.3, .3}, {.3, .3}, {.3, .3}, {.3, .3}}, {{.64, .33}, {.3, .6}, {.15, .06}, {.3, 0}}, {{.64, 0}, {.3, .6}, {.15, .06}, d65}} {
		if p, ok := none.Primaries(); ok {
			t.Errorf("%v are %v", none, p)
		}
	}
}

func TestProfile(t *testing.T) {
	p := Profile(Primaries{.5, .25}, func(v float64) float64 { return 2 * v })
	if int(binary.BigEndian.Uint32(p)) != len(p) || string(p[36:40]) != "acsp" {
		t.Errorf("%d bytes, %q", len(p), p[:40])
	}
	at := bytes.Index(p, []byte("gTRC"))
	curve := p[binary.BigEndian.Uint32(p[at+4:]):][:binary.BigEndian.Uint32(p[at+8:])]
	if value := binary.BigEndian.Uint16(curve[12+2*points/4:]); value < 32760 || value > 32840 {
		t.Errorf("a quarter is %d", value)
	}
	if last := binary.BigEndian.Uint16(curve[len(curve)-2:]); last != 65535 {
		t.Errorf("beyond white is %d", last)
	}
}
