package archive

import (
	"encoding/binary"
	"math"
	"time"
	"unicode/utf8"
)

// zipFormat is ZIP according to PKWARE's APPNOTE 6.3.10, whose section numbers
// are given here. Names are UTF-8, contents are stored as they are, or in blocks
// (see blocks.go) with sizes and checksum in a data descriptor after them.
type zipFormat struct{}

const (
	localSignature      = 0x04034b50
	descriptorSignature = 0x08074b50
	recordSignature     = 0x02014b50
	end64Signature      = 0x06064b50
	locator64Signature  = 0x07064b50
	endSignature        = 0x06054b50

	flagDescriptor = 1 << 3  // 4.4.4
	flagUTF8       = 1 << 11 // 4.4.4, appendix D

	zipVersion   = 20 // 4.4.3: folders
	zipVersion64 = 45 // 4.4.3: ZIP64
	madeOnUnix   = 3 << 8

	extra64   = 0x0001 // 4.5.3
	extraTime = 0x5455 // Info-ZIP's extended timestamp
	extraUnix = 0x5855 // Info-ZIP's first one
	extraNTFS = 0x000a // 4.5.5

	max16 = math.MaxUint16 // in a field of 2 bytes, refers to ZIP64
	max32 = math.MaxUint32 // in one of 4 bytes
)

var le = binary.LittleEndian

func (zipFormat) hasSums() bool { return true }

// inBlocks reports whether the content comes before its checksum.
func (zipFormat) inBlocks(size int64) bool { return size > maxSummed }

func (zipFormat) summed(e *entry) bool { return e.hasContent() && !e.inBlocks }

// header is the local header (4.3.7). What is in the descriptor is zero here
// (4.4.4).
func (zipFormat) header(b, path []byte, e *entry, sum uint32) []byte {
	size, extra := uint32(e.size), appendTime(nil, e)
	if e.inBlocks {
		size, sum = 0, 0
	}
	if isLarge(e.stored()) {
		size = max32
		extra = append(appendExtra(extra, extra64, 16), make([]byte, 16)...) // so that the descriptor is a long one (4.3.9.2)
	}
	b = le.AppendUint32(b, localSignature)
	b = le.AppendUint16(b, versionFor(isLarge(e.stored())))
	b = appendCommon(b, e, sum, size, size)
	b = le.AppendUint16(b, uint16(len(path)))
	b = le.AppendUint16(b, uint16(len(extra)))
	b = append(b, path...)
	return append(b, extra...)
}

// trailer is the data descriptor (4.3.9).
func (zipFormat) trailer(b []byte, e *entry, sum uint32) []byte {
	if !e.inBlocks {
		return b
	}
	b = le.AppendUint32(b, descriptorSignature)
	b = le.AppendUint32(b, sum)
	if isLarge(e.stored()) {
		b = le.AppendUint64(b, uint64(e.stored()))
		return le.AppendUint64(b, uint64(e.size))
	}
	b = le.AppendUint32(b, uint32(e.stored()))
	return le.AppendUint32(b, uint32(e.size))
}

// record is a header of the central directory (4.3.12).
func (zipFormat) record(b, path []byte, e *entry, sum uint32) []byte {
	size, stored, offset := uint32(e.size), uint32(e.stored()), uint32(e.offset)
	extra := appendTime(nil, e)
	large := isLarge(e.stored()) || isLarge(e.offset)
	if large { // all of 4.5.3: unzip 6.0 loses what follows if only one is there; unar 1.10 does whatever is there
		size, stored, offset = max32, max32, max32
		extra = appendExtra(extra, extra64, 24)
		extra = le.AppendUint64(extra, uint64(e.size))
		extra = le.AppendUint64(extra, uint64(e.stored()))
		extra = le.AppendUint64(extra, uint64(e.offset))
	}
	version := versionFor(large)
	b = le.AppendUint32(b, recordSignature)
	b = le.AppendUint16(b, madeOnUnix|version)
	b = le.AppendUint16(b, version)
	b = appendCommon(b, e, sum, stored, size)
	b = le.AppendUint16(b, uint16(len(path)))
	b = le.AppendUint16(b, uint16(len(extra)))
	b = le.AppendUint16(b, 0) // comment
	b = le.AppendUint16(b, 0) // disk
	b = le.AppendUint16(b, 0) // internal attributes
	b = le.AppendUint32(b, attributes(e))
	b = le.AppendUint32(b, offset)
	b = append(b, path...)
	return append(b, extra...)
}

// end is the end of central directory record (4.3.16), preceded by that of
// ZIP64 and its locator (4.3.14, 4.3.15) if something does not fit into it.
func (zipFormat) end(b []byte, l *layout) []byte {
	count, offset, length := int64(len(l.entries)), l.records, l.end-l.records
	if count >= max16 || isLarge(offset) || isLarge(length) {
		b = le.AppendUint32(b, end64Signature)
		b = le.AppendUint64(b, 44) // bytes of this record from here on
		b = le.AppendUint16(b, madeOnUnix|zipVersion64)
		b = le.AppendUint16(b, zipVersion64)
		b = le.AppendUint64(b, 0) // two numbers of disks
		b = le.AppendUint64(b, uint64(count))
		b = le.AppendUint64(b, uint64(count))
		b = le.AppendUint64(b, uint64(length))
		b = le.AppendUint64(b, uint64(offset))

		b = le.AppendUint32(b, locator64Signature)
		b = le.AppendUint32(b, 0)
		b = le.AppendUint64(b, uint64(l.end))
		b = le.AppendUint32(b, 1) // disks in all
	}
	short := uint16(min(count, max16))
	b = le.AppendUint32(b, endSignature)
	b = le.AppendUint32(b, 0) // two numbers of disks
	b = le.AppendUint16(b, short)
	b = le.AppendUint16(b, short)
	b = le.AppendUint32(b, clamp32(length))
	b = le.AppendUint32(b, clamp32(offset))
	return le.AppendUint16(b, 0) // comment
}

