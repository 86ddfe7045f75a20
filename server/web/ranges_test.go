package web

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// rangeCases are Range headers and what they bring of a file of ten bytes: its
// parts, nothing if they are refused, or "whole".
var rangeCases = []struct {
	header string
	want   string
}{
	{"bytes=0-4", "01234"},
	{"bytes=5-", "56789"},
	{"bytes=-3", "789"},
	{"bytes=-99", ten},
	{"bytes=0-99", ten},
	{"bytes=9-9", "9"},
	{"bytes=10-", ""},
	{"bytes=-0", ""},
	{"bytes=-0,10-20", ""},
	{"bytes=-0,0-1", "01"},
	{"bytes=20-30,-2", "89"},
	{"bytes=0-1 , 3-4", "01|34"},
	{"bytes=0-1,,3-4,", "01|34"},
	{"BYTES=0-4", "01234"},
	{"bytes=", "whole"},
	{"bytes=-", "whole"},
	{"bytes=4-2", "whole"},
	{"bytes=a-b", "whole"},
	{"bytes=+1-2", "whole"},
	{"bytes=1--2", "whole"},
	{"bytes= 1 - 2", "whole"},
	{"bytes 0-4", "whole"},
	{"bytes =0-4", "whole"}, // section 14.1 has no space there
	{"lines=0-4", "whole"},
	{"bytes=0-9223372036854775807", ten},
	{"bytes=0-9223372036854775808", "whole"},
	{"bytes=" + strings.Repeat("0-0,", maxRanges+1), "whole"},
}

// ranged asks for ranges of content.
func ranged(content string, set func(http.Header)) *httptest.ResponseRecorder {
	q, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("ETag", `"tag"`)
	set(q.Header)
	_ = serveContent(w, q, time.Time{}, strings.NewReader(content)) // which reads without errors
	return w
}

// partsOf returns the bodies of an answer's parts.
func partsOf(t *testing.T, w *httptest.ResponseRecorder) []string {
	t.Helper()
	ctype, params, err := mime.ParseMediaType(w.Header().Get("Content-Type"))
	if err != nil || ctype != "multipart/byteranges" {
		return []string{w.Body.String()}
	}
	if got := w.Header().Get("Content-Length"); got != fmt.Sprint(w.Body.Len()) {
		t.Errorf("Content-Length %s of %d bytes", got, w.Body.Len())
	}
	if !strings.HasPrefix(w.Body.String(), "\r\n--"+params["boundary"]+"\r\n") {
		t.Errorf("the first boundary does not follow a line break: %.40q", w.Body)
	}
	var parts []string
	for r := multipart.NewReader(w.Body, params["boundary"]); ; {
		part, err := r.NextPart()
		if err == io.EOF {
			return parts
		}
		must(t, err)
		body, err := io.ReadAll(part)
		must(t, err)
		parts = append(parts, string(body))
	}
}

func TestRanges(t *testing.T) {
	for _, c := range rangeCases {
		w := ranged(ten, func(h http.Header) { h.Set("Range", c.header) })
		want, status := c.want, http.StatusPartialContent
		switch c.want {
		case "whole":
			want, status = ten, http.StatusOK
		case "":
			status = http.StatusRequestedRangeNotSatisfiable
		}
		if w.Code != status {
			t.Errorf("%.40q: status %d, want %d", c.header, w.Code, status)
			continue
		}
		if status == http.StatusRequestedRangeNotSatisfiable {
			if got := w.Header().Get("Content-Range"); got != "bytes */10" {
				t.Errorf("%.40q: Content-Range %q", c.header, got)
			}
		} else if got := strings.Join(partsOf(t, w), "|"); got != want {
			t.Errorf("%.40q: %q, want %q", c.header, got, want)
		}
	}
}

func TestRangesOfAnEmptyFile(t *testing.T) {
	for header, want := range map[string]int{"bytes=0-": 200, "bytes=0-99": 200, "bytes=-5": 416, "bytes=-0": 416, "bytes=3-": 416, "bytes=x": 200} {
		w := ranged("", func(h http.Header) { h.Set("Range", header) })
		if w.Code != want || want == 416 && w.Header().Get("Content-Range") != "bytes */0" {
			t.Errorf("%s: %d, Content-Range %q; want %d", header, w.Code, w.Header().Get("Content-Range"), want)
		}
	}
}

