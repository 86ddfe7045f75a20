package traffic

import (
	"encoding/hex"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

var start = time.Date(2026, 3, 9, 17, 4, 5, 678, time.FixedZone("", -(3*60+30)*60))

func TestAppendCombined(t *testing.T) {
	phone := Request{
		Start: start, Addr: netip.MustParseAddr("192.168.1.30"), Method: "GET", Target: "/a%20b.jpg?x=1",
		Proto: "HTTP/1.1", Status: 206, Bytes: 5_000_000_000, Referer: "http://192.168.1.20:8000/", UserAgent: "Mozilla/5.0 (X11)",
	}
	with := func(change func(*Request)) Request { q := phone; change(&q); return q }
	const head = `192.168.1.30 - - [09/Mar/2026:17:04:05 -0330] "GET /a%20b.jpg?x=1 HTTP/1.1" `
	tests := []struct {
		name string
		has  Request
		want string
	}{
		{"whole", phone, head + `206 5000000000 "http://192.168.1.20:8000/" "Mozilla/5.0 (X11)"`},
		{"nothing known about the client", with(func(q *Request) { q.Referer, q.UserAgent = "", "" }),
			head + `206 5000000000 "-" "-"`},
		{"no content", with(func(q *Request) { q.Status, q.Bytes = 304, 0 }),
			head + `304 - "http://192.168.1.20:8000/" "Mozilla/5.0 (X11)"`},
		{"no answer", with(func(q *Request) { q.Status, q.Bytes = 0, 0 }),
			head + `499 - "http://192.168.1.20:8000/" "Mozilla/5.0 (X11)"`},
		{"a forged line", with(func(q *Request) { q.UserAgent = "x\"\r\n10.0.0.1 - - [" }),
			head + `206 5000000000 "http://192.168.1.20:8000/" "x\x22\x0D\x0A10.0.0.1 - - ["`},
		{"a terminal", with(func(q *Request) { q.Referer = "\x1b]0;x\a\u009b\x7f\\é\u202e" }),
			head + `206 5000000000 "\x1B]0;x\x07\xC2\x9B\x7F\x5C\xC3\xA9\xE2\x80\xAE" "Mozilla/5.0 (X11)"`},
		{"IPv6", with(func(q *Request) { q.Addr = netip.MustParseAddr("fd00::2") }),
			`fd00::2` + head[len("192.168.1.30"):] + `206 5000000000 "http://192.168.1.20:8000/" "Mozilla/5.0 (X11)"`},
		{"no address", with(func(q *Request) { q.Addr = netip.Addr{} }),
			`-` + head[len("192.168.1.30"):] + `206 5000000000 "http://192.168.1.20:8000/" "Mozilla/5.0 (X11)"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(tt.has.AppendCombined([]byte("before "))); got != "before "+tt.want+"\n" {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// line is how programs that read such logs take a line apart.
var line = regexp.MustCompile(`^(\S+) - - \[([^]]+)\] "([^"]*)" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"\n$`)

var escape = regexp.MustCompile(`\\x..`)

// unescape is the inverse of appendText.
func unescape(t *testing.T, text string) string {
	return escape.ReplaceAllStringFunc(text, func(e string) string {
		b, err := hex.DecodeString(e[2:])
		if err != nil {
			t.Errorf("bad escape %q", e)
		}
		return string(b)
	})
}

func FuzzAppendCombined(f *testing.F) {
	f.Add("GET", "/a%20b", "http://x/", "curl/8.5.0", int64(5))
	f.Add("", "", "", "", int64(0))
	f.Add("G\"ET", "/\r\n", "\x1b[2J", "\\x41\xff\u202e", int64(-1))
	f.Fuzz(func(t *testing.T, method, target, referer, agent string, bytes int64) {
		q := Request{
			Start: start, Addr: netip.MustParseAddr("10.0.0.1"), Method: method, Target: target,
			Proto: "HTTP/1.1", Status: 200, Bytes: bytes, Referer: referer, UserAgent: agent,
		}
		got := string(q.AppendCombined(nil))
		if i := strings.IndexFunc(got, func(c rune) bool { return c < ' ' || c > '~' }); i != len(got)-1 {
			t.Fatalf("byte %d is not printable: %q", i, got)
		}
		parts := line.FindStringSubmatch(got)
		if parts == nil {
			t.Fatalf("not to be read: %q", got)
		}
		if at, err := time.Parse("02/Jan/2006:15:04:05 -0700", parts[2]); err != nil || !at.Equal(start.Truncate(time.Second)) {
			t.Errorf("time %q: %v", parts[2], err)
		}
		if n, err := strconv.ParseInt(parts[5], 10, 64); parts[5] != "-" && (err != nil || n != bytes) {
			t.Errorf("bytes %q", parts[5])
		}
		if first := unescape(t, parts[3]); first != method+" "+target+" HTTP/1.1" {
			t.Errorf("first line %q", first)
		}
		for i, want := range []string{referer, agent} {
			if have := unescape(t, parts[6+i]); have != want && !(want == "" && have == "-") {
				t.Errorf("got %q, want %q", have, want)
			}
		}
	})
}
