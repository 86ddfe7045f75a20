package archive

import (
	"archive/tar"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"unicode/utf8"
)

// tarFormat is POSIX tar (PAX). It keeps the bytes of names.
type tarFormat struct{}

const tarBlock = 512

func (tarFormat) hasSums() bool                                 { return false }
func (tarFormat) summed(*entry) bool                            { return false }
func (tarFormat) inBlocks(int64) bool                           { return false }
func (tarFormat) record(b, _ []byte, _ *entry, _ uint32) []byte { return b }
func (tarFormat) end(b []byte, _ *layout) []byte                { return append(b, make([]byte, 2*tarBlock)...) }
func (tarFormat) path(b, name []byte) []byte                    { return append(b, name...) }

// header is preceded by a PAX header where something does not fit.
func (tarFormat) header(b, path []byte, e *entry, _ uint32) []byte {
	h := tar.Header{
		Typeflag: tar.TypeReg,
		Name:     string(path),
		Size:     e.size,
		Mode:     int64(e.mode),
		ModTime:  e.time(),
		Format:   tar.FormatPAX,
	}
	h.ModTime = h.ModTime.Truncate(1e9) // otherwise each would have a PAX header for its nanoseconds
	if e.kind == folder {
		h.Typeflag = tar.TypeDir
	}
	if !utf8.Valid(path) {
		h.PAXRecords = map[string]string{"hdrcharset": "BINARY"}
	}
	var out bytes.Buffer
	// It fails for names with a zero byte and for negative sizes, which do not occur.
	_ = tar.NewWriter(&out).WriteHeader(&h)
	head := out.Bytes()
	mendUSTAR(head[len(head)-tarBlock:], path, e.size)
	return append(b, head...)
}

// mendUSTAR makes a header useful to readers that do not know the PAX header
// before it: busybox, toybox, unar and cpio take a size that archive/tar leaves
// at zero for none, and names without their letters beyond ASCII for one name.
func mendUSTAR(header, path []byte, size int64) {
	const nameAt, nameLen, sizeAt, sizeLen, sumAt, sumLen, prefixAt, prefixLen = 0, 100, 124, 12, 148, 8, 345, 155
	const largestOctal = 1<<33 - 1
	if size > largestOctal { // in base 256, as GNU tar has it
		field := header[sizeAt:][:sizeLen]
		clear(field)
		binary.BigEndian.PutUint64(field[sizeLen-8:], uint64(size))
		field[0] |= 0x80
	}
	prefix, name := splitUSTAR(path, prefixLen, nameLen)
	clear(header[nameAt:][:nameLen])
	clear(header[prefixAt:][:prefixLen])
	copy(header[nameAt:][:nameLen], name)
	copy(header[prefixAt:][:prefixLen], prefix)

	copy(header[sumAt:], "        ")
	sum := 0
	for _, b := range header {
		sum += int(b)
	}
	copy(header[sumAt:][:sumLen], fmt.Sprintf("%06o\x00 ", sum))
}

// splitUSTAR splits a path into the two fields that it is kept in (POSIX ustar).
// One that is too long is named by its end and by something that tells it from
// others.
func splitUSTAR(path []byte, prefixLen, nameLen int) (prefix, name []byte) {
	if len(path) <= nameLen {
		return nil, path
	}
	for i := min(prefixLen, len(path)-2); i > 0; i-- {
		if path[i] == '/' && len(path)-i-1 <= nameLen {
			return path[:i], path[i+1:]
		}
	}
	name = fmt.Appendf(nil, "%08x-", crc32.ChecksumIEEE(path))
	end := path[bytes.LastIndexByte(path[:len(path)-1], '/')+1:]
	return nil, append(name, end[max(0, len(end)-(nameLen-len(name))):]...)
}

// trailer fills the last block.
func (tarFormat) trailer(b []byte, e *entry, _ uint32) []byte {
	return append(b, make([]byte, -e.size&(tarBlock-1))...)
}
