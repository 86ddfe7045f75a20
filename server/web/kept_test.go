package web

import (
	"bytes"
	"net/http/httptest"
	"reflect"
	"runtime"
	"testing"

	"windowsill/server/access"
)

// A file that is in memory is sent as one that is opened. This package's own folder
// is shared, since only files that have not just been written are kept.
func TestKeptFileIsSentAsAnyOther(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("nothing is kept there")
	}
	const target = "/doc.go"
	fresh := func() *shared { return newShared(t, ".", setup{Policy: access.Policy{Open: true}}) }
	ask := func(s *shared, method string, header ...string) *httptest.ResponseRecorder {
		q := httptest.NewRequest(method, target, nil)
		q.Host = "192.168.1.20:8000"
		for i := 0; i < len(header); i += 2 {
			q.Header.Set(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, q)
		w.Header().Del("Date")
		return w
	}
	tag := ask(fresh(), "GET").Header().Get("ETag")
	for _, tt := range [][]string{
		{"GET"},
		{"HEAD"},
		{"GET", "Accept-Encoding", "gzip"},
		{"GET", "Range", "bytes=2-9"},
		{"GET", "Range", "bytes=-3"},
		{"GET", "Range", "bytes=9999999-"},
		{"GET", "Range", "bytes=2-9", "If-Range", tag},
		{"GET", "If-None-Match", tag},
		{"GET", "If-Match", `"other"`},
		{"GET", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"},
		{"OPTIONS"},
		{"PUT"},
	} {
		want := ask(fresh(), tt[0], tt[1:]...)
		s := fresh()
		ask(s, "GET")
		if s.folder.Kept(target[1:]) == nil {
			t.Fatal("it is not kept")
		}
		got := ask(s, tt[0], tt[1:]...)
		if got.Code != want.Code || !reflect.DeepEqual(got.Header(), want.Header()) || !bytes.Equal(got.Body.Bytes(), want.Body.Bytes()) {
			t.Errorf("%q:\n%d %v\n%d %v", tt, got.Code, got.Header(), want.Code, want.Header())
		}
	}
}
