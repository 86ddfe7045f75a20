package media

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"windowsill/server/share"
)

var errTooSlow = errors.New("decoding takes too long")

// work is the making of one thumbnail.
type work struct {
	maker  *Maker
	ctx    context.Context
	file   *os.File
	size   int64
	name   string
	side   int
	until  time.Time // when it ends at the latest
	unread error     // why the file could not be read; that its data is wrong is another matter
}

func (m *Maker) work(ctx context.Context, f *share.File, side int) *work {
	return &work{maker: m, ctx: ctx, file: f.Content(), size: f.Size(), name: f.Name(), side: side, until: time.Now().Add(patience)}
}

// check returns why to go no further: nobody waits any more, or it takes too
// long. Decoders hear of it when they read on.
func (w *work) check() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if time.Now().After(w.until) {
		return errTooSlow
	}
	return nil
}

// ReadAt reads the file as long as there is no reason to stop.
func (w *work) ReadAt(p []byte, off int64) (int, error) {
	if err := w.check(); err != nil {
		return 0, err
	}
	n, err := w.file.ReadAt(p, off)
	if err != nil && err != io.EOF {
		w.unread = err
	}
	return n, err
}

// thumbnail makes it. Whatever a file does to a decoder, it does no more than
// spoil this.
func (w *work) thumbnail() (t Thumbnail, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrNoThumbnail, p)
		}
	}()
	whole := io.NewSectionReader(w, 0, w.size)
	found := look(whole)
	var part Thumbnail // of a picture of which not all is there
	for _, p := range best(measured(found, w.side), w.side) {
		t, err := w.from(p, found.turn)
		if err == nil || w.ctx.Err() != nil {
			return t, err
		}
		if part.Content == nil {
			part = t
		}
	}
	if part.Content != nil {
		return part, nil // as browsers show it
	}
	if w.isFilm(whole) {
		return w.poster()
	}
	return Thumbnail{}, ErrNoThumbnail
}

// from makes the thumbnail out of one picture. With an error there may be one
// of what there is of the picture.
func (w *work) from(p picture, turn orientation) (Thumbnail, error) {
	var part Thumbnail
	var first error
	for _, d := range p.decoders {
		t, err := w.by(d, p, turn)
		if err == nil || w.ctx.Err() != nil {
			return t, err
		}
		if part.Content == nil {
			part = t
		}
		first = cmp.Or(first, err)
	}
	return part, first
}

// by makes the thumbnail by one of the decoders of a picture.
func (w *work) by(d decoder, p picture, turn orientation) (Thumbnail, error) {
	waiting := time.Now()
	if err := w.maker.room.Acquire(w.ctx, d.memory); err != nil {
		return Thumbnail{}, err
	}
	defer w.maker.room.Release(d.memory)
	w.until = w.until.Add(time.Since(waiting)) // that was not the file's fault
	img, incomplete := p.decode(d, w.check)
	if img == nil {
		return Thumbnail{}, incomplete
	}
	small, err := fit(w.ctx, img, w.side)
	if err != nil {
		return Thumbnail{}, err
	}
	t, err := encode(turn.apply(small))
	return t, cmp.Or(err, incomplete)
}

// isFilm reports whether the file says that it is one.
func (w *work) isFilm(whole *io.SectionReader) bool {
	return strings.HasPrefix(share.ContentType(w.name, headOf(whole)), "video/")
}

// measured returns those pictures of a file that can be decoded, as their
// headers have it; that the file itself is one is marked. side is that of the
// thumbnail that is wanted.
func measured(found findings, side int) []picture {
	var all []picture
	for i, data := range append([]*io.SectionReader{found.whole}, found.parts...) {
		if data == nil {
			continue
		}
		if p, err := measure(data, side); err == nil {
			p.whole = i == 0
			all = append(all, p)
		}
	}
	return all
}

// best sorts pictures by how well they serve for a thumbnail: first the
// smallest part that is large enough, then the whole, then the largest part.
// A part that is of another shape than the whole has black bars, or is from
// before the picture was edited, and is used only if nothing else can be.
func best(all []picture, side int) []picture {
	shape := image.Point{}
	for _, p := range all {
		if p.whole {
			shape = p.size
		}
	}
	rank := func(p picture) int {
		switch {
		case p.whole:
			return 1
		case p.long() >= side && (sameShape(p.size, shape) || p.long() > max(shape.X, shape.Y)):
			return 0
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b picture) int {
		if by := cmp.Compare(rank(a), rank(b)); by != 0 {
			return by
		}
		if rank(a) == 0 {
			return cmp.Compare(a.long(), b.long())
		}
		return cmp.Compare(b.long(), a.long())
	})
	return all
}

// sameShape reports whether a is b made smaller, give or take the rounding of
// a small picture's sides.
func sameShape(a, b image.Point) bool {
	x, y := a.X*b.Y, a.Y*b.X
	return max(x, y)-min(x, y) <= max(b.X, b.Y)*3/2
}
