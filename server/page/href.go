package page

import "strings"

// Href returns a relative URL from a folder's page to one of its entries. It
// consists of ASCII letters, digits and "-._~%", and of a slash at the end if it
// is that of a folder. Whatever bytes the name has, a browser takes it neither
// for a scheme, which has a colon, nor for a host (RFC 3986 section 4.2), and
// requests exactly that name. Programs drop links that begin with "./".
//
// The only names that do not work are "", "." and "..", which no entry has.
func Href(name string, dir bool) string {
	var b strings.Builder
	b.Grow(len(name) + len("/") + 2*reserved(name))
	writeEscaped(&b, name)
	if dir {
		b.WriteByte('/')
	}
	return b.String()
}

// writeEscaped percent-encodes all bytes but the unreserved characters of RFC 3986
// section 2.3. url.PathEscape leaves more as they are, such as a colon.
func writeEscaped(b *strings.Builder, name string) {
	const hex = "0123456789ABCDEF"
	for i := range len(name) {
		if c := name[i]; unreserved(c) {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
}

func reserved(name string) (n int) {
	for i := range len(name) {
		if !unreserved(name[i]) {
			n++
		}
	}
	return n
}

func unreserved(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return c == '-' || c == '.' || c == '_' || c == '~'
}
