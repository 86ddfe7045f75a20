package archive

import (
	"archive/tar"
	"bytes"
	"unicode/utf8"
)

// tarFormat is POSIX tar (PAX). It keeps the bytes of names.
type tarFormat struct{}

const tarBlock = 512

func (tarFormat) hasSums() bool                                 { return false }
func (tarFormat) record(b, _ []byte, _ *entry, _ uint32) []byte { return b }
func (tarFormat) end(b []byte, _ *layout) []byte                { return append(b, make([]byte, 2*tarBlock)...) }
func (tarFormat) path(b, name []byte) []byte                    { return append(b, name...) }

// header is preceded by a PAX header where something does not fit.
func (tarFormat) header(b, path []byte, e *entry) []byte {
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
	return append(b, out.Bytes()...)
}

// trailer fills the last block.
func (tarFormat) trailer(b []byte, e *entry, _ uint32) []byte {
	return append(b, make([]byte, -e.size&(tarBlock-1))...)
}