// Conditions go before ranges (RFC 9110 section 13.2.2), and several fields of
// one name are one list (section 5.3).
func TestRangesWithConditions(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(http.Header)
		want int
	}{
		{"a range that cannot be, of what is known", func(h http.Header) { h.Set("Range", "bytes=-0"); h.Set("If-None-Match", `"tag"`) }, 304},
		{"a range that cannot be, of what has changed", func(h http.Header) { h.Set("Range", "bytes=-0"); h.Set("If-Range", `"old"`) }, 200},
		{"a range of what has changed", func(h http.Header) { h.Set("Range", "bytes=0-1"); h.Set("If-Range", `"old"`) }, 200},
		{"a range of what is the same", func(h http.Header) { h.Set("Range", "bytes=0-1"); h.Set("If-Range", `"tag"`) }, 206},
		{"two fields of If-None-Match", func(h http.Header) { h["If-None-Match"] = []string{`"old"`, `"tag"`} }, 304},
		{"two fields of If-Match", func(h http.Header) { h["If-Match"] = []string{`"old"`, `"tag"`} }, 200},
		{"two fields of Range", func(h http.Header) { h["Range"] = []string{"bytes=0-1", "bytes=2-3"} }, 200},
	} {
		if w := ranged(ten, c.set); w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, w.Code, c.want)
		}
	}
}

// FuzzRange holds answers against the grammar of RFC 9110 section 14.
func FuzzRange(f *testing.F) {
	for _, c := range rangeCases {
		f.Add(c.header, 10)
	}
	f.Add("bytes=-5", 0)
	f.Fuzz(func(t *testing.T, value string, size int) {
		content := strings.Repeat(ten, 10)[:min(max(size, 0), 100)]
		w := ranged(content, func(h http.Header) { h["Range"] = []string{value} })
		want := rangesByGrammar(value, int64(len(content)))
		switch w.Code {
		case http.StatusOK:
			if w.Body.String() != content {
				t.Errorf("%q: not the whole file: %q", value, w.Body)
			}
		case http.StatusPartialContent:
			if got := partsOf(t, w); !slices.EqualFunc(got, want, func(part string, r byteRange) bool { return part == content[r.first:r.last+1] }) {
				t.Errorf("%q: parts %q, want %v", value, got, want)
			}
		case http.StatusRequestedRangeNotSatisfiable:
			if len(want) > 0 {
				t.Errorf("%q: refused, though it has %v", value, want)
			}
		default:
			t.Errorf("%q: status %d", value, w.Code)
		}
	})
}

// rangesByGrammar returns the satisfiable ranges, first and last byte each, in
// another way than the code does.
func rangesByGrammar(value string, size int64) (found []byteRange) {
	for _, spec := range strings.Split(value[min(len(value), len("bytes=")):], ",") {
		var first, last int64
		spec = strings.Trim(spec, " \t")
		switch from, to, _ := strings.Cut(spec, "-"); {
		case from == "":
			if _, err := fmt.Sscanf(to, "%d", &last); err == nil && last > 0 && size > 0 {
				found = append(found, byteRange{max(0, size-last), size - 1})
			}
		case to == "":
			if _, err := fmt.Sscanf(from, "%d", &first); err == nil && first < size {
				found = append(found, byteRange{first, size - 1})
			}
		default:
			_, err1 := fmt.Sscanf(from, "%d", &first)
			_, err2 := fmt.Sscanf(to, "%d", &last)
			if err1 == nil && err2 == nil && first < size {
				found = append(found, byteRange{first, min(last, size-1)})
			}
		}
	}
	return found
}

func TestSeveralRanges(t *testing.T) {
	_, url := start(t, fileTree(t), setup{})
	a, content := get(t, "GET", url+"/ten.bin", "Range: bytes=0-1, 4-5,-1")
	kind, params, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if a.StatusCode != 206 || kind != "multipart/byteranges" || err != nil {
		t.Fatalf("%s, %q, %v", a.Status, kind, err)
	}
	parts := multipart.NewReader(strings.NewReader(content), params["boundary"])
	for _, want := range []struct{ at, content string }{{"bytes 0-1/10", "01"}, {"bytes 4-5/10", "45"}, {"bytes 9-9/10", "9"}} {
		p, err := parts.NextPart()
		must(t, err)
		got, err := io.ReadAll(p)
		must(t, err)
		if string(got) != want.content || p.Header.Get("Content-Range") != want.at {
			t.Errorf("%q at %q, want %+v", got, p.Header.Get("Content-Range"), want)
		}
	}
}
