package media

import (
	"encoding/binary"
	"io"
	"iter"
	"math"
	"unicode/utf8"
)

// chunks yields the chunks of a RIFF or AIFF file, or of a list in one, from an offset
// on. A last chunk may say that it is longer than it is, as of recordings that were
// cut off.
func chunks(data *io.SectionReader, at int64, order binary.ByteOrder) iter.Seq2[string, *io.SectionReader] {
	return func(yield func(string, *io.SectionReader) bool) {
		for range maxSegments {
			head := read(data, at, 8)
			if head == nil {
				return
			}
			length := int64(order.Uint32(head[4:]))
			if !yield(string(head[:4]), orEmpty(part(data, at+8, min(length, data.Size()-at-8)))) {
				return
			}
			at += 8 + length + length&1
		}
	}
}

// inWAV reads the tags of ID3 and of RIFF.
func (s *Song) inWAV(file *io.SectionReader) {
	rate := 0.0 // bytes a second
	for id, chunk := range chunks(file, 12, binary.LittleEndian) {
		switch id {
		case "fmt ":
			if b := beginning(chunk, 12); len(b) == 12 {
				rate = float64(binary.LittleEndian.Uint32(b[8:]))
			}
		case "data":
			s.Length = in(float64(chunk.Size()), rate)
		case "ID3 ", "id3 ":
			s.inID3(chunk)
		case "LIST":
			for name, value := range chunks(chunk, 4, binary.LittleEndian) {
				s.set(name, text8(value))
			}
		}
	}
}

// inAIFF reads the tags of ID3 and of AIFF.
func (s *Song) inAIFF(file *io.SectionReader) {
	for id, chunk := range chunks(file, 12, binary.BigEndian) {
		switch id {
		case "COMM":
			if b := beginning(chunk, 18); len(b) == 18 {
				s.Length = in(float64(binary.BigEndian.Uint32(b[2:])), extended(b[8:]))
			}
		case "ID3 ", "id3 ":
			s.inID3(chunk)
		case "NAME", "AUTH":
			s.set(id, text8(chunk))
		}
	}
}

// extended reads the number of 80 bits in which AIFF has the rate.
func extended(b []byte) float64 {
	exponent := int(binary.BigEndian.Uint16(b)&0x7fff) - 16383 - 63
	return math.Ldexp(float64(binary.BigEndian.Uint64(b[2:])), exponent)
}

// text8 reads a text that is UTF-8 or what Windows had before.
func text8(data *io.SectionReader) string {
	b := beginning(data, 4*maxSongText)
	if utf8.Valid(b) {
		return upToZero(b)
	}
	return decoded(b, latin)
}
