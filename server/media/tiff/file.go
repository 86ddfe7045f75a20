package tiff

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// Why a file or a page cannot be decoded.
var (
	errFormat      = errors.New("tiff: not a valid file")
	errUnsupported = errors.New("tiff: a form that is not known")
)

// How much of a file is read at most.
const (
	maxPages    = 1000
	maxTags     = 1000     // of a page
	maxSmall    = 1 << 10  // values of a tag, but for the places of blocks
	maxBlocks   = 1 << 20  // of a page
	maxSide     = 1 << 20  // pixels in a row or a column, of a page or a block
	maxProfile  = 4 << 20  // bytes
	maxJPEGHead = 64 << 10 // bytes of the tables that blocks share
)

// The tags of TIFF 6.0 and its supplements that are read.
const (
	tagSubfileType  = 254
	tagOldSubfile   = 255
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagCompression  = 259
	tagPhotometric  = 262
	tagFillOrder    = 266
	tagStripOffsets = 273
	tagOrientation  = 274
	tagSamples      = 277
	tagRowsPerStrip = 278
	tagStripLengths = 279
	tagPlanar       = 284
	tagT4Options    = 292
	tagPredictor    = 317
	tagColourMap    = 320
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagTileOffsets  = 324
	tagTileLengths  = 325
	tagExtraSamples = 338
	tagSampleFormat = 339
	tagJPEGTables   = 347
	tagJPEGOffset   = 513
	tagJPEGLength   = 514
	tagSubsampling  = 530
	tagReference    = 532
	tagProfile      = 34675
)

// File is a TIFF file.
type File struct {
	Pages []*Page // at most a thousand; smaller versions of others and masks are left out

	r     io.ReaderAt
	order binary.ByteOrder
	big   bool // it has numbers of 64 bits
}

// Page is a picture in a file.
type Page struct {
	Width, Height int // in pixels; they may be anything
	file          *File
	tags          map[uint16]entry
}

// entry is what a directory says of a tag.
type entry struct {
	kind  uint16
	count uint64
	value []byte // the values, or where they are
}

// Open reads the directories of a file, one for each page.
func Open(r io.ReaderAt) (*File, error) {
	f := &File{r: r, order: binary.LittleEndian}
	head := f.read(0, 16)
	if len(head) < 8 {
		return nil, errFormat
	}
	if head[0] == 'M' {
		f.order = binary.BigEndian
	}
	next := int64(f.order.Uint32(head[4:]))
	switch f.order.Uint16(head[2:]) {
	case 42:
	case 43:
		if len(head) < 16 || f.order.Uint16(head[4:]) != 8 {
			return nil, errFormat
		}
		f.big = true
		next = f.offset(head[8:])
	default:
		return nil, errFormat
	}
	f.readPages(next)
	if len(f.Pages) == 0 {
		return nil, errFormat
	}
	return f, nil
}

// readPages reads the directories from an offset on. If all of them are smaller
// versions, the first one is a page.
func (f *File) readPages(at int64) {
	seen := map[int64]bool{}
	var first *Page
	for len(seen) < maxPages && at > 0 && !seen[at] {
		seen[at] = true
		p, next := f.directory(at)
		if p == nil {
			break
		}
		if first == nil {
			first = p
		}
		const smaller, mask = 1, 4
		if p.number(tagSubfileType, 0)&(smaller|mask) == 0 && p.number(tagOldSubfile, 1) != 2 {
			f.Pages = append(f.Pages, p)
		}
		at = next
	}
	if len(f.Pages) == 0 && first != nil {
		f.Pages = []*Page{first}
	}
}

