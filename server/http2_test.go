package server

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// headers is the header of a request, as it is sent on each stream.
func headers(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	e := hpack.NewEncoder(&b)
	for _, f := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "127.0.0.1"}, {":path", "/"}} {
		must(t, e.WriteField(hpack.HeaderField{Name: f[0], Value: f[1]}))
	}
	return b.Bytes()
}

// A client that floods gets its connection ended or its frames ignored; the others
// are served meanwhile, and memory stays as it is.
func TestFloodsOverHTTP2(t *testing.T) {
	s := startEncrypted(t, Options{}, Share{Folder: tree(t, map[string]string{"a.txt": "hello"})})
	header := headers(t)
	for name, frame := range map[string]func(f *http2.Framer, i uint32) error{
		"streams that are reset": func(f *http2.Framer, i uint32) error {
			if err := f.WriteHeaders(http2.HeadersFrameParam{StreamID: 2*i + 1, BlockFragment: header, EndStream: true, EndHeaders: true}); err != nil {
				return err
			}
			return f.WriteRSTStream(2*i+1, http2.ErrCodeCancel)
		},
		"streams that stay": func(f *http2.Framer, i uint32) error {
			return f.WriteHeaders(http2.HeadersFrameParam{StreamID: 2*i + 1, BlockFragment: header, EndHeaders: true})
		},
		"pings":    func(f *http2.Framer, i uint32) error { return f.WritePing(false, [8]byte{byte(i)}) },
		"settings": func(f *http2.Framer, _ uint32) error { return f.WriteSettings() },
		"a header without end": func(f *http2.Framer, i uint32) error {
			if i == 0 {
				return f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: header})
			}
			return f.WriteContinuation(1, false, bytes.Repeat([]byte{0x00, 0x01, 'a', 0x01, 'b'}, 2000))
		},
		"empty data": func(f *http2.Framer, i uint32) error {
			if i == 0 {
				return f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: header, EndHeaders: true})
			}
			return f.WriteData(1, false, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := tls.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.port), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
			must(t, err)
			defer c.Close()
			must(t, c.SetDeadline(time.Now().Add(10*time.Second)))
			before := heap()
			_, err = io.WriteString(c, http2.ClientPreface)
			must(t, err)
			f := http2.NewFramer(c, nil) // reads nothing: answers pile up, if they do
			must(t, f.WriteSettings())
			for i := uint32(0); i < 5000 && err == nil; i++ {
				err = frame(f, i)
			}
			if _, body := read(t, s.client(t, 2), s.url("127.0.0.1")+"/a.txt"); body != "hello" {
				t.Errorf("others get %q", body)
			}
			if grown := heap() - before; grown > 32<<20 {
				t.Errorf("%d MB more are held", grown>>20)
			}
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
