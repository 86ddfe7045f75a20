package share

import (
	"bytes"
	"strings"
)

// shared tells apart the kinds of files that share an extension, given the type
// in types and some content.
var shared = map[string]func(t string, head []byte) string{
	"ts":   scriptOrFilm,
	"mts":  scriptOrFilm,
	"m3u":  playlist,
	"m3u8": playlist,
	"pls":  stations,
	"mod":  module,
	"sub":  subtitles,
	"dat":  data,
}

// scriptOrFilm tells TypeScript from a film.
func scriptOrFilm(t string, head []byte) string {
	switch {
	case isTransportStream(head):
		return "video/mp2t"
	case isText(head):
		return plain
	}
	return t
}

// playlist tells a list of songs from one of the parts of a film, which has at
// least one tag that begins with EXT-X- (RFC 8216 4.3.3.1, 4.3.4.2). Players read
// either as what its type says, and find nothing in the other.
func playlist(t string, head []byte) string {
	if bytes.HasPrefix(head, []byte("#EXT-X-")) || bytes.Contains(head, []byte("\n#EXT-X-")) {
		return "application/vnd.apple.mpegurl"
	}
	return t
}

// stations tells a playlist from a pronunciation lexicon (RFC 4267) and from
// Oracle's SQL.
func stations(t string, head []byte) string {
	head = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\uFEFF"))))
	switch {
	case bytes.HasPrefix(head, []byte("[playlist]")):
		return t
	case bytes.HasPrefix(head, []byte("<")):
		return "application/pls+xml"
	case isText(head):
		return plain
	}
	return t
}

// module tells Go's from the film of a camcorder and from music of the 1990s.
func module(_ string, head []byte) string {
	switch {
	case isText(head):
		return plain
	case isProgramStream(head):
		return "video/mpeg"
	}
	return "audio/x-mod"
}

// subtitles tells texts from pictures of them.
func subtitles(_ string, head []byte) string {
	if isText(head) {
		return plain
	}
	return "application/octet-stream"
}

// data tells a few of the many files that are simply called data.
func data(t string, head []byte) string {
	switch {
	case isProgramStream(head), bytes.HasPrefix(head, []byte("RIFF")) && bytes.HasPrefix(head[min(8, len(head)):], []byte("CDXA")):
		return "video/mpeg" // the latter from a Video CD
	case bytes.HasPrefix(head, []byte("\x78\x9f\x3e\x22")):
		return "application/vnd.ms-tnef" // Outlook's winmail.dat
	case isText(head):
		return plain
	}
	return t
}

// isText reports whether head may be text: it has no control characters that do
// not belong into one, or the mark of UTF-16.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte{0xFE, 0xFF}) || bytes.HasPrefix(head, []byte{0xFF, 0xFE}) {
		return true
	}
	return bytes.IndexFunc(head, func(c rune) bool { return c < ' ' && !strings.ContainsRune("\t\n\f\r\b\x1b", c) }) < 0
}

// isProgramStream reports whether head begins an MPEG program stream.
func isProgramStream(head []byte) bool { return bytes.HasPrefix(head, []byte{0, 0, 1, 0xBA}) }

// isTransportStream reports whether head begins an MPEG transport stream: each
// of its packets has the letter G at the same offset. They are 188 bytes long;
// cameras and Blu-ray discs put 4 bytes in front, receivers 16 of parity behind.
func isTransportStream(head []byte) bool {
	for _, packet := range []struct{ size, at int }{{188, 0}, {192, 4}, {204, 0}} {
		if hasSync(head, packet.size, packet.at) {
			return true
		}
	}
	return false
}

func hasSync(head []byte, size, at int) bool {
	if len(head) < size {
		return false
	}
	for ; at < len(head); at += size {
		if head[at] != 'G' {
			return false
		}
	}
	return true
}

// typeByHead knows the types that [net/http.DetectContentType] does not, and
// corrects it where it takes Matroska for WebM.
func typeByHead(head []byte) string {
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		return typeByBrand(string(head[8:12]))
	}
	switch {
	case isTransportStream(head):
		return "video/mp2t"
	case isProgramStream(head):
		return "video/mpeg"
	case bytes.HasPrefix(head, []byte("\x1aE\xdf\xa3")) && bytes.Contains(head[:min(64, len(head))], []byte("matroska")):
		return "video/matroska"
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.t
		}
	}
	return ""
}

var magic = []struct{ prefix, t string }{
	{"fLaC", "audio/flac"},
	{"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{"\xfd7zXZ\x00", "application/x-xz"},
	{"\x28\xb5\x2f\xfd", "application/zstd"},
	{"BZh91AY&SY", "application/x-bzip2"},
}

// typeByBrand returns the type of a file in the ISO base media format (ISO/IEC
// 14496-12) by its major brand.
func typeByBrand(brand string) string {
	switch brand {
	case "heic", "heix":
		return "image/heic"
	case "mif1", "msf1":
		return "image/heif"
	case "avif", "avis":
		return "image/avif"
	case "qt  ":
		return "video/quicktime"
	case "M4A ", "M4B ":
		return "audio/mp4"
	}
	return "video/mp4"
}
