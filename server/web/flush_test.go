package web

import (
	"errors"
	"io"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// slowWriter notes what is sent when.
type slowWriter struct {
	*httptest.ResponseRecorder
	flushed int
	err     error
}

func (w *slowWriter) Write(b []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	return w.ResponseRecorder.Write(b)
}

func (w *slowWriter) Flush() { w.flushed++ }

func TestFlushWriterFlushesAfterAMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &slowWriter{ResponseRecorder: httptest.NewRecorder()}
		f := newFlushWriter(w)
		sent := func(what, want string, flushed int) {
			t.Helper()
			synctest.Wait()
			if got := w.Body.String(); got != want || w.flushed != flushed {
				t.Errorf("%s: %q sent, %d times; want %q, %d", what, got, w.flushed, want, flushed)
			}
		}
		io.WriteString(f, "a")
		sent("at once", "", 0)
		time.Sleep(flushDelay / 2)
		io.WriteString(f, "b")
		time.Sleep(flushDelay / 2)
		sent("a moment after the first", "ab", 1)
		time.Sleep(time.Hour)
		sent("when nothing comes", "ab", 1)
		io.WriteString(f, "c")
		time.Sleep(flushDelay)
		sent("a moment after the next", "abc", 2)
		io.WriteString(f, "d")
		must(t, f.Close())
		sent("at the end", "abcd", 2)
		time.Sleep(time.Hour)
		sent("after the end", "abcd", 2)
	})
}

func TestFlushWriterTellsThatNobodyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("gone")
		f := newFlushWriter(&slowWriter{ResponseRecorder: httptest.NewRecorder(), err: gone})
		if _, err := io.WriteString(f, "a"); err != nil {
			t.Error(err)
		}
		time.Sleep(2 * flushDelay)
		if _, err := io.WriteString(f, "b"); !errors.Is(err, gone) {
			t.Errorf("the next write: %v", err)
		}
		if err := f.Close(); !errors.Is(err, gone) {
			t.Errorf("the end: %v", err)
		}
	})
}
