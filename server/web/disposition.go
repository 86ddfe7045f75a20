package web

import (
	"mime"
	"strings"
)

// attachment returns the value of a Content-Disposition header (RFC 6266)
// that saves under name: in RFC 8187's encoding, preceded by a plain form for
// programs that do not know it, which mime.FormatMediaType leaves out.
func attachment(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	plain := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' || c == '%' {
			return '_'
		}
		return c
	}, name)
	if plain == name {
		return mime.FormatMediaType("attachment", map[string]string{"filename": name})
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + extValue(name)
}

// extValue percent-encodes all that RFC 8187's attr-char does not hold.
func extValue(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isAttrChar(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func isAttrChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$&+-.^_`|~", c) >= 0
}
