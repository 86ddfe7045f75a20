package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"io"
)

const (
	// maxPackets is how many packets of an Ogg file may be about the music: FLAC
	// has one for each of its blocks.
	maxPackets = 64
	// maxOggHeader is how many bytes they may have.
	maxOggHeader = 8 << 20
)

// coverInOgg returns the covers in the comments of Vorbis, Opus or FLAC.
func coverInOgg(file *io.SectionReader) []*io.SectionReader {
	p := packets{file: file}
	first := p.next()
	switch {
	case bytes.HasPrefix(first, []byte("\x01vorbis")):
		return coverInComments(bytes.TrimPrefix(p.next(), []byte("\x03vorbis")))
	case bytes.HasPrefix(first, []byte("OpusHead")):
		return coverInComments(bytes.TrimPrefix(p.next(), []byte("OpusTags")))
	case bytes.HasPrefix(first, []byte("\x7fFLAC")):
		return coverInBlocks(&p)
	}
	return nil
}

// coverInBlocks returns the covers in the blocks of FLAC (RFC 9639 10.1).
func coverInBlocks(p *packets) (covers []*io.SectionReader) {
	const comment, picture, last = 4, 6, 0x80
	for range maxPackets {
		block := p.next()
		if len(block) < 4 {
			break
		}
		switch block[0] &^ last {
		case comment:
			covers = append(covers, coverInComments(block[4:])...)
		case picture:
			covers = append(covers, pictureAfter(sectionOf(block[4:]))...)
		}
		if block[0]&last != 0 {
			break
		}
	}
	return covers
}

// coverInComments returns the covers in Vorbis comments: each is a block of FLAC in
// base64.
func coverInComments(b []byte) (covers []*io.SectionReader) {
	_, b = cutCounted(b) // the program that wrote them
	if len(b) < 4 {
		return nil
	}
	const key = "METADATA_BLOCK_PICTURE="
	for b = b[4:]; len(b) >= 4 && len(covers) < maxParts; {
		var one []byte
		one, b = cutCounted(b)
		if len(one) < len(key) || !bytes.EqualFold(one[:len(key)], []byte(key)) {
			continue
		}
		block, _ := base64.StdEncoding.AppendDecode(nil, one[len(key):])
		covers = append(covers, pictureAfter(sectionOf(block))...)
	}
	return covers
}

// cutCounted cuts off what has its length in front.
func cutCounted(b []byte) (one, rest []byte) {
	if len(b) < 4 {
		return nil, nil
	}
	n := int64(binary.LittleEndian.Uint32(b))
	if n > int64(len(b)-4) {
		return nil, nil
	}
	return b[4 : 4+n], b[4+n:]
}

func sectionOf(b []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b)))
}

// packets are those of the first stream of an Ogg file (RFC 3533 6).
type packets struct {
	file     *io.SectionReader
	at       int64  // of the next page
	taken    int    // bytes
	serial   []byte // of the stream
	segments []byte // lengths that are left of the page
	data     []byte // of these
}

// next returns the next packet; nil if there is none.
func (p *packets) next() (packet []byte) {
	for p.taken < maxOggHeader {
		for len(p.segments) > 0 {
			n := int(p.segments[0])
			packet = append(packet, p.data[:n]...)
			p.segments, p.data, p.taken = p.segments[1:], p.data[n:], p.taken+n
			if n < 255 {
				return packet
			}
		}
		if !p.page() {
			return nil
		}
	}
	return nil
}

// page reads the next page of the stream.
func (p *packets) page() bool {
	for range maxSegments {
		head := read(p.file, p.at, 27)
		if head == nil || !hasMagic(head, "OggS") {
			return false
		}
		segments := read(p.file, p.at+27, int(head[26]))
		length := 0
		for _, n := range segments {
			length += int(n)
		}
		data := read(p.file, p.at+27+int64(len(segments)), length)
		if data == nil {
			return false
		}
		p.at += 27 + int64(len(segments)+length)
		if p.serial == nil {
			p.serial = head[14:18]
		}
		if bytes.Equal(p.serial, head[14:18]) {
			p.segments, p.data = segments, data
			return true
		}
	}
	return false
}
