package media

import (
	"io"
	"iter"
)

// extent is where an item is in a file.
type extent struct{ from, length int64 }

// heifExtents reads an iloc box (ISO/IEC 14496-12 8.11.3): the IDs of items and
// the first extent of each in the file.
func heifExtents(iloc *io.SectionReader) iter.Seq2[uint32, extent] {
	return func(yield func(uint32, extent) bool) {
		iloc = orEmpty(iloc)
		n := numbers{data: read(iloc, 0, int(min(iloc.Size(), 1<<20)))}
		version := n.next(1)
		n.next(3)
		sizes := n.next(2)
		offset, length, base, index := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), 0
		if version > 0 {
			index = int(sizes & 15)
		}
		wide := 2 // bytes of an ID or a count
		if version == 2 {
			wide = 4
		}
		for range min(n.next(wide), maxItems) {
			id, inFile := n.next(wide), true
			if version > 0 {
				inFile = n.next(2)&15 == 0 // rather than in another box
			}
			n.next(2)
			from := n.next(base)
			for i := range min(n.next(2), maxItems) {
				n.next(index)
				piece := extent{from + n.next(offset), n.next(length)}
				if n.short {
					return
				}
				if i == 0 && inFile && !yield(uint32(id), piece) {
					return
				}
			}
		}
	}
}

// numbers reads integers of given lengths, one after the other.
type numbers struct {
	data  []byte
	short bool // there were too few bytes
}

// next reads an integer of n bytes.
func (r *numbers) next(n int) (v int64) {
	if n > len(r.data) || n > 8 {
		r.short, r.data = true, nil
		return 0
	}
	for _, b := range r.data[:n] {
		v = v<<8 | int64(b)
	}
	r.data = r.data[n:]
	return v
}
