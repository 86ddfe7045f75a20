package dav

import (
	"encoding/xml"
	"strconv"
	"unicode/utf8"
)

// Answers are appended to one buffer by hand: encoding/xml takes ten times as
// long, which a folder of ten thousand files makes felt.

// appendText appends text so that it can stand in an element or in an attribute
// in double quotes. What XML cannot hold becomes U+FFFD.
func appendText(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c, n := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		if esc := escapeOf(c, n); esc != "" {
			b = append(append(b, s[from:i]...), esc...)
			from = i + n
		}
		i += n
	}
	return append(b, s[from:]...)
}

// escapeOf returns what stands for a character of n bytes; "" for itself.
func escapeOf(c rune, n int) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&#34;"
	case '\r': // a reader would take it for a line feed
		return "&#13;"
	case '\t', '\n':
		return ""
	case utf8.RuneError:
		if n == 1 {
			return "\uFFFD"
		}
	case 0xFFFE, 0xFFFF:
		return "\uFFFD"
	}
	if c < ' ' {
		return "\uFFFD"
	}
	return ""
}

const hexDigits = "0123456789ABCDEF"

// appendHref appends the address of a name: percent-encoded, from the root, and
// with a slash at its end if it is a folder. Relative and absolute ones confuse
// clients.
func appendHref(b []byte, name string, folder bool) []byte {
	b = append(b, '/')
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '~', c == '/':
			b = append(b, c)
		default:
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	if folder && name != "" {
		b = append(b, '/')
	}
	return b
}

// appendOpen appends a start tag without its end, and declares the element's
// namespace unless that is DAV:, whose prefix is D everywhere.
func appendOpen(b []byte, name xml.Name) []byte {
	if name.Space == davSpace {
		return append(append(b, "<D:"...), name.Local...)
	}
	b = append(append(b, '<'), name.Local...)
	b = append(b, ` xmlns="`...)
	b = appendText(b, name.Space)
	return append(b, '"')
}

func appendEnd(b []byte, name xml.Name) []byte {
	b = append(b, "</"...)
	if name.Space == davSpace {
		b = append(b, "D:"...)
	}
	return append(append(b, name.Local...), '>')
}

// appendEmpty appends an element without content.
func appendEmpty(b []byte, name xml.Name) []byte { return append(appendOpen(b, name), "/>"...) }

// appendElement appends an element with all that is in it. Each element declares
// its own namespace, so that it can be put anywhere.
func appendElement(b []byte, e *element) []byte {
	b = appendOpen(b, e.name)
	if e.name.Space == davSpace {
		b = append(b, ` xmlns:D="DAV:"`...)
	}
	for i, a := range e.attrs {
		prefix := ""
		switch a.Name.Space {
		case "":
		case xmlSpace:
			prefix = "xml:"
		default:
			n := "a" + strconv.Itoa(i)
			b = append(append(append(b, " xmlns:"...), n...), `="`...)
			b = append(appendText(b, a.Name.Space), '"')
			prefix = n + ":"
		}
		b = append(append(append(append(b, ' '), prefix...), a.Name.Local...), `="`...)
		b = append(appendText(b, a.Value), '"')
	}
	if e.lang != "" {
		b = append(appendText(append(b, ` xml:lang="`...), e.lang), '"')
	}
	b = append(b, '>')
	b = appendContent(b, e)
	return appendEnd(b, e.name)
}

func appendContent(b []byte, e *element) []byte {
	for _, n := range e.children {
		if n.element != nil {
			b = appendElement(b, n.element)
		} else {
			b = appendText(b, n.text)
		}
	}
	return b
}
