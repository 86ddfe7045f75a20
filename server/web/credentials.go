package web

import (
	"strconv"
	"strings"
)

// credentials are what a program proves with that it knows the PIN (RFC 7616 3.4).
// The texts are as on the wire, without the quotes around them.
type credentials struct {
	username, realm, nonce, uri string
	cnonce, nc, response        string
	count                       uint64 // what nc says
}

// maxCredentials bounds an Authorization header, in bytes.
const maxCredentials = 8 << 10

// isDigest reports whether an Authorization header has Digest credentials.
func isDigest(header string) bool {
	const scheme = "Digest "
	return len(header) > len(scheme) && strings.EqualFold(header[:len(scheme)], scheme)
}

// parseDigest parses an Authorization header of the kind that
// [digest.challenge] asks for.
func parseDigest(header string) (c credentials, ok bool) {
	if !isDigest(header) || len(header) > maxCredentials {
		return c, false
	}
	var algorithm, qop string
	fields := map[string]*string{
		"username": &c.username, "realm": &c.realm, "nonce": &c.nonce, "uri": &c.uri, "cnonce": &c.cnonce,
		"nc": &c.nc, "response": &c.response, "algorithm": &algorithm, "qop": &qop,
	}
	for rest := header[len("Digest "):]; rest != ""; {
		var name, value string
		if name, value, rest, ok = cutParameter(rest); !ok {
			return c, false
		}
		if field := fields[strings.ToLower(name)]; field != nil {
			*field = value
		}
	}
	count, err := strconv.ParseUint(c.nc, 16, 64)
	c.count = count
	known := algorithm == "" || strings.EqualFold(algorithm, "MD5")
	return c, err == nil && known && strings.EqualFold(qop, "auth") && c.cnonce != "" && count > 0
}

// cutParameter cuts the first parameter from a list (RFC 9110 11.2 and 5.6.1).
func cutParameter(list string) (name, value, rest string, ok bool) {
	const space = " \t,"
	name, list, ok = strings.Cut(strings.TrimLeft(list, space), "=")
	name, list = strings.TrimRight(name, " \t"), strings.TrimLeft(list, " \t")
	if !ok || name == "" {
		return "", "", "", false
	}
	if !strings.HasPrefix(list, `"`) {
		end := strings.IndexAny(list, space)
		if end < 0 {
			end = len(list)
		}
		return name, list[:end], strings.TrimLeft(list[end:], space), true
	}
	for i := 1; i < len(list); i++ {
		switch list[i] {
		case '\\':
			i++
		case '"':
			return name, list[1:i], strings.TrimLeft(list[i+1:], space), true
		}
	}
	return "", "", "", false
}

// unescape takes the backslashes out of a quoted string.
func unescape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
