package traffic

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"testing"
)

// corkable notes what is done with a connection.
type corkable struct {
	*net.TCPConn
	done *[]string
	fail error // of Uncork
}

func (c corkable) Cork()         { *c.done = append(*c.done, "cork") }
func (c corkable) Uncork() error { *c.done = append(*c.done, "uncork"); return c.fail }
func (c corkable) Write(b []byte) (int, error) {
	*c.done = append(*c.done, "write")
	return c.TCPConn.Write(b)
}

type corkables struct {
	net.Listener
	done *[]string
	fail error
}

func (l corkables) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return corkable{c.(*net.TCPConn), l.done, l.fail}, nil
}

func TestSmallAnswersAreCorked(t *testing.T) {
	for _, tt := range []struct {
		method string
		size   int
		writes int // by the handler
		corked bool
	}{
		{"GET", 1, 1, true},
		{"GET", maxCorked, 1, true},
		{"GET", maxCorked + 1, 1, false},
		{"GET", 0, 1, false},
		{"GET", 1000, 2, false}, // the first is not all of it
		{"HEAD", 1000, 1, false},
	} {
		t.Run(fmt.Sprintf("%s of %d in %d", tt.method, tt.size, tt.writes), func(t *testing.T) {
			var done []string
			r := New(Options{})
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			s := &http.Server{ConnContext: r.ConnContext, Handler: r.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Length", strconv.Itoa(tt.size))
				for range tt.writes {
					w.Write(bytes.Repeat([]byte("x"), tt.size/tt.writes))
				}
			}))}
			go s.Serve(corkables{l, &done, nil})
			req, _ := http.NewRequest(tt.method, "http://"+l.Addr().String(), nil)
			a, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
			if err != nil {
				t.Fatal(err)
			}
			a.Body.Close()
			s.Shutdown(t.Context())
			r.Wait()
			want := []string{"write"}
			if tt.corked {
				want = []string{"cork", "write", "uncork"}
			}
			if got := slices.Compact(done); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

func TestAnswerThatCannotBeUncorkedIsCut(t *testing.T) {
	var done []string
	r := New(Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{ConnContext: r.ConnContext, Handler: r.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5")
		w.Write(text)
	}))}
	go s.Serve(corkables{l, &done, errors.New("broken")})
	if a, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + l.Addr().String()); err == nil {
		a.Body.Close()
	}
	s.Shutdown(t.Context())
	if row := rows(t, r, 1)[0]; !row.Cut {
		t.Errorf("%+v", row)
	}
}
