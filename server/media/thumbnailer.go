package media

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"
	"time"

	"windowsill/server/share"
)

// errTooSlow says that decoding takes too long, or too much memory.
var errTooSlow = fmt.Errorf("%w: it takes too long", ErrTooMuch)

// thumbnailer makes one thumbnail.
type thumbnailer struct {
	maker  *Maker
	caller string // the first who asked
	ctx    context.Context
	file   io.ReaderAt
	size   int64
	name   string
	side   int
	until  time.Time // when it has to end
	unread error     // why the file could not be read; not that its data is invalid
	slow   bool      // it was stopped because it took too long
}

func (m *Maker) thumbnailer(ctx context.Context, f *share.File, side int) *thumbnailer {
	w := m.newThumbnailer(ctx, side)
	w.file, w.size, w.name = f.Content(), f.Size(), f.Name()
	return w
}

// newThumbnailer returns one that has no file.
func (m *Maker) newThumbnailer(ctx context.Context, side int) *thumbnailer {
	return &thumbnailer{maker: m, ctx: ctx, side: side, until: time.Now().Add(maxTime)}
}

// check returns why to stop: nobody waits any longer, or it takes too long.
// Decoders get that as an error of reading.
func (w *thumbnailer) check() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if time.Now().After(w.until) {
		w.slow = true
		return errTooSlow
	}
	return nil
}

// ReadAt reads the file, unless there is a reason to stop.
func (w *thumbnailer) ReadAt(p []byte, off int64) (int, error) {
	if err := w.check(); err != nil {
		return 0, err
	}
	n, err := w.file.ReadAt(p, off)
	if err != nil && err != io.EOF {
		w.unread = err
	}
	return n, err
}

// thumbnail makes the thumbnail. A decoder that panics fails only this.
func (w *thumbnailer) thumbnail() (t Thumbnail, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrNoThumbnail, p)
		}
	}()
	whole := io.NewSectionReader(w, 0, w.size)
	found := findPictures(whole)
	var part Thumbnail // of an incomplete picture
	for _, p := range best(measured(found, w.side), w.side) {
		if p.apart && w.maker.workers != nil {
			return Thumbnail{}, errApart
		}
		t, err := w.from(p, found)
		if err == nil || w.ctx.Err() != nil {
			return t, err
		}
		if part.Content == nil {
			part = t
		}
	}
	if part.Content != nil {
		return part, nil // browsers show it as well
	}
	if w.isFilm(whole) {
		return w.poster()
	}
	if found.whole != nil {
		if _, err := measure(found.whole, w.side); errors.Is(err, ErrTooMuch) {
			return Thumbnail{}, fmt.Errorf("%w: %w", ErrNoThumbnail, err)
		}
	}
	return Thumbnail{}, ErrNoThumbnail
}

// from makes the thumbnail from one picture. Together with an error, it may return
// one of an incomplete picture.
func (w *thumbnailer) from(p picture, in findings) (Thumbnail, error) {
	var part Thumbnail
	var first error
	for _, d := range p.decoders {
		t, err := w.by(d, p, in)
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

// by makes the thumbnail with one of the decoders of a picture.
func (w *thumbnailer) by(d decoder, p picture, in findings) (Thumbnail, error) {
	waiting := time.Now()
	give, err := w.maker.room.take(w.ctx, w.caller, d.memory)
	if err != nil {
		return Thumbnail{}, err
	}
	defer give()
	w.until = w.until.Add(time.Since(waiting)) // waiting is not the file's fault
	img, incomplete := p.decode(d, w.check)
	if img == nil {
		return Thumbnail{}, incomplete
	}
	colours := in.profile
	if own := profileIn(p.data); own != nil {
		colours = own
	}
	small, colours, err := fitInSRGB(w.ctx, img, colours, w.side)
	if err != nil {
		return Thumbnail{}, err
	}
	t, err := encode(in.turn.apply(small), colours)
	return t, cmp.Or(err, incomplete)
}

// isFilm reports whether the file seems to be a film.
func (w *thumbnailer) isFilm(whole *io.SectionReader) bool {
	return strings.HasPrefix(share.ContentType(w.name, headOf(whole)), "video/")
}

// measured returns the pictures of a file that can be decoded, according to their
// headers. side is that of the thumbnail.
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

// best sorts pictures by how well they suit for a thumbnail: first the smallest
// part that is large enough, then the whole, then the largest part. A part of
// another shape than the whole has black bars, or is from before the picture was
// edited, and comes last.
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
		case p.longSide() >= side && (sameShape(p.size, shape) || p.longSide() > max(shape.X, shape.Y)):
			return 0
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b picture) int {
		if by := cmp.Compare(rank(a), rank(b)); by != 0 {
			return by
		}
		if rank(a) == 0 {
			return cmp.Compare(a.longSide(), b.longSide())
		}
		return cmp.Compare(b.longSide(), a.longSide())
	})
	return all
}

// sameShape reports whether a has the shape of b, apart from the rounding of its
// sides.
func sameShape(a, b image.Point) bool {
	x, y := a.X*b.Y, a.Y*b.X
	return max(x, y)-min(x, y) <= max(b.X, b.Y)*3/2
}
