package media

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// occupied returns a queue of one worker, who is busy until leave is called.
func occupied(t *testing.T) *queue {
	q := newQueue(1)
	first := newTicket()
	must(t, q.enter(t.Context(), &first))
	return q
}

// waitIn lets somebody wait in a queue and returns the ticket and the outcome.
func waitIn(ctx context.Context, q *queue) (*ticket, chan error) {
	ticket, outcome := newTicket(), make(chan error, 1)
	go func() { outcome <- q.enter(ctx, &ticket) }()
	synctest.Wait()
	return &ticket, outcome
}

func TestWhoAskedLastIsServedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := occupied(t)
		_, a := waitIn(t.Context(), q)
		b, bTurn := waitIn(t.Context(), q)
		_, c := waitIn(t.Context(), q)
		q.raise(b) // somebody else asked for the same
		for _, next := range []chan error{bTurn, c, a} {
			q.leave()
			synctest.Wait()
			select {
			case err := <-next:
				must(t, err)
			default:
				t.Fatal("not in turn")
			}
		}
		q.leave()
		if q.free != 1 {
			t.Errorf("%d free", q.free)
		}
	})
}

func TestWhoLeavesIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := occupied(t)
		_, a := waitIn(t.Context(), q)
		ctx, cancel := context.WithCancel(t.Context())
		_, b := waitIn(ctx, q)
		cancel()
		if err := <-b; !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		q.leave()
		must(t, <-a)
	})
}

func TestATurnThatComesTooLateIsHandedOn(t *testing.T) {
	for range 200 {
		synctest.Test(t, func(t *testing.T) {
			q := occupied(t)
			ctx, cancel := context.WithCancel(t.Context())
			_, a := waitIn(ctx, q)
			go cancel()
			go q.leave()
			if <-a == nil {
				q.leave()
			}
			synctest.Wait()
			if q.free != 1 {
				t.Errorf("%d free: a turn was lost", q.free)
			}
		})
	}
}

// busy makes all workers of a maker busy, until free is called.
func busy(t *testing.T, m *Maker) (free func()) {
	first := newTicket()
	must(t, m.queue.enter(t.Context(), &first))
	return m.queue.leave
}

func waiting(m *Maker) int {
	m.queue.mu.Lock()
	defer m.queue.mu.Unlock()
	return m.queue.waiting.Len()
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 10 s", what)
		}
	}
}

func TestTheSameThumbnailIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "a.jpg"), encodedJPEG(photo), 0o644))
	m := maker(t, Options{Workers: 1})
	free := busy(t, m)
	var all sync.WaitGroup
	results := make([]Thumbnail, 8)
	for i := range results {
		f := openIn(t, dir, "a.jpg")
		all.Go(func() { results[i], _ = m.Thumbnail(t.Context(), f, 160) })
	}
	until(t, "one waits", func() bool { return waiting(m) == 1 })
	free()
	all.Wait()
	for _, r := range results {
		if len(r.Content) == 0 || &r.Content[0] != &results[0].Content[0] {
			t.Error("made more than once")
		}
	}
}

func TestIfWhoAskedFirstLeavesAnotherMakesIt(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "a.jpg"), encodedJPEG(photo), 0o644))
	m := maker(t, Options{Workers: 1})
	free := busy(t, m)
	ctx, leave := context.WithCancel(t.Context())
	first, second := make(chan error, 1), make(chan error, 1)
	a, b := openIn(t, dir, "a.jpg"), openIn(t, dir, "a.jpg")
	go func() {
		_, err := m.Thumbnail(ctx, a, 160)
		a.Close()
		first <- err
	}()
	until(t, "the first waits", func() bool { return waiting(m) == 1 })
	go func() {
		_, err := m.Thumbnail(t.Context(), b, 160)
		second <- err
	}()
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("first: %v", err)
	}
	until(t, "the second waits", func() bool { return waiting(m) == 1 })
	free()
	must(t, <-second)
}

func TestWhoComesSecondMayLeaveAlone(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "a.jpg"), encodedJPEG(photo), 0o644))
	m := maker(t, Options{Workers: 1})
	free := busy(t, m)
	first, second := make(chan error, 1), make(chan error, 1)
	a, b := openIn(t, dir, "a.jpg"), openIn(t, dir, "a.jpg")
	go func() {
		_, err := m.Thumbnail(t.Context(), a, 160)
		first <- err
	}()
	until(t, "the first waits", func() bool { return waiting(m) == 1 })
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		_, err := m.Thumbnail(ctx, b, 160)
		second <- err
	}()
	leave()
	if err := <-second; !errors.Is(err, context.Canceled) {
		t.Errorf("second: %v", err)
	}
	free()
	must(t, <-first)
}

func TestNothingIsDecodedForWhoHasLeft(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	w := &work{maker: maker(t, Options{}), ctx: ctx, side: 160}
	f := fileOf(t, "a.jpg", string(encodedJPEG(photo)))
	w.file, w.size = f.Content(), f.Size()
	if _, err := w.thumbnail(); err != nil {
		t.Fatal(err)
	}
	leave()
	if _, err := w.thumbnail(); err == nil {
		t.Error("decoded all the same")
	}
}

func TestAFileThatCannotBeReadIsNotOneWithoutThumbnail(t *testing.T) {
	f := fileOf(t, "a.jpg", string(encodedJPEG(photo)))
	m := maker(t, Options{})
	f.Close()
	for range 2 {
		if _, err := m.Thumbnail(t.Context(), f, 160); err == nil || errors.Is(err, ErrNoThumbnail) {
			t.Errorf("%v", err)
		}
	}
}

func TestDecodingEndsSomeTime(t *testing.T) {
	f := fileOf(t, "a.jpg", string(encodedJPEG(photo)))
	w := &work{maker: maker(t, Options{}), ctx: t.Context(), file: f.Content(), size: f.Size(), side: 160, until: time.Unix(1, 0)}
	if _, err := w.thumbnail(); !errors.Is(err, ErrNoThumbnail) {
		t.Errorf("%v", err)
	}
}
