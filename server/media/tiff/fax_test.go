package tiff

import (
	"bytes"
	"image"
	"image/color"
	"io"
	"strings"
	"testing"
	"windowsill/server/servertest"
)

// packBitsOf returns bytes of digits, filled up with zeros.
func packBitsOf(digits string) []byte {
	digits = strings.ReplaceAll(digits, " ", "")
	out := make([]byte, (len(digits)+7)/8)
	for i, d := range digits {
		out[i/8] |= byte(d-'0') << (7 - i%8)
	}
	return out
}

// The rows are written down from the tables of ITU-T T.4.
func TestRowsOfFax(t *testing.T) {
	const (
		eol    = "000000000001"
		white8 = "10011" // a run of 8
		white4 = "1011"  // a run of 4
		black4 = "011"   // a run of 4
		white0 = "00110101"
		black8 = "000101"
	)
	for name, c := range map[string]struct {
		form       faxForm
		sent, want string
	}{
		"one dimension":          {faxLines, eol + white4 + black4 + eol + white0 + black8, "\x0f\xff"},
		"no mark at the front":   {faxLines, white4 + black4 + eol + white0 + black8, "\x0f\xff"},
		"no marks at all":        {faxLines, white4 + black4 + white0 + black8, "\x0f\xff"},
		"lines filled up":        {faxLines, "0000" + eol + white4 + black4 + "000000000" + eol + white8, "\x0f\x00"},
		"noise at the front":     {faxLines, "11110000001111" + eol + white4 + black4, "\x0f"},
		"the end of a page":      {faxLines, eol + white8 + strings.Repeat(eol, 6) + white0 + black8, "\x00"},
		"rows of bytes":          {faxRows, white4 + black4 + "0" + white0 + black8, "\x0f\xff"},
		"a long run":             {faxLines, "11011" + white0, "\x00\x00\x00\x00\x00\x00\x00\x00"}, // 64 wide
		"all at the same places": {faxMixed, eol + "1" + white4 + black4 + eol + "0" + "1" + "1", "\x0f\x0f"},
		"four changes":           {faxMixed, eol + "1" + white4 + "11" + "0111" + eol + "0" + "1" + "1" + "1", "\x0c\x0c"},
		"three to the right":     {faxMixed, eol + "1" + white4 + black4 + eol + "0" + "0000011" + "1", "\x0f\x01"},
		"two to the left":        {faxMixed, eol + "1" + white4 + black4 + eol + "0" + "000010" + "1", "\x0f\x3f"},
		"passed over":            {faxMixed, eol + "1" + "1000" + "11" + "1000" + eol + "0" + "0001" + "1", "\x18\x00"},
		"horizontal":             {faxMixed, eol + "1" + white8 + eol + "0" + "001" + white4 + black4, "\x00\x0f"},
		"a flaw, then a mark":    {faxMixed, eol + "1" + white4 + black4 + eol + "0" + "0000001111" + eol + "1" + white0 + black8, "\x0f\x00\xff"},
		"too long a run":         {faxLines, eol + white8 + eol + white4 + black8 + eol + white4 + black4, "\x00\x00\x0f"},
		"group 4":                {faxPage, "001" + white4 + black4 + "1" + "1" + eol + eol, "\x0f\x0f"},
		"group 4 with a flaw":    {faxPage, "001" + white4 + black4 + "0000001111" + "1" + "1", "\x0f\x00"},
		"nothing":                {faxPage, "", ""},
		"noise":                  {faxMixed, "1111111111111111", ""},
	} {
		width := 8
		if name == "a long run" {
			width = 64
		}
		got, err := io.ReadAll(newFax(bytes.NewReader(packBitsOf(c.sent)), c.form, width))
		if string(got) != c.want || err != nil {
			t.Errorf("%s: %x, %v, want %x", name, got, err, c.want)
		}
	}
}

// No program at hand writes rows of bytes, which each reader of TIFF has to know
// (TIFF 6.0 section 10).
func TestPlainFax(t *testing.T) {
	rows := packBitsOf("1011 011 0" + "00110101 000101")
	file := fileOf(rows, [3]uint32{tagWidth, 1, 8}, [3]uint32{tagHeight, 1, 2}, [3]uint32{tagCompression, 1, faxPlain},
		[3]uint32{tagPhotometric, 1, whiteIsZero}, [3]uint32{tagStripOffsets, 1, dataAt}, [3]uint32{tagStripLengths, 1, uint32(len(rows))})
	img, err := firstPage(t, file).Decode()
	if err != nil {
		t.Fatal(err)
	}
	want := "\xff\xff\xff\xff\x00\x00\x00\x00" + strings.Repeat("\x00", 8)
	if got := string(img.(*image.Gray).Pix); got != want {
		t.Errorf("%x, want %x", got, want)
	}
}

func TestFaxIsShownBeforeAndAfterAFlaw(t *testing.T) {
	for _, name := range []string{"g3.tif", "g3-2d.tif", "g3-filled.tif", "g3-2d-filled-lsb.tif", "fax2tiff.tif"} {
		data := servertest.Testdata(t, name)
		p := firstPage(t, data)
		l, _ := p.layout()
		offsets, lengths := p.blocks(&l)
		at := offsets[0] + lengths[0]/4
		copy(data[at:at+4], "\xaa\xaa\xaa\xaa")
		img, err := firstPage(t, data).Decode()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := differ(img, grays(255, 0, 255, 255)); img.At(48, 2) != (color.Gray{}) || img.At(48, 18) != (color.Gray{}) {
			t.Errorf("%s: differs by %d, %v above and %v below", name, d, img.At(48, 2), img.At(48, 18))
		}
	}
}

func TestFaxThatIsCut(t *testing.T) {
	for _, name := range []string{"g3.tif", "g3-2d.tif", "g3-filled.tif", "fax2tiff.tif", "g4.tif", "g4-lsb.tif"} {
		data := servertest.Testdata(t, name)
		p := firstPage(t, data)
		l, _ := p.layout()
		offsets, lengths := p.blocks(&l)
		clear(data[offsets[0]+lengths[0]*4/5:][:lengths[0]/5])
		img, err := firstPage(t, data).Decode()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if img.At(48, 2) != (color.Gray{}) || img.At(5, 46) != (color.Gray{255}) {
			t.Errorf("%s: %v at the front, %v at the end", name, img.At(48, 2), img.At(5, 46))
		}
	}
}
