package announce

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/text/unicode/norm"
)

const (
	domain  = "local."
	kind    = "_http._tcp." + domain
	listing = "_services._dns-sd._udp." + domain // RFC 6763 section 9
)

// longestLabel is how many bytes a label may have (RFC 1035 section 2.3.4).
const longestLabel = 63

// hostLabel makes a name that can be typed of one that may hold anything:
// "Bücher" becomes "bucher". Where nothing is left of it, as of Japanese, the
// computer's name has to do. That name as it is belongs to the system, which
// announces it itself.
func hostLabel(name, computer string, number int) string {
	computer = typeable(computer)
	label := typeable(name)
	switch {
	case label != "" && label != computer:
	case computer == "", computer == "localhost":
		label = "windowsill"
	default:
		label = clip(computer, longestLabel-len("-windowsill")) + "-windowsill"
	}
	suffix := ""
	if number > 1 {
		suffix = "-" + strconv.Itoa(number)
	}
	return strings.TrimRight(clip(label, longestLabel-len(suffix)), "-") + suffix
}

// letters that are more than another one with a mark on it.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ł", "l", "þ", "th")

// typeable leaves the letters a to z and digits of a text, without the marks
// on them, and puts a hyphen where there was something else.
func typeable(text string) string {
	var b strings.Builder
	for _, c := range letters.Replace(strings.ToLower(norm.NFKD.String(text))) {
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

// instanceLabel is the name that lists of services show. It may hold nearly
// anything, in composed letters (RFC 6763 sections 4.1.1 and 4.1.3); a dot would
// end the label in dnsmessage.
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
	return clip(name, longestLabel-len(suffix)) + suffix
}

// clip cuts a text at the end of a letter so that it has at most so many bytes.
func clip(text string, most int) string {
	for len(text) > most {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
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
