package archive

import (
	"sort"
	"sync/atomic"
	"time"

	"windowsill/server/share"
)

// entry is a file or folder of an archive. There may be millions, so it takes 64
// bytes, and the names are in one slice.
type entry struct {
	offset     int64 // of its header in the archive
	record     int64 // offset of its record in the directory, which is empty in a tar
	size       int64 // bytes of content
	modified   int64 // nanoseconds since 1970
	changed    uint64
	inode      uint64 // which file it is, if it may be growing; else 0
	parent     int32  // index of the folder that it is in; -1 if none
	nameEnd    uint32 // in layout.names; the name begins at the end of the one before
	headerSize uint32 // bytes of its header
	mode       uint16 // permission bits
	kind       kind
	inBlocks   bool // the content is in blocks, see blocks.go
}

type kind uint8

const (
	file   kind = iota
	folder      // holds no content
	note        // its content is layout.note
)

// sumEntry is how many bytes of a layout the checksum of an entry takes.
const sumEntry = 8

// known is set in a checksum that is known; the sum is in the lower 32 bits.
const known = 1 << 32

// layout says what is where in an archive. Except for the checksums, it does not
// change once it is built.
type layout struct {
	format  format
	folder  string // that is archived, in the share; "" for the share
	bare    bool   // there is no entry for that
	entries []entry
	names   []byte           // in the share
	renamed map[int32]string // what entries are called in the archive instead
	note    []byte
	sums    []atomic.Uint64
	tag     string // strong validator, in quotes
	records int64  // where the directory begins
	end     int64  // where it ends
	size    int64  // bytes of the archive
	usage   usage
}

// usage is what the packer knows of a layout.
type usage struct {
	share *share.Folder // pinned, so that others that come to it do not break it off
	cost  int64         // bytes of memory that it has
	key   key           // of its selection
	users int           // guarded by Packer.mu
	keeps int           // times that it is kept for and that are not over; guarded by Packer.mu
	begun time.Time     // when the folder was looked at last; guarded by Packer.mu
}

// name returns the last element of an entry's path.
func (l *layout) name(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = l.entries[i-1].nameEnd
	}
	return l.names[from:l.entries[i].nameEnd]
}

// appendPath appends the path of an entry, with the title, if the archive has one,
// as its first element and without a slash at its end.
func (l *layout) appendPath(b []byte, i int) []byte {
	if up := l.entries[i].parent; up >= 0 {
		b = append(l.appendPath(b, int(up)), '/')
	}
	return append(b, l.name(i)...)
}

// source returns the name of an entry in the share.
func (l *layout) source(i int) string {
	path := l.appendPath(nil, i)
	if !l.bare {
		path = path[len(l.name(0))+1:]
	}
	if l.folder == "" {
		return string(path)
	}
	return l.folder + "/" + string(path)
}

// version returns the version that the file must still have when it is sent.
func (e *entry) version() share.Version {
	return share.Version{Size: e.size, Modified: e.modified, Changed: e.changed}
}

func (e *entry) time() time.Time { return time.Unix(0, e.modified) }

// hasContent reports whether there is content after its header.
func (e *entry) hasContent() bool { return e.size > 0 }

// stored returns how many bytes the content takes in the archive.
func (e *entry) stored() int64 {
	if e.inBlocks {
		return e.size + blockHeader*blocksOf(e.size)
	}
	return e.size
}

// at returns the entry whose header, content or trailer is at an offset below
// l.records.
func (l *layout) at(offset int64) int {
	return sort.Search(len(l.entries), func(i int) bool { return l.entries[i].offset > offset }) - 1
}

// recordAt returns the entry whose record is at an offset of the directory.
func (l *layout) recordAt(offset int64) int {
	return sort.Search(len(l.entries), func(i int) bool { return l.entries[i].record > offset }) - 1
}

// trailerAt returns where the content of an entry ends.
func (e *entry) trailerAt() int64 { return e.offset + int64(e.headerSize) + e.stored() }

// sum returns the checksum of an entry, if it is known. That of no bytes is 0.
func (l *layout) sum(i int) (sum uint32, ok bool) {
	if !l.format.hasSums() || l.entries[i].size == 0 {
		return 0, true
	}
	s := l.sums[i].Load()
	return uint32(s), s&known != 0
}

func (l *layout) learn(i int, sum uint32) { l.sums[i].Store(known | uint64(sum)) }
