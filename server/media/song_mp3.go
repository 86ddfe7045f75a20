package media

import (
	"bytes"
	"encoding/binary"
	"io"
)

// inMP3 reads the tags at both ends, and the length as the first frame has it.
func (s *Song) inMP3(file *io.SectionReader) {
	begin := int64(0)
	if head := read(file, 0, 10); hasMagic(head, "ID3") {
		s.inID3(file)
		begin = 10 + syncsafe(head[6:10])
	}
	audio := file.Size() - begin
	if tag := read(file, max(0, file.Size()-128), 128); hasMagic(tag, "TAG") {
		s.set("TITLE", text8(sectionOf(tag[3:33])))
		s.set("ARTIST", text8(sectionOf(tag[33:63])))
		s.set("ALBUM", text8(sectionOf(tag[63:93])))
		audio -= 128
	}
	const most = 8 << 10 // bytes before the first frame, such as padding
	b := make([]byte, most)
	n, _ := file.ReadAt(b, begin)
	for b = b[:n]; len(b) >= 4; b = b[1:] {
		if f, ok := readFrameHeader(b); ok && f.isFollowed(b) {
			s.Length = in(f.frames(b, audio)*f.samples, f.rate)
			return
		}
	}
}

// mpegFrame is the header of a frame of MPEG audio (ISO/IEC 11172-3 2.4.1.3).
type mpegFrame struct {
	bits    float64 // a second
	rate    float64 // samples a second
	samples float64 // of the frame
	length  int     // of the frame in bytes
	side    int     // bytes between the header and what some encoders write there
}

var (
	// bitrates are those of layers 1 to 3 of version 1, and of layers 1 and 2 of 2, in
	// thousands.
	bitrates = [5][15]float64{
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
	sampleRates = [3]float64{44100, 48000, 32000}
)

func readFrameHeader(b []byte) (f mpegFrame, ok bool) {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return f, false
	}
	version, layer := b[1]>>3&3, 4-int(b[1]>>1&3) // version 3 is 1, 2 is 2, 0 is 2.5
	bits, rate := b[2]>>4, b[2]>>2&3
	if version == 1 || layer == 4 || bits == 0 || bits == 15 || rate == 3 {
		return f, false
	}
	table, divisor := layer-1, 1.0
	if version != 3 {
		table, divisor = min(layer+2, 4), 2
	}
	if version == 0 {
		divisor = 4
	}
	f.bits, f.rate = bitrates[table][bits]*1000, sampleRates[rate]/divisor
	f.samples = 1152
	switch {
	case layer == 1:
		f.samples = 384
	case layer == 3 && version != 3:
		f.samples = 576
	}
	padding := int(b[2] >> 1 & 1)
	f.length = int(f.samples/8*f.bits/f.rate) + padding
	if layer == 1 {
		f.length = (int(12*f.bits/f.rate) + padding) * 4
	}
	f.side = sideOf(version == 3, b[3]>>6 == 3)
	return f, true
}

// sideOf returns how long the side information of layer 3 is.
func sideOf(first, mono bool) int {
	switch {
	case first && !mono:
		return 32
	case first || !mono:
		return 17
	}
	return 9
}

// isFollowed reports whether another frame comes next, as far as that is in b.
func (f mpegFrame) isFollowed(b []byte) bool {
	if f.length < 4 || f.length+4 > len(b) {
		return f.length >= 4
	}
	_, ok := readFrameHeader(b[f.length:])
	return ok
}

// frames returns how many frames there are: as the encoder says in the first one, or
// else as many as fit into so many bytes.
func (f mpegFrame) frames(b []byte, bytesOfAudio int64) float64 {
	const counted = 1
	if x := 4 + f.side; len(b) >= x+12 && (bytes.HasPrefix(b[x:], []byte("Xing")) || bytes.HasPrefix(b[x:], []byte("Info"))) && b[x+7]&counted != 0 {
		return float64(binary.BigEndian.Uint32(b[x+8:]))
	}
	if x := 36; len(b) >= x+18 && bytes.HasPrefix(b[x:], []byte("VBRI")) {
		return float64(binary.BigEndian.Uint32(b[x+14:]))
	}
	return float64(bytesOfAudio) * 8 / f.bits * f.rate / f.samples
}

func upToZero(b []byte) string {
	text, _, _ := bytes.Cut(b, []byte{0})
	return string(text)
}
