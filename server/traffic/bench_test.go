package traffic

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

// sink is a ResponseWriter that costs nothing.
type sink struct{ header http.Header }

func (s sink) Header() http.Header              { return s.header }
func (s sink) WriteHeader(int)                  {}
func (s sink) Write(p []byte) (int, error)      { return len(p), nil }
func (s sink) SetWriteDeadline(time.Time) error { return nil }

var text = []byte("hello")

// short is a handler that costs nothing either.
func short(w http.ResponseWriter, _ *http.Request) { w.Write(text) }

// filled returns a Recorder with a full log and many devices.
func filled() *Recorder {
	r := New(Options{})
	for i := range maxDevices {
		req := from(fmt.Sprintf("10.0.%d.%d", i/250, i%250), "curl/8.5.0")
		r.Attribute(r.begin(sink{}, req), req, 0)
	}
	clear(r.running.all)
	numbered(&r.log, 1_000_000)
	return r
}

func BenchmarkHandler(b *testing.B) {
	bare := http.HandlerFunc(short)
	w := sink{http.Header{}}
	for name, h := range map[string]http.Handler{"bare": bare, "recorded": filled().Handler(bare)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			req := from("10.0.0.1", iPhone)
			for b.Loop() {
				h.ServeHTTP(w, req)
			}
		})
	}
}

func BenchmarkHandlerOnAllCores(b *testing.B) {
	h := filled().Handler(http.HandlerFunc(short))
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		w, req := sink{http.Header{}}, from("10.0.0.1", iPhone)
		for pb.Next() {
			h.ServeHTTP(w, req)
		}
	})
}

func BenchmarkSnapshot(b *testing.B) {
	r := filled()
	b.ReportAllocs()
	for b.Loop() {
		r.Snapshot()
	}
}

func BenchmarkTitle(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		titleOf(iPhone)
	}
}

func BenchmarkAppendCombined(b *testing.B) {
	q := Request{Start: start, Method: "GET", Target: "/film.mp4", Proto: "HTTP/1.1", Status: 200, Bytes: 123, UserAgent: iPhone}
	var line []byte
	b.ReportAllocs()
	for b.Loop() {
		line = q.AppendCombined(line[:0])
	}
}
