package announce

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/text/unicode/norm"
)

const (
	domain = "local."
	kind   = "_http._tcp." + domain
	drive  = "_webdav._tcp." + domain

	secureKind  = "_https._tcp." + domain
	secureDrive = "_webdavs._tcp." + domain

	listing = "_services._dns-sd._udp." + domain // RFC 6763 section 9
)

// What else there is to know of a share, as TXT records: the path, and a user name,
// though any will do. gvfs (1.50) does not open a drive without one.
var (
	pageText  = []string{"path=/"}
	driveText = []string{"u=visitor", "path=/"}
)

// maxLabel is how many bytes a label may have (RFC 1035 section 2.3.4).
const maxLabel = 63

// hostLabel makes a host name that can be typed of any text: "Bücher" becomes
// "bucher". If nothing is left of it, as of Japanese, the computer's name is
// used, with a suffix because the system may announce that name itself.
func hostLabel(name, computer string, number int) string {
	computer = ascii(computer)
	label := ascii(name)
	switch {
	case label != "" && label != computer:
	case computer == "", computer == "localhost":
		label = "windowsill"
	default:
		label = truncate(computer, maxLabel-len("-windowsill")) + "-windowsill"
	}
	suffix := ""
	if number > 1 {
		suffix = "-" + strconv.Itoa(number)
	}
	return strings.TrimRight(truncate(label, maxLabel-len(suffix)), "-") + suffix
}

// ligatures are letters that do not decompose into an ASCII letter and marks.
var ligatures = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ł", "l", "þ", "th")

// ascii keeps the letters of a text, in lower case and without marks, and its
// digits, and replaces everything else by hyphens.
func ascii(text string) string {
	var b strings.Builder
	for _, c := range ligatures.Replace(strings.ToLower(norm.NFKD.String(text))) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case unicode.Is(unicode.Mn, c): // a mark on the letter before
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// instanceLabel is the name that lists of services show. It may be nearly any
// text in normal form C (RFC 6763 sections 4.1.1 and 4.1.3), but a dot would end
// the label in dnsmessage.
func instanceLabel(name string, number int) string {
	name = norm.NFC.String(strings.Map(func(c rune) rune {
		switch {
		case c < ' ' || c == 0x7f || c == utf8.RuneError:
			return -1
		case c == '.':
			return '\u2024'
		}
		return c
	}, name))
	suffix := ""
	if number > 1 {
		suffix = " (" + strconv.Itoa(number) + ")"
	}
	if name == "" {
		name = "Windowsill"
	}
	return truncate(name, maxLabel-len(suffix)) + suffix
}

// truncate cuts a text to at most max bytes, between characters.
func truncate(text string, max int) string {
	for len(text) > max {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// equal compares names as DNS does, ignoring the case of ASCII letters.
func equal(a, b dnsmessage.Name) bool {
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

// lowered returns a name in lower case, so that equal names are equal strings.
func lowered(n dnsmessage.Name) string {
	b := slices.Clone(n.Data[:n.Length])
	for i := range b {
		b[i] = lower(b[i])
	}
	return string(b)
}

// wire returns a name as it is sent, without compression.
func wire(n dnsmessage.Name) []byte {
	var b []byte
	for label := range bytes.SplitSeq(bytes.TrimSuffix(n.Data[:n.Length], []byte(".")), []byte(".")) {
		b = append(append(b, byte(len(label))), label...)
	}
	return append(b, 0)
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