// path appends a name without what a path in a ZIP cannot have: bytes that are
// not UTF-8, and the backslash, which some readers take for a slash, so that they
// might leave the folder that they unpack to. Each is replaced by U+FFFD and its
// two hexadecimal digits. What looks like that already is replaced as well, so
// that different names stay different.
func (zipFormat) path(b, name []byte) []byte {
	for len(name) > 0 {
		c, n := utf8.DecodeRune(name)
		looksReplaced := c == utf8.RuneError && n > 1 && len(name) >= n+2 && isHex(name[n]) && isHex(name[n+1])
		if c == utf8.RuneError && n == 1 || c == '\\' || looksReplaced {
			for _, octet := range name[:n] {
				b = append(b, "\uFFFD"...)
				b = append(b, hexDigits[octet>>4], hexDigits[octet&15])
			}
		} else {
			b = append(b, name[:n]...)
		}
		name = name[n:]
	}
	return b
}

const hexDigits = "0123456789abcdef"

func isHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }

// appendCommon appends what local header and record have in common: flags,
// method, time, checksum and both sizes.
func appendCommon(b []byte, e *entry, sum, stored, size uint32) []byte {
	const asItIs, deflated = 0, 8 // 4.4.5
	flags, method := uint16(flagUTF8), uint16(asItIs)
	if e.inBlocks {
		flags, method = flags|flagDescriptor, deflated
	}
	day, clock := dosTime(e.time())
	b = le.AppendUint16(b, flags)
	b = le.AppendUint16(b, method)
	b = le.AppendUint16(b, clock)
	b = le.AppendUint16(b, day)
	b = le.AppendUint32(b, sum)
	b = le.AppendUint32(b, stored)
	return le.AppendUint32(b, size)
}

func appendExtra(b []byte, id uint16, length int) []byte {
	b = le.AppendUint16(b, id)
	return le.AppendUint16(b, uint16(length))
}

// appendTime appends the extended timestamp: seconds since 1970 in 32 bits.
// Readers disagree on whether they are signed, so times that depend on it are
// appended as NTFS has them, which has no such doubt but not every reader.
func appendTime(b []byte, e *entry) []byte {
	// Both fields are also given the time of access, since unar 1.10 overlooks an
	// extended timestamp of 5 bytes that is the last field.
	const modification, access = 1, 2
	seconds := e.time().Unix()
	switch {
	case 0 <= seconds && seconds <= math.MaxInt32:
		b = append(appendExtra(b, extraTime, 9), modification|access)
		b = le.AppendUint32(b, uint32(seconds))
		return le.AppendUint32(b, uint32(seconds))
	case seconds > math.MaxInt32 && seconds <= max32:
		// unzip 6.0, unar 1.10 and libarchive 3.6 have only these. Who takes
		// them as signed knows NTFS as well, and takes what comes last; but yauzl
		// takes what comes first, which the older field escapes.
		b = appendExtra(b, extraUnix, 8)
		b = le.AppendUint32(b, uint32(seconds))
		b = le.AppendUint32(b, uint32(seconds))
	}
	return appendNTFS(b, e) // before 1970 it is alone: libarchive 3.6 and unar 1.10 would read 2106 for 1969, not 1980
}

// appendNTFS appends the field of NTFS with times in units of 100 ns since 1601
// (4.5.5): of modification, access and creation, which are all the same here.
func appendNTFS(b []byte, e *entry) []byte {
	const before1970 = 11644473600 // seconds since 1601
	t := e.time()                  // 1677 at the earliest
	stamp := uint64(t.Unix()+before1970)*1e7 + uint64(t.Nanosecond()/100)
	b = appendExtra(b, extraNTFS, 32)
	b = le.AppendUint32(b, 0) // reserved
	b = le.AppendUint16(b, 1) // the attribute with times
	b = le.AppendUint16(b, 24)
	for range 3 {
		b = le.AppendUint64(b, stamp)
	}
	return b
}

// dosTime returns a time in the format of MS-DOS (4.4.6): local time from 1980 to
// 2107 in steps of two seconds.
func dosTime(t time.Time) (day, clock uint16) {
	t = t.Local()
	switch {
	case t.Year() < 1980:
		return 1<<5 | 1, 0
	case t.Year() > 2107:
		return 127<<9 | 12<<5 | 31, 23<<11 | 59<<5 | 29
	}
	day = uint16((t.Year()-1980)<<9 | int(t.Month())<<5 | t.Day())
	return day, uint16(t.Hour()<<11 | t.Minute()<<5 | t.Second()/2)
}

// attributes returns the external attributes (4.4.15): the Unix mode, and below
// it the bit for folders of DOS.
func attributes(e *entry) uint32 {
	const regular, directory, dosFolder = 0o100000, 0o040000, 1 << 4
	if e.kind == folder {
		return (directory|uint32(e.mode))<<16 | dosFolder
	}
	return (regular | uint32(e.mode)) << 16
}

// isLarge reports whether n does not fit into 4 bytes, the largest number of
// which refers to ZIP64.
func isLarge(n int64) bool { return n >= max32 }

func clamp32(n int64) uint32 { return uint32(min(n, max32)) }

func versionFor(large bool) uint16 {
	if large {
		return zipVersion64
	}
	return zipVersion
}
