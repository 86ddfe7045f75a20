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
	"time"
)

// busy takes all slots of a maker, until free is called.
func busy(t *testing.T, m *Maker) (free func()) {
	m.slots.reserve = 0
	defer m.slots.want("busy", "")()
	release, err := m.slots.acquire(t.Context(), "")
	must(t, err)
	return release
}

func waiting(m *Maker) int {
	m.slots.mu.Lock()
	defer m.slots.mu.Unlock()
	return len(m.slots.waiting)
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
		all.Go(func() { results[i], _ = m.Thumbnail(t.Context(), "a", f, 160) })
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
		_, err := m.Thumbnail(ctx, "a", a, 160)
		a.Close()
		first <- err
	}()
	until(t, "the first waits", func() bool { return waiting(m) == 1 })
	joined := make(chan struct{})
	go func() {
		close(joined)
		_, err := m.Thumbnail(t.Context(), "a", b, 160)
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
		_, err := m.Thumbnail(t.Context(), "a", f, 160)
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
		if _, err := m.Thumbnail(t.Context(), "a", f, 160); err == nil || errors.Is(err, ErrNoThumbnail) {
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
