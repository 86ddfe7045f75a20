package share

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// headLength is how many bytes of the beginning of a file ContentType needs.
// Fewer are the whole file.
const headLength = 1024

// ContentType returns the media type of a file. It goes by the extension of the
// name and, where two kinds of files share one, by head: the first 1024 bytes of
// the content, or all if there are fewer. Text gets a charset parameter if head
// shows the charset (RFC 9110 8.3.2). It
// returns "" for what only [net/http.DetectContentType] may know.
//
// The result is the same on every computer, unlike that of
// [mime.TypeByExtension], which asks the system.
func ContentType(name string, head []byte) string {
	return withCharset(typeOf(extension(name), head), head)
}

// NameTells reports whether ContentType needs no head for a file of this name.
func NameTells(name string) bool {
	ext := extension(name)
	t := types[ext]
	return t != "" && shared[ext] == nil && !hasCharset(t)
}

func withCharset(t string, head []byte) string {
	if !hasCharset(t) {
		return t
	}
	if c := charset(t, head); c != "" {
		return t + "; charset=" + c
	}
	return t
}

// extension returns what follows the last dot of a name, in lower case. Neither
// ".profile" nor "Makefile" has one.
func extension(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i <= 0 || len(name)-i > maxExtension {
		return ""
	}
	return strings.ToLower(name[i+1:])
}

func typeOf(ext string, head []byte) string {
	t := types[ext]
	if len(head) == 0 {
		return t
	}
	if decide := shared[ext]; decide != nil {
		return decide(t, head)
	}
	if t == "" {
		return typeByHead(head)
	}
	return t
}

// PlainText returns the type of a text by its head, as ContentType does.
func PlainText(head []byte) string { return withCharset(plain, head) }

// hasCharset reports whether a type has a charset parameter. JSON has none: it
// is always UTF-8 (RFC 8259 8.1).
func hasCharset(t string) bool {
	return strings.HasPrefix(t, "text/") || isXML(t)
}

func isXML(t string) bool { return t == "application/xml" || strings.HasSuffix(t, "+xml") }

// charset returns the encoding that the beginning of a text shows. It is "" if
// that shows none, or names one itself, which a parameter would override.
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

// isUTF8 reports whether head is the beginning of a text in UTF-8. If it may not
// be the whole text, its last character may be cut.
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

// declaresCharset reports whether a text names its encoding: HTML in a meta
// element, XML in its declaration, CSS in its first rule.
func declaresCharset(t string, head []byte) bool {
	switch {
	case t == "text/css":
		return bytes.HasPrefix(head, []byte("@charset"))
	case t == "text/html" || isXML(t):
		return tagContains(head, "<?xml", "encoding") || tagContains(head, "<meta", "charset")
	}
	return false
}

// tagContains reports whether a tag that begins with open contains word, which is in
// lower case; the case of the text does not matter.
func tagContains(text []byte, open, word string) bool {
	for {
		at := bytes.IndexByte(text, '<')
		if at < 0 {
			return false
		}
		text = text[at:]
		if len(text) < len(open) || !bytes.EqualFold(text[:len(open)], []byte(open)) {
			text = text[1:]
			continue
		}
		var tag []byte
		tag, text, _ = bytes.Cut(text[len(open):], []byte(">"))
		if bytes.Contains(bytes.ToLower(tag), []byte(word)) {
			return true
		}
	}
}
