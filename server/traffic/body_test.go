package traffic

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const post = "POST / HTTP/1.1\nHost: x\nContent-Length: 20\n\n"

func TestStalledUploadIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		var failure error
		c := dial(t, r, func(w http.ResponseWriter, req *http.Request) {
			_, failure = io.ReadAll(req.Body)
			w.WriteHeader(http.StatusRequestTimeout)
		})
		ask(t, c, post+"half of it")
		begun := time.Now()
		status, _ := answerTo(t, bufio.NewReader(c))
		if took := time.Since(begun); took < time.Minute || took > 75*time.Second {
			t.Errorf("cut after %v, want 60 to 75 s", took)
		}
		if !errors.Is(failure, os.ErrDeadlineExceeded) || status != http.StatusRequestTimeout {
			t.Errorf("reading failed with %v, the answer was %d", failure, status)
		}
	})
}

func TestSlowUploadGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{})
		c := dial(t, r, func(w http.ResponseWriter, req *http.Request) { io.Copy(w, req.Body) })
		ask(t, c, post)
		for range 20 {
			time.Sleep(50 * time.Second)
			ask(t, c, "x")
		}
		if status, content := answerTo(t, bufio.NewReader(c)); status != 200 || content != strings.Repeat("x", 20) {
			t.Errorf("got %d %q", status, content)
		}
	})
}

func TestUnreadBodyDoesNotHang(t *testing.T) {
	tests := []struct {
		name string
		next http.HandlerFunc
	}{
		{"answered at once", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "no") }},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "no")
			http.NewResponseController(w).Flush()
		}},
		{"after an hour", func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(time.Hour)
			io.WriteString(w, "no")
		}},
		{"closed", func(w http.ResponseWriter, req *http.Request) {
			time.Sleep(time.Hour)
			req.Body.Close()
			io.WriteString(w, "no")
		}},
		{"nothing written", func(http.ResponseWriter, *http.Request) {}},
		{"panicked", func(w http.ResponseWriter, _ *http.Request) {
			http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begun := time.Now()
				c := dial(t, New(Options{}), tt.next)
				ask(t, c, post+"half of it")
				answers := bufio.NewReader(c)
				if resp, err := http.ReadResponse(answers, nil); err != nil || resp.StatusCode != 200 {
					t.Errorf("got %v, %v", resp, err)
				}
				if _, err := io.Copy(io.Discard, answers); err != nil {
					t.Error(err)
				}
				if took := time.Since(begun); took > time.Hour+3*time.Minute {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

func TestLateBodyLeavesTheConnectionInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := dial(t, New(Options{}), func(w http.ResponseWriter, req *http.Request) {
			if req.Method == "POST" {
				time.Sleep(time.Hour)
			}
			io.WriteString(w, req.Method)
		})
		answers := bufio.NewReader(c)
		ask(t, c, post)
		go io.WriteString(c, "12345678901234567890") // The server reads it after the handler.
		if status, content := answerTo(t, answers); status != 200 || content != "POST" {
			t.Errorf("got %d %q", status, content)
		}
		ask(t, c, get)
		if status, content := answerTo(t, answers); status != 200 || content != "GET" {
			t.Errorf("then got %d %q", status, content)
		}
	})
}

func TestBodyThatNobodyWantsIsNotAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := dial(t, New(Options{}), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) })
		ask(t, c, "PUT / HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 20\n\n")
		begun := time.Now()
		if status, _ := answerTo(t, bufio.NewReader(c)); status != http.StatusMethodNotAllowed || time.Since(begun) > time.Second {
			t.Errorf("got %d after %v, want 405 at once", status, time.Since(begun))
		}
	})
}

func TestFormLeavesNoFiles(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	files := func() int {
		all, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	r := New(Options{})
	addr := serve(t, r, func(_ http.ResponseWriter, req *http.Request) {
		if err := req.ParseMultipartForm(0); err != nil || files() == 0 {
			t.Errorf("%v, %d files", err, files())
		}
	})
	const part = "--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n%s\r\n--b--\r\n"
	form := fmt.Sprintf(part, strings.Repeat("x", 11<<20))
	resp, err := http.Post("http://"+addr, "multipart/form-data; boundary=b", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	eventually(t, "the files are gone", func() bool { return files() == 0 })
}

// Whoever reads may be about to move the deadline, or wait already.
func TestReadingCanBeEnded(t *testing.T) {
	for name, next := range map[string]func(w http.ResponseWriter, end func()){
		"while it waits":    func(_ http.ResponseWriter, end func()) { go func() { time.Sleep(time.Second); end() }() },
		"before it begins":  func(_ http.ResponseWriter, end func()) { end() },
		"before the header": func(w http.ResponseWriter, end func()) { end(); w.WriteHeader(http.StatusRequestTimeout) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var failure error
				c := dial(t, New(Options{}), func(w http.ResponseWriter, req *http.Request) {
					control := http.NewResponseController(w)
					next(w, func() { _ = control.SetReadDeadline(time.Now()) })
					_, failure = io.ReadAll(req.Body)
					w.WriteHeader(http.StatusRequestTimeout)
				})
				begun := time.Now()
				ask(t, c, post+"half of it")
				answer := bufio.NewReader(c)
				status, _ := answerTo(t, answer)
				if took := time.Since(begun); took > 2*time.Second || status != http.StatusRequestTimeout || !errors.Is(failure, os.ErrDeadlineExceeded) {
					t.Errorf("%d after %v, and reading failed with %v", status, took, failure)
				}
				if _, err := answer.ReadByte(); err == nil || time.Since(begun) > 5*time.Second {
					t.Errorf("the connection is open for %v: %v", time.Since(begun), err)
				}
			})
		})
	}
}
