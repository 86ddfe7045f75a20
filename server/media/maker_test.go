package media

import (
	"context"
	"errors"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// occupied returns one slot that is taken until somebody releases it.
func occupied(t *testing.T) *slots {
	s := newSlots(1)
	must(t, s.acquire(t.Context(), "first"))
	return s
}

// waitIn lets somebody wait for a slot and returns the outcome.
func waitIn(ctx context.Context, s *slots, key string) chan error {
	outcome := make(chan error, 1)
	go func() { outcome <- s.acquire(ctx, key) }()
	synctest.Wait()
	return outcome
}

func TestNewestAndOldestAreServedInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := occupied(t)
		a := waitIn(t.Context(), s, "a")
		b := waitIn(t.Context(), s, "b")
		c := waitIn(t.Context(), s, "c")
		d := waitIn(t.Context(), s, "d")
		s.promote("b") // somebody else asked for the same
		for _, next := range []chan error{b, a, d, c} {
			s.release()
			synctest.Wait()
			select {
			case err := <-next:
				must(t, err)
			default:
				t.Fatal("out of turn")
			}
		}
		s.release()
		if s.free != 1 {
			t.Errorf("%d slots are free, want 1", s.free)
		}
	})
}

// With n waiting, each is served within n turns, however many come later.
func TestNobodyWaitsForever(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := occupied(t)
		first := waitIn(t.Context(), s, "first")
		for range 4 {
			waitIn(t.Context(), s, "later")
		}
		for range 5 {
			s.release()
			waitIn(t.Context(), s, "later still")
		}
		select {
		case err := <-first:
			must(t, err)
		default:
			t.Error("The first was overtaken by all who came later.")
		}
		for range 20 {
			s.release()
		}
	})
}

func TestNoSlotForWhoHasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := occupied(t)
		a := waitIn(t.Context(), s, "a")
		ctx, cancel := context.WithCancel(t.Context())
		b := waitIn(ctx, s, "b")
		cancel()
		if err := <-b; !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		s.release()
		must(t, <-a)
	})
}

func TestSlotThatComesTooLateIsPassedOn(t *testing.T) {
	for range 200 {
		synctest.Test(t, func(t *testing.T) {
			s := occupied(t)
			ctx, cancel := context.WithCancel(t.Context())
			a := waitIn(ctx, s, "a")
			go cancel()
			go s.release()
			if <-a == nil {
				s.release()
			}
			synctest.Wait()
			if s.free != 1 {
				t.Errorf("%d slots are free: one was lost", s.free)
			}
		})
	}
}

// busy takes all slots of a maker, until free is called.
func busy(t *testing.T, m *Maker) (free func()) {
	must(t, m.slots.acquire(t.Context(), ""))
	return m.slots.release
}

func waiting(m *Maker) int {
	m.slots.mu.Lock()
	defer m.slots.mu.Unlock()
	return m.slots.waiting.Len()
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 10 s", what)
		}
	}
}

func TestSameThumbnailIsMadeOnce(t *testing.T) {
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

func TestFirstToAskMayLeave(t *testing.T) {
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
	joined := make(chan struct{})
	go func() {
		close(joined)
		_, err := m.Thumbnail(t.Context(), b, 160)
		second <- err
	}()
	<-joined
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("first: %v", err)
	}
	free()
	must(t, <-second)
}

func TestNoThumbnailOfAFileThatChanged(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "a.jpg")
	must(t, os.WriteFile(at, encodedJPEG(photo), 0o644))
	m := maker(t, Options{Workers: 1})
	free := busy(t, m)
	f, done := openIn(t, dir, "a.jpg"), make(chan error, 1)
	go func() {
		_, err := m.Thumbnail(t.Context(), f, 160)
		done <- err
	}()
	until(t, "it waits", func() bool { return waiting(m) == 1 })
	must(t, os.WriteFile(at, append(encodedJPEG(photo), 0), 0o644)) // the same file, with other content
	free()
	if err := <-done; !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want fs.ErrNotExist: the new picture would be kept as the old one", err)
	}
}

func TestNothingIsDecodedForWhoHasLeft(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	w := maker(t, Options{}).thumbnailer(ctx, fileOf(t, "a.jpg", string(encodedJPEG(photo))), 160)
	if _, err := w.thumbnail(); err != nil {
		t.Fatal(err)
	}
	leave()
	if _, err := w.thumbnail(); err == nil {
		t.Error("decoded all the same")
	}
}

func TestFileThatCannotBeReadIsNotOneWithoutThumbnail(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "a.jpg")
	must(t, os.WriteFile(at, encodedJPEG(photo), 0o644))
	f, m := openIn(t, dir, "a.jpg"), maker(t, Options{})
	must(t, os.Remove(at))
	for range 2 {
		if _, err := m.Thumbnail(t.Context(), f, 160); err == nil || errors.Is(err, ErrNoThumbnail) {
			t.Errorf("%v", err)
		}
	}
}

func TestDecodingTimesOut(t *testing.T) {
	w := maker(t, Options{}).thumbnailer(t.Context(), fileOf(t, "a.jpg", string(encodedJPEG(photo))), 160)
	w.until = time.Unix(1, 0)
	if _, err := w.thumbnail(); !errors.Is(err, ErrNoThumbnail) {
		t.Errorf("%v", err)
	}
}

// Few bytes can keep a decoder busy for long, so it is asked to go on for every
// few of them: also where the picture is in memory already.
func TestDecoderIsStoppedBetweenAFewBytes(t *testing.T) {
	left, checks, got := errors.New("left"), 0, 0
	check := func() error {
		if checks++; checks > 3 {
			return left
		}
		return nil
	}
	p := picture{data: sectionOf(make([]byte, 100_000))}
	_, err := p.decode(decoder{decode: func(r io.Reader) (image.Image, error) {
		all, err := io.ReadAll(r)
		got = len(all)
		return nil, err
	}}, check)
	if err != left || got > 3*perCheck {
		t.Errorf("stopped after %d bytes with %v, want after %d at most with %v", got, err, 3*perCheck, left)
	}
}
