package conns

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"testing"
	"testing/synctest"
)

// slowWriter takes what it is given only when it is let.
type slowWriter struct {
	let    chan error // what each write returns
	writes [][]byte
}

func (w *slowWriter) Write(b []byte) (int, error) {
	w.writes = append(w.writes, bytes.Clone(b))
	if err := <-w.let; err != nil {
		return 0, err
	}
	return len(b), nil
}

func TestRecordsOfHTTP2AreSentTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		to := &slowWriter{let: make(chan error)}
		o := newOutbox(to)
		for _, letter := range "abc" {
			if n, err := o.Write(bytes.Repeat([]byte{byte(letter)}, sentAhead)); n != sentAhead || err != nil {
				t.Fatal(n, err)
			}
			synctest.Wait()
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			o.Write([]byte("end"))
		}()
		synctest.Wait()
		to.let <- nil
		synctest.Wait()
		if len(to.writes) != 2 || len(to.writes[0]) != sentAhead || len(to.writes[1]) != 2*sentAhead+3 || string(to.writes[1][2*sentAhead:]) != "end" {
			t.Errorf("%d writes", len(to.writes))
		}
		select {
		case <-ended:
			t.Error("The end is written, and not sent.")
		default:
		}
		to.let <- nil
		<-ended
	})
}

func TestOutboxTakesNoMoreThanIsSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		to := &slowWriter{let: make(chan error)}
		o := newOutbox(to)
		var n int
		write := func() {
			o.Write(make([]byte, sentAhead))
			n++
		}
		write()
		synctest.Wait()
		go func() {
			for range 99 {
				write()
			}
		}()
		synctest.Wait()
		if most := 1 + maxWaiting/sentAhead; n != most { // the one that is being sent, and those that wait
			t.Errorf("%d were written, want %d", n, most)
		}
		close(to.let)
		synctest.Wait()
		if n != 100 {
			t.Errorf("%d were written in the end", n)
		}
	})
}

func TestOutboxFailsForGood(t *testing.T) {
	for _, size := range []int{1, sentAhead} {
		synctest.Test(t, func(t *testing.T) {
			to := &slowWriter{let: make(chan error, 1)}
			o := newOutbox(to)
			to.let <- io.ErrClosedPipe
			if _, err := o.Write(make([]byte, size)); size == 1 && err != io.ErrClosedPipe {
				t.Error(err)
			}
			synctest.Wait()
			for _, size := range []int{1, sentAhead} {
				if _, err := o.Write(make([]byte, size)); err != io.ErrClosedPipe {
					t.Error(err)
				}
			}
			if len(to.writes) != 1 {
				t.Errorf("%d writes", len(to.writes))
			}
		})
	}
}

// What is sent over HTTP/2 is whole, though the server closes the connection after it.
func TestLastAnswerOverHTTP2IsWhole(t *testing.T) {
	content := make([]byte, 8<<20)
	rand.NewChaCha8([32]byte{}).Read(content)
	l := openTLS(t, Config{})
	serveTLS(t, l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		w.Write(content)
	}))
	for range 3 {
		answer, err := httpClient(t, 2).Get("https://" + l.Addr().String())
		must(t, err)
		got, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if !bytes.Equal(got, content) || err != nil {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	}
	until(t, "the server has closed them", func() bool { return l.Len() == 0 })
}
