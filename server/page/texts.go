package page

import (
	"io"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Texts is the page of texts that a device and the owner send each other.
type Texts struct {
	Share   string // the share's name
	MaySend bool   // the device may send one itself
	Sent    bool   // it has just sent one
	Trouble string // why its text was not sent, a sentence; "" if there is none
	Draft   string // that text; any text
	Texts   []Text // the latest first
}

// Text is a text.
type Text struct {
	At      time.Time
	ByOwner bool   // otherwise by the device
	Text    string // any text
}

// Texts writes the page. Its form sends the field "text" to the page's URL.
func (p *Pages) Texts(w io.Writer, t Texts) error {
	t.Share = visible(t.Share)
	return p.execute(w, textTemplate, t)
}

// textPart is a part of a text: a URL, or what is between two of them.
type textPart struct {
	Text string
	Href string // "" unless it is a URL
}

var (
	// urls matches URLs in a text, with the punctuation that may follow them. The
	// scheme may be missing, and phones begin a sentence with a capital letter.
	urls = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s<>"“”„«»]+`) })
	// withoutScheme matches a URL that begins with a host name, not with that of a
	// user ("www.example.org@a.example"), whose top-level domain is of one script:
	// languages that are written without spaces go on right behind it.
	withoutScheme = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^www(?:\.[\pL\pN](?:[\pL\pM\pN-]*[\pL\pM\pN])?)+\.(?:[a-z]{2,}|xn--[a-z0-9-]+|[^\x00-\x7f\PL]+)(?::\d+)?(?:[/?#]|$)`)
	})
)

// Parts are the parts of the text, so that each URL in it can be followed.
func (t Text) Parts() (parts []textPart) {
	at := 0
	for _, m := range urls().FindAllStringIndex(t.Text, -1) {
		url := strings.TrimRight(t.Text[m[0]:m[1]], ".,;:!?'’…。、")
		if strings.HasSuffix(url, ")") && !strings.Contains(url, "(") {
			url = strings.TrimRight(url, ")")
		}
		href := hrefOf(t.Text[:m[0]], url)
		if href == "" {
			continue
		}
		if m[0] > at {
			parts = append(parts, textPart{Text: t.Text[at:m[0]]})
		}
		at = m[0] + len(url)
		parts = append(parts, textPart{Text: url, Href: href})
	}
	if at < len(t.Text) {
		parts = append(parts, textPart{Text: t.Text[at:]})
	}
	return parts
}

// hrefOf returns where a URL leads that comes after another text, "" if nowhere.
func hrefOf(before, url string) string {
	if _, host, _ := strings.Cut(url, "://"); host != "" && !strings.HasPrefix(strings.ToLower(url), "www.") {
		return url
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	partOfMore := unicode.In(last, unicode.L, unicode.N) && last < utf8.RuneSelf || strings.ContainsRune("@/.-_:=", last)
	if partOfMore || !withoutScheme().MatchString(url) {
		return ""
	}
	return "http://" + url
}

// Clock is the time of day at which it was sent, in the zone of this computer.
func (t Text) Clock() string { return t.At.Local().Format("15:04") }

// Moment is the time at which it was sent, in the format of RFC 3339.
func (t Text) Moment() string { return t.At.Format(time.RFC3339) }
