package share

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// headLength is how many first bytes tell enough of a file's content. Fewer of
// them are the whole of it.
const headLength = 1024

// ContentType returns the media type of a file's content. It goes by the
// extension of the name and, where two kinds of files share one, by head, the
// first bytes of the content: 1024 of them, or all if there are fewer. Text gets
// a charset parameter if head tells it (RFC 9110 8.3.2). The result is "" for
// extensions that are not known. What the computer itself knows about types
// plays no part, so that every computer gives the same answer.
func ContentType(name string, head []byte) string {
	t := typeOf(extension(name), head)
	if !hasCharset(t) {
		return t
	}
	if c := charset(t, head); c != "" {
		return t + "; charset=" + c
	}
	return t
}

// extension returns what follows the last dot of a name, in small letters.
// Neither ".profile" nor "Makefile" has one.
func extension(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || len(name)-i > maxExtension {
		return ""
	}
	return strings.ToLower(name[i+1:])
}

func typeOf(ext string, head []byte) string {
	if ext == "ts" && isTransportStream(head) {
		return "video/mp2t"
	}
	return types[ext]
}

// isTransportStream tells an MPEG transport stream from TypeScript: each of
// its packets of 188 bytes begins with the letter G.
func isTransportStream(head []byte) bool {
	const packet = 188
	if len(head) < packet {
		return false
	}
	for i := 0; i < len(head); i += packet {
		if head[i] != 'G' {
			return false
		}
	}
	return true
}

// hasCharset reports whether a type takes a charset parameter. JSON's takes
// none: it is UTF-8 always (RFC 8259 8.1).
func hasCharset(t string) bool {
	return strings.HasPrefix(t, "text/") || isXML(t)
}

func isXML(t string) bool { return t == "application/xml" || strings.HasSuffix(t, "+xml") }

// charset returns the encoding that a text's first bytes tell, or "" if they
// tell none or the text names one itself, which a parameter would overrule.
func charset(t string, head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return "utf-16be"
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return "utf-16le"
	case !isUTF8(head) || declaresCharset(t, head):
		return ""
	}
	return "utf-8"
}

// isUTF8 reports whether head begins a text in UTF-8. If there may be more of
// the text, its last character may be cut off.
func isUTF8(head []byte) bool {
	if len(head) < headLength {
		return utf8.Valid(head)
	}
	for last := len(head) - 1; last > len(head)-utf8.UTFMax; last-- {
		if utf8.RuneStart(head[last]) {
			if !utf8.FullRune(head[last:]) {
				head = head[:last]
			}
			break
		}
	}
	return utf8.Valid(head)
}

// declaresCharset reports whether a text says what it is written in: HTML in a
// meta element, XML in its declaration, CSS in its first rule.
func declaresCharset(t string, head []byte) bool {
	switch {
	case t == "text/css":
		return bytes.HasPrefix(head, []byte("@charset"))
	case t == "text/html" || isXML(t):
		head = bytes.ToLower(head)
		return within(head, "<?xml", "encoding") || within(head, "<meta", "charset")
	}
	return false
}

// within reports whether a tag that begins with open holds word.
func within(text []byte, open, word string) bool {
	for {
		_, after, ok := bytes.Cut(text, []byte(open))
		if !ok {
			return false
		}
		tag, rest, _ := bytes.Cut(after, []byte(">"))
		if bytes.Contains(tag, []byte(word)) {
			return true
		}
		text = rest
	}
}
