package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"windowsill/server/share"
)

// errApart says that a picture of a file is decoded in a process of its own: the
// decoders of TIFF, BMP and icons are less used than those of browsers' formats, and
// what they do with a strange file cannot be stopped otherwise.
var errApart = errors.New("decoded in another process")

// sideTask is the input of the job that makes a thumbnail of a file.
func sideTask(file io.Reader, side int) io.Reader {
	return io.MultiReader(bytes.NewReader(binary.BigEndian.AppendUint32(nil, uint32(side))), file)
}

// thumbnailJob makes a thumbnail of a file, as sideTask hands it over.
func thumbnailJob(input []byte, out io.Writer) error {
	const header = 4
	if len(input) < header {
		return errFormat
	}
	m := &Maker{room: newRoom()}
	w := m.newThumbnailer(context.Background(), int(binary.BigEndian.Uint32(input)))
	w.file, w.size = bytes.NewReader(input[header:]), int64(len(input)-header)
	t, err := w.thumbnail()
	if err != nil {
		return err
	}
	_, err = out.Write(t.Content)
	return err
}

// ofApart has a worker make the thumbnail of a file.
func (m *Maker) ofApart(ctx context.Context, caller string, f *share.File, key string, side int) (Thumbnail, error) {
	content, err := m.withTurn(ctx, caller, f, key, thumbnailsJob, func(file io.Reader) io.Reader { return sideTask(file, side) })
	if err != nil {
		return Thumbnail{}, asThumbnail(err)
	}
	return Thumbnail{Type: typeOf(content), Content: content}, nil
}

// asThumbnail returns the error for a thumbnail of a picture that could not be
// converted.
func asThumbnail(err error) error {
	switch {
	case errors.Is(err, ErrTooMuch):
		return fmt.Errorf("%w: %w", ErrNoThumbnail, err)
	case errors.Is(err, ErrNoPicture):
		return ErrNoThumbnail
	}
	return err
}
