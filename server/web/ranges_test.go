package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// rangeCases are Range headers and what is left of them; "" if nothing.
var rangeCases = []struct{ header, want string }{
	{"bytes=0-4", "bytes=0-4"},
	{"bytes=5-", "bytes=5-"},
	{"bytes=-5", "bytes=-5"},
	{"bytes=-0", "bytes=-0"},
	{"BYTES=0-4", "bytes=0-4"},
	{"bytes=0-1 , 3-4", "bytes=0-1,3-4"},
	{"bytes=0-1,,3-4,", "bytes=0-1,3-4"},
	{"bytes=", ""},
	{"bytes=-", ""},
	{"bytes=4-2", ""},
	{"bytes=a-b", ""},
	{"bytes=+1-2", ""},
	{"bytes=1--2", ""},
	{"bytes= 1 - 2", ""},
	{"bytes 0-4", ""},
	{"lines=0-4", ""},
	{"bytes=0-9223372036854775807", "bytes=0-9223372036854775807"},
	{"bytes=0-9223372036854775808", ""},
	{"bytes=" + strings.Repeat("0-0,", mostRanges), "bytes=" + strings.Repeat("0-0,", mostRanges-1) + "0-0"},
	{"bytes=" + strings.Repeat("0-0,", mostRanges+1), ""},
}

func TestTameRange(t *testing.T) {
	for _, c := range rangeCases {
		q := httptest.NewRequest("GET", "/", nil)
		q.Header.Set("Range", c.header)
		tameRange(q)
		if got := q.Header.Get("Range"); got != c.want {
			t.Errorf("%.40q: %q, want %q", c.header, got, c.want)
		}
	}
	q := httptest.NewRequest("GET", "/", nil)
	q.Header["Range"] = []string{"bytes=0-1", "bytes=2-3"}
	if tameRange(q); q.Header.Get("Range") != "" {
		t.Error("two Range headers are taken for one")
	}
}

func FuzzRange(f *testing.F) {
	for _, c := range rangeCases {
		f.Add(c.header)
	}
	content := filepath.Join(f.TempDir(), "ten")
	must(f, os.WriteFile(content, []byte(ten), 0o644))
	f.Fuzz(func(t *testing.T, value string) {
		file, err := os.Open(content)
		must(t, err)
		defer file.Close()
		q := httptest.NewRequest("GET", "/", nil)
		q.Header["Range"] = []string{value}
		tameRange(q)
		w := httptest.NewRecorder()
		http.ServeContent(w, q, "", time.Time{}, file)
		switch w.Code {
		case 200:
			if w.Body.String() != ten {
				t.Errorf("whole file: %q", w.Body)
			}
		case 206:
			if !strings.HasPrefix(w.Header().Get("Content-Type"), "multipart/") && !strings.Contains(ten, w.Body.String()) {
				t.Errorf("%q is no part of the file", w.Body)
			}
		case 416:
		default:
			t.Errorf("status %d", w.Code)
		}
	})
}
