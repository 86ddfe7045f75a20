package traffic

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

// kernelConn notes what would go through the kernel: what net's own code for
// it recognises.
type kernelConn struct {
	*net.TCPConn
	carried *int64 // bytes
}

func (c kernelConn) ReadFrom(src io.Reader) (int64, error) {
	n, err := c.TCPConn.ReadFrom(src)
	if l, ok := src.(*io.LimitedReader); ok {
		if _, ok := l.R.(syscall.Conn); ok {
			*c.carried += n
		}
	}
	return n, err
}

// kernelListener makes its connections a kernelConn.
type kernelListener struct {
	net.Listener
	carried *int64
}

func (l kernelListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return kernelConn{c.(*net.TCPConn), l.carried}, nil
}

func TestTheKernelCarriesFiles(t *testing.T) {
	const size = 3<<20 + 17
	content := bytes.Repeat([]byte("0123456789abcdef!"), size/17+1)[:size]
	name := t.TempDir() + "/film"
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		send func(w http.ResponseWriter, req *http.Request, f *os.File)
		want []byte
	}{
		{"whole", func(w http.ResponseWriter, req *http.Request, f *os.File) {
			http.ServeContent(w, req, "film.mp4", time.Time{}, f)
		}, content},
		{"a range", func(w http.ResponseWriter, req *http.Request, f *os.File) {
			req.Header.Set("Range", "bytes=1000-2000999")
			http.ServeContent(w, req, "film.mp4", time.Time{}, f)
		}, content[1000:2001000]},
		{"copied without a limit", func(w http.ResponseWriter, _ *http.Request, f *os.File) {
			w.Header().Set("Content-Length", "3145745")
			io.Copy(w, f)
		}, content},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var carried int64
			r := New(Options{})
			s := httptest.NewUnstartedServer(r.Handler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
				f, err := os.Open(name)
				if err != nil {
					t.Error(err)
					return
				}
				defer f.Close()
				tt.send(w, req, f)
			})))
			s.Config.ConnContext = r.ConnContext
			s.Listener = kernelListener{s.Listener, &carried}
			s.Start()
			resp, err := s.Client().Get(s.URL)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			s.Close()
			r.Wait()
			if err != nil || !bytes.Equal(got, tt.want) {
				t.Errorf("got %d bytes, %v; want %d", len(got), err, len(tt.want))
			}
			if sniffed := int64(len(tt.want)) - carried; sniffed < 0 || sniffed > 512 {
				t.Errorf("%d of %d bytes went through the kernel", carried, len(tt.want))
			}
			if row := rows(t, r, 1)[0]; row.Bytes != int64(len(tt.want)) || row.Cut {
				t.Errorf("row: %+v", row)
			}
		})
	}
}

func TestFileThatBecameShorterIsCut(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/film")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := New(Options{})
	addr := serve(t, r, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		f.Truncate(600_000)
		io.CopyN(w, f, 1_000_000)
	})
	resp, err := http.Get("http://" + addr)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); n != 600_000 || err != io.ErrUnexpectedEOF {
		t.Errorf("the device got %d bytes, %v", n, err)
	}
	if got := rows(t, r, 1)[0]; got.Bytes != 600_000 || !got.Cut {
		t.Errorf("row: %+v", got)
	}
}

func TestOtherSourcesAreCopied(t *testing.T) {
	sources := map[string]io.Reader{
		"memory":     bytes.NewReader([]byte("hello")),
		"limited":    io.LimitReader(bytes.NewReader([]byte("hello, world")), 5),
		"bit by bit": iotest.OneByteReader(bytes.NewReader([]byte("hello"))),
	}
	for name, src := range sources {
		t.Run(name, func(t *testing.T) {
			r := New(Options{})
			addr := serve(t, r, func(w http.ResponseWriter, _ *http.Request) {
				if n, err := w.(io.ReaderFrom).ReadFrom(src); n != 5 || err != nil {
					t.Errorf("sent %d, %v", n, err)
				}
			})
			resp, err := http.Get("http://" + addr)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if got, err := io.ReadAll(resp.Body); string(got) != "hello" || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
			if row := rows(t, r, 1)[0]; row.Bytes != 5 || row.Cut {
				t.Errorf("row: %+v", row)
			}
		})
	}
}
