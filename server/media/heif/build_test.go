package heif

import (
	"bytes"
	"cmp"
	"encoding/binary"
)

// boxOf is a box of a content.
func boxOf(kind string, parts ...[]byte) []byte {
	content := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(content))), kind...), content...)
}

// numbersOf writes integers of 16 bits.
func numbersOf(all ...int) (b []byte) {
	for _, n := range all {
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	return b
}

// gridOf is a file like those of iPhones: the one picture of another file, which
// may be a film, as a tile again and again, in so many columns and rows, cropped to width and height, with further
// properties of the whole, such as how it is turned. The tile's data is there
// once, so that a large picture is a small file.
func gridOf(tile []byte, columns, rows, width, height int, more ...[]byte) []byte {
	at := bytes.Index(tile, []byte("hvcC")) - 4
	hvcC := tile[at : at+int(binary.BigEndian.Uint32(tile[at:]))]
	data := box{content: tile}.in("mdat", 0).content
	n := columns * rows
	size := func(w, h int) []byte { return boxOf("ispe", numbersOf(0, 0, 0, w, 0, h)) }
	w, h := 320, 240
	if f, err := parse(tile); err == nil {
		w, h = f.size(cmp.Or(f.tiles[f.primary], f.primary))
	}
	ipco := append(append(append([]byte{}, hvcC...), size(w, h)...), size(width, height)...)
	ipma := numbersOf(0, 0, 0, n+1, 1)
	ipma = append(ipma, byte(1+len(more)), 0x83)
	for i, property := range more {
		ipco = append(ipco, property...)
		ipma = append(ipma, 0x84+byte(i))
	}
	infe := append(numbersOf(0, 0, n+1), boxOf("infe", numbersOf(0x0200, 0, 1, 0), []byte("grid\x00"))...)
	iloc, references := numbersOf(0x0100, 0, 0x4400, n+1), numbersOf(1, n)
	const inData = 1
	iloc = append(iloc, numbersOf(1, inData, 0, 1, 0, 0, 0, 8)...)
	for id := 2; id <= n+1; id++ {
		ipma = append(append(ipma, numbersOf(id)...), 2, 0x81, 0x82)
		infe = append(infe, boxOf("infe", numbersOf(0x0200, 1, id, 0), []byte("hvc1\x00"))...) // hidden
		iloc = append(iloc, numbersOf(id, 0, 0, 1, 0xbeef, 0xfeed, len(data)>>16, len(data))...)
		references = append(references, numbersOf(id)...)
	}
	grid := append([]byte{0, 0, byte(rows - 1), byte(columns - 1)}, numbersOf(width, height)...)
	none := numbersOf(0, 0)
	meta := boxOf("meta", none,
		boxOf("hdlr", none, none, []byte("pict"), make([]byte, 13)), boxOf("pitm", none, numbersOf(1)),
		boxOf("iloc", iloc), boxOf("iinf", infe), boxOf("iprp", boxOf("ipco", ipco), boxOf("ipma", ipma)),
		boxOf("iref", none, boxOf("dimg", references)), boxOf("idat", grid))
	head := append(boxOf("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), meta...)
	from := binary.BigEndian.AppendUint32(nil, uint32(len(head)+8))
	return append(bytes.ReplaceAll(head, []byte("\xbe\xef\xfe\xed"), from), boxOf("mdat", data)...)
}

// nclx is a property that says how YCbCr is meant.
func nclx(matrix int, full bool) []byte {
	b := append([]byte("nclx"), numbersOf(1, 13, matrix)...)
	if full {
		return boxOf("colr", append(b, 0x80))
	}
	return boxOf("colr", append(b, 0))
}

// singleOf is a file with the one picture of another file, which may be a film.
func singleOf(tile []byte) []byte {
	file := gridOf(tile, 1, 1, 320, 240)
	file = bytes.ReplaceAll(file, numbersOf(0x0200, 1, 2, 0), numbersOf(0x0200, 0, 2, 0)) // not hidden
	f, err := parse(file)
	if err != nil {
		panic(err)
	}
	return f.showing(2, file)
}
