package archive

import (
	"encoding/binary"
	"math"
	"time"
	"unicode/utf8"
)

// zipFormat is ZIP according to PKWARE's APPNOTE 6.3.10, whose section numbers
// are given here. Names are UTF-8, contents are stored. Sizes and checksum are in
// a data descriptor after the content.
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

	max16 = math.MaxUint16 // in a field of 2 bytes, refers to ZIP64
	max32 = math.MaxUint32 // in one of 4 bytes
)

var le = binary.LittleEndian

func (zipFormat) hasSums() bool { return true }

// header is the local header (4.3.7). What is in the descriptor is zero here
// (4.4.4).
func (zipFormat) header(b, path []byte, e *entry) []byte {
	size, extra := uint32(0), appendTime(nil, e)
	if isLarge(e.size) {
		size = max32
		extra = append(appendExtra(extra, extra64, 16), make([]byte, 16)...) // so that the descriptor is a long one (4.3.9.2)
	}
	b = le.AppendUint32(b, localSignature)
	b = le.AppendUint16(b, versionFor(isLarge(e.size)))
	b = appendCommon(b, e, 0, size)
	b = le.AppendUint16(b, uint16(len(path)))
	b = le.AppendUint16(b, uint16(len(extra)))
	b = append(b, path...)
	return append(b, extra...)
}

// trailer is the data descriptor (4.3.9).
func (zipFormat) trailer(b []byte, e *entry, sum uint32) []byte {
	if !e.hasContent() {
		return b
	}
	b = le.AppendUint32(b, descriptorSignature)
	b = le.AppendUint32(b, sum)
	if isLarge(e.size) {
		b = le.AppendUint64(b, uint64(e.size))
		return le.AppendUint64(b, uint64(e.size))
	}
	b = le.AppendUint32(b, uint32(e.size))
	return le.AppendUint32(b, uint32(e.size))
}

// record is a header of the central directory (4.3.12).
func (zipFormat) record(b, path []byte, e *entry, sum uint32) []byte {
	size, offset := clamp32(e.size), clamp32(e.offset)
	var large []byte // what does not fit into a field, in the order of 4.5.3
	if size == max32 {
		large = le.AppendUint64(large, uint64(e.size))
		large = le.AppendUint64(large, uint64(e.size))
	}
	if offset == max32 {
		large = le.AppendUint64(large, uint64(e.offset))
	}
	extra := appendTime(nil, e)
	if len(large) > 0 {
		extra = append(appendExtra(extra, extra64, len(large)), large...)
	}
	version := versionFor(len(large) > 0)
	b = le.AppendUint32(b, recordSignature)
	b = le.AppendUint16(b, madeOnUnix|version)
	b = le.AppendUint16(b, version)
	b = appendCommon(b, e, sum, size)
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
func appendCommon(b []byte, e *entry, sum, size uint32) []byte {
	flags := uint16(flagUTF8)
	if e.hasContent() {
		flags |= flagDescriptor
	}
	day, clock := dosTime(e.time())
	b = le.AppendUint16(b, flags)
	b = le.AppendUint16(b, 0) // stored
	b = le.AppendUint16(b, clock)
	b = le.AppendUint16(b, day)
	b = le.AppendUint32(b, sum)
	b = le.AppendUint32(b, size)
	return le.AppendUint32(b, size)
}

func appendExtra(b []byte, id uint16, length int) []byte {
	b = le.AppendUint16(b, id)
	return le.AppendUint16(b, uint16(length))
}

// appendTime appends the extended timestamp: seconds since 1970 in 32 bits.
// Readers disagree on whether they are signed, so times that depend on it are in
// DOS form only.
func appendTime(b []byte, e *entry) []byte {
	seconds := e.time().Unix()
	if seconds < 0 || seconds > math.MaxInt32 {
		return b
	}
	b = append(appendExtra(b, extraTime, 5), 1) // 1: has the modification time
	return le.AppendUint32(b, uint32(seconds))
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
