package heif

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

var errFormat = errors.New("heif: not a picture in HEVC or AV1")

// limits on what is read of a file
const (
	maxBoxes = 4096
	maxItems = 4096
)

// file is what is read of a HEIF file.
type file struct {
	primary    uint32
	primaryAt  int                 // where its number is, in bytes from the beginning of the file
	wide       bool                // it has 32 bits instead of 16
	properties []box               // of all items
	of         map[uint32][]int    // indices of the properties of an item
	tiles      map[uint32]uint32   // the first tile of a grid
	thumbnails map[uint32]uint32   // by the item that they are of
	auxiliary  map[uint32][]uint32 // such as the transparency, by the item that they are of
}

// box is a box of ISO/IEC 14496-12. Its content begins at a place in the file.
type box struct {
	kind    string
	content []byte
	at      int
}

// boxesIn returns the boxes in a part of a file that begins at a place in it.
func boxesIn(data []byte, at int) (all []box) {
	for len(data) >= 8 && len(all) < maxBoxes {
		size, header := uint64(binary.BigEndian.Uint32(data)), 8
		switch size {
		case 0:
			size = uint64(len(data))
		case 1:
			if len(data) < 16 {
				return all
			}
			size, header = binary.BigEndian.Uint64(data[8:]), 16
		}
		if size < uint64(header) || size > uint64(len(data)) {
			return all
		}
		all = append(all, box{string(data[4:8]), data[header:size], at + header})
		data, at = data[size:], at+int(size)
	}
	return all
}

// in returns the first box of a kind in b; an empty one if there is none.
func (b box) in(kind string, header int) box {
	if len(b.content) < header {
		return box{}
	}
	for _, inner := range boxesIn(b.content[header:], b.at+header) {
		if inner.kind == kind {
			return inner
		}
	}
	return box{}
}

// parse reads the items of a file.
func parse(data []byte) (*file, error) {
	const fullBox = 4 // the version and flags that some boxes begin with
	meta := box{content: data}.in("meta", 0)
	f := &file{of: map[uint32][]int{}, tiles: map[uint32]uint32{}, thumbnails: map[uint32]uint32{}, auxiliary: map[uint32][]uint32{}}
	pitm := meta.in("pitm", fullBox)
	if len(pitm.content) < 6 {
		return nil, errFormat
	}
	f.wide = pitm.content[0] > 0
	f.primaryAt = pitm.at + fullBox
	n := numbers{pitm.content[fullBox:]}
	f.primary = n.id(f.wide)
	iprp := meta.in("iprp", fullBox)
	f.properties = boxesIn(iprp.in("ipco", 0).content, 0)
	f.associate(iprp.in("ipma", 0).content)
	f.refer(meta.in("iref", fullBox))
	if f.property(f.primary, "hvcC") == nil && f.property(f.primary, "av1C") == nil {
		return nil, errFormat
	}
	return f, nil
}

// associate reads which items have which properties (ISO/IEC 23008-12 9.3.1).
func (f *file) associate(ipma []byte) {
	if len(ipma) < 8 {
		return
	}
	wideID, wideIndex := ipma[0] > 0, ipma[3]&1 != 0
	n := numbers{ipma[4:]}
	for range min(n.next(4), maxItems) {
		id := n.id(wideID)
		for range n.next(1) {
			index := int(n.next(1) & 0x7f)
			if wideIndex {
				index = index<<8 | int(n.next(1))
			}
			if index > 0 && index <= len(f.properties) {
				f.of[id] = append(f.of[id], index-1)
			}
		}
		if len(n.left) == 0 {
			return
		}
	}
}

// refer reads which items belong to which (ISO/IEC 14496-12 8.11.12).
func (f *file) refer(iref box) {
	if len(iref.content) < 4 {
		return
	}
	wide := iref.content[0] > 0
	for _, b := range boxesIn(iref.content[4:], 0) {
		n := numbers{b.content}
		from, count := n.id(wide), n.next(2)
		for i := range min(count, maxItems) {
			to := n.id(wide)
			switch {
			case b.kind == "dimg" && i == 0:
				f.tiles[from] = to
			case b.kind == "thmb":
				f.thumbnails[to] = from
			case b.kind == "auxl":
				f.auxiliary[to] = append(f.auxiliary[to], from)
			}
		}
	}
}

// property returns the content of a property of an item, or of its first tile; nil
// if there is none.
func (f *file) property(item uint32, kind string) []byte {
	for _, one := range []uint32{item, f.tiles[item]} {
		for _, i := range f.of[one] {
			if f.properties[i].kind == kind {
				return f.properties[i].content
			}
		}
	}
	return nil
}

// profile returns the ICC profile of an item, or of its first tile; nil means sRGB.
func (f *file) profile(item uint32) []byte {
	for _, one := range []uint32{item, f.tiles[item]} {
		if own := f.ownColour(one, "prof", "rICC"); own != nil {
			return own
		}
	}
	return f.profileOfPrimaries(item)
}

// ownColour returns the content of an item's property of the kind colr that has one
// of some types, without that type; nil if there is none.
func (f *file) ownColour(item uint32, types ...string) []byte {
	for _, i := range f.of[item] {
		p := f.properties[i]
		if p.kind == "colr" && len(p.content) > 4 && slices.Contains(types, string(p.content[:4])) {
			return p.content[4:]
		}
	}
	return nil
}

// size returns width and height of an item.
func (f *file) size(item uint32) (width, height int) {
	ispe := f.property(item, "ispe")
	if len(ispe) < 12 {
		return 0, 0
	}
	return int(binary.BigEndian.Uint32(ispe[4:])), int(binary.BigEndian.Uint32(ispe[8:]))
}

// showing returns a copy of the file whose primary item is another one, and whose
// brand is one that libheif knows.
func (f *file) showing(item uint32, data []byte) []byte {
	other := bytes.Clone(data)
	if len(other) >= 12 && string(other[4:8]) == "ftyp" {
		copy(other[8:], "heic")
	}
	if f.wide {
		binary.BigEndian.PutUint32(other[f.primaryAt:], item)
	} else {
		binary.BigEndian.PutUint16(other[f.primaryAt:], uint16(item))
	}
	return other
}

// numbers reads integers, one after the other. Those that are missing are zero.
type numbers struct{ left []byte }

func (n *numbers) next(bytes int) (v uint32) {
	for range bytes {
		v <<= 8
		if len(n.left) > 0 {
			v |= uint32(n.left[0])
			n.left = n.left[1:]
		}
	}
	return v
}

func (n *numbers) id(wide bool) uint32 {
	if wide {
		return n.next(4)
	}
	return n.next(2)
}
