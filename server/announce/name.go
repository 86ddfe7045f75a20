package announce

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/dns/dnsmessage"
)

const (
	domain  = "local."
	kind    = "_http._tcp." + domain
	listing = "_services._dns-sd._udp." + domain // RFC 6763 section 9
)

// longestLabel is how many bytes a label may have (RFC 1035 section 2.3.4).
const longestLabel = 63

// hostLabel makes a name that can be typed of one that may hold anything.
func hostLabel(name string, number int) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	suffix := ""
	if number > 1 {
		suffix = "-" + strconv.Itoa(number)
	}
	label := strings.Trim(b.String(), "-")
	if label == "" {
		label = "windowsill"
	}
	return strings.TrimRight(label[:min(len(label), longestLabel-len(suffix))], "-") + suffix
}

// instanceLabel is the name that lists of services show. It may hold nearly
// anything (RFC 6763 section 4.1.1); a dot would end the label in dnsmessage.
func instanceLabel(name string, number int) string {
	name = strings.Map(func(c rune) rune {
		switch {
		case c < ' ' || c == 0x7f || c == utf8.RuneError:
			return -1
		case c == '.':
			return '\u2024'
		}
		return c
	}, name)
	suffix := ""
	if number > 1 {
		suffix = " (" + strconv.Itoa(number) + ")"
	}
	if name == "" {
		name = "Windowsill"
	}
	for len(name) > longestLabel-len(suffix) {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name + suffix
}

// same compares names as DNS does: the case of ASCII letters does not count.
func same(a, b dnsmessage.Name) bool {
	if a.Length != b.Length {
		return false
	}
	for i := range a.Length {
		if lower(a.Data[i]) != lower(b.Data[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