// directory reads a directory, and where the next one is; nil if there is none.
func (f *File) directory(at int64) (*Page, int64) {
	countSize, entrySize, valueSize := int64(2), int64(12), 4
	if f.big {
		countSize, entrySize, valueSize = 8, 20, 8
	}
	head := f.read(at, int(countSize))
	if int64(len(head)) < countSize {
		return nil, 0
	}
	count := uint64(f.order.Uint16(head))
	if f.big {
		count = f.order.Uint64(head)
	}
	if count > maxTags {
		return nil, 0
	}
	at += countSize
	all := f.read(at, int(count)*int(entrySize))
	if int64(len(all)) < int64(count)*entrySize {
		return nil, 0
	}
	p := &Page{file: f, tags: map[uint16]entry{}}
	for ; len(all) > 0; all = all[entrySize:] {
		e := entry{kind: f.order.Uint16(all[2:]), count: uint64(f.order.Uint32(all[4:])), value: all[8:12]}
		if f.big {
			e.count, e.value = f.order.Uint64(all[4:]), all[12:20]
		}
		p.tags[f.order.Uint16(all)] = e
	}
	p.Width, p.Height = p.number(tagWidth, 0), p.number(tagHeight, 0)
	next := f.read(at+int64(count)*entrySize, valueSize)
	if len(next) < valueSize {
		return p, 0
	}
	return p, f.offset(next)
}

// offset reads a place in the file; a negative one is none.
func (f *File) offset(b []byte) int64 {
	if f.big {
		return int64(f.order.Uint64(b))
	}
	return int64(f.order.Uint32(b))
}

// read returns n bytes from an offset on, or fewer at the end of the file.
func (f *File) read(at int64, n int) []byte {
	if at < 0 || at > math.MaxInt64-int64(n) {
		return nil
	}
	b, _ := io.ReadAll(io.NewSectionReader(f.r, at, int64(n)))
	return b
}

// The kinds of values.
const (
	kindByte      = 1
	kindShort     = 3
	kindLong      = 4
	kindRational  = 5
	kindUndefined = 7
	kindIFD       = 13
	kindLong8     = 16
	kindIFD8      = 18
)

func sizeOf(kind uint16) int {
	switch kind {
	case kindByte, kindUndefined:
		return 1
	case kindShort:
		return 2
	case kindLong, kindIFD:
		return 4
	case kindLong8, kindIFD8, kindRational:
		return 8
	}
	return 0
}

// bytes returns the values of a tag as they are in the file, at most so many; nil if
// there are none, or they are no integers.
func (p *Page) bytes(tag uint16, most int) []byte {
	e := p.tags[tag]
	size := sizeOf(e.kind)
	n := int(min(e.count, uint64(most)))
	if size == 0 || n == 0 {
		return nil
	}
	if e.count*uint64(size) <= uint64(len(e.value)) {
		return e.value[:n*size]
	}
	return p.file.read(p.file.offset(e.value), n*size)
}

// numbers returns the values of a tag, at most so many.
func (p *Page) numbers(tag uint16, most int) []int64 {
	b, size := p.bytes(tag, most), sizeOf(p.tags[tag].kind)
	if size == 0 {
		return nil
	}
	all := make([]int64, 0, len(b)/size)
	for ; len(b) >= size; b = b[size:] {
		switch size {
		case 1:
			all = append(all, int64(b[0]))
		case 2:
			all = append(all, int64(p.file.order.Uint16(b)))
		case 4:
			all = append(all, int64(p.file.order.Uint32(b)))
		case 8:
			all = append(all, int64(p.file.order.Uint64(b)))
		}
	}
	return all
}

// number returns the first value of a tag, or else another one. None is negative or
// has more than 31 bits.
func (p *Page) number(tag uint16, otherwise int) int {
	if all := p.numbers(tag, 1); len(all) > 0 && all[0] >= 0 && all[0] <= math.MaxInt32 {
		return int(all[0])
	}
	return otherwise
}

// Orientation is how the page is turned and mirrored, from 1 to 8; 0 if the file
// does not tell.
func (p *Page) Orientation() int {
	if o := p.number(tagOrientation, 0); o >= 1 && o <= 8 {
		return o
	}
	return 0
}

// Profile is the ICC profile of the page; nil if there is none.
func (p *Page) Profile() []byte {
	if p.tags[tagProfile].count > maxProfile {
		return nil
	}
	return p.bytes(tagProfile, maxProfile)
}
