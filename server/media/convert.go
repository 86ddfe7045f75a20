package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"io"
	"io/fs"
	"strconv"
	"time"

	"windowsill/server/media/heif"
	"windowsill/server/media/jxl"
	"windowsill/server/share"
	"windowsill/server/worker"
)

// ErrNoPicture says that a file is no picture that has to be converted, or one that
// cannot be.
var ErrNoPicture = errors.New("this picture cannot be converted")

// The jobs that worker processes do: they take seconds and much memory, and cannot
// be stopped otherwise.
const (
	wholeJob      = "heif"           // the picture
	smallJob      = "heif-thumbnail" // the smaller one beside it
	jxlJob        = "jxl"            // the picture
	pageJob       = "tiff"           // a page; see pageTask
	thumbnailsJob = "thumbnail"      // of any file; see sideTask
)

const (
	// maxSource is how many bytes a file may have that is converted. Scans of many
	// pages are large.
	maxSource = 128 << 20
	// smallEnough is how many pixels the longer side of a smaller picture has at
	// least to be used for thumbnails.
	smallEnough = 320
	// qualityConverted is the JPEG quality of converted pictures, up to 100.
	qualityConverted = 90
)

// Jobs returns the jobs that workers do for a [Maker].
func Jobs() map[string]worker.Job {
	return map[string]worker.Job{
		wholeJob: func(file []byte, out io.Writer) error {
			p, err := heif.Decode(file, maxPixels)
			if err != nil {
				return err
			}
			return writeJPEG(out, p.Image, p.Profile)
		},
		smallJob: func(file []byte, out io.Writer) error {
			p, err := heif.DecodeThumbnail(file, smallEnough, maxPixels)
			if err != nil {
				return err
			}
			return writeJPEG(out, p.Image, p.Profile)
		},
		jxlJob: func(file []byte, out io.Writer) error {
			p, err := jxl.Decode(file, maxPixels)
			if err != nil {
				return err
			}
			return writeJPEG(out, p.Image, p.Profile)
		},
		pageJob:       convertPage,
		thumbnailsJob: thumbnailJob,
	}
}

// writeJPEG writes a picture with its colours.
func writeJPEG(out io.Writer, img image.Image, colours profile) error {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, onWhite(img), &jpeg.Options{Quality: qualityConverted}); err != nil {
		return err
	}
	content := b.Bytes()
	if colours.channels() == channelsOf(img) && len(colours) <= maxSegment {
		content = withProfile(content, colours)
	}
	_, err := out.Write(content)
	return err
}

// onWhite returns a picture without transparency, which JPEG does not know.
func onWhite(img image.Image) image.Image {
	if c, ok := img.(interface{ Opaque() bool }); ok && c.Opaque() {
		return img
	}
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, img, out.Rect.Min, draw.Over)
	return out
}

// maxSegment is how many bytes of a profile fit into one segment of a JPEG file.
const maxSegment = 65535 - 16

// Converted is a picture as JPEG, which the caller closes.
type Converted struct {
	io.ReadSeeker
	io.Closer
	Size int64 // in bytes
}

func isHEIF(file *io.SectionReader) bool {
	if !hasMagic(headOf(file), "????ftyp") {
		return false
	}
	properties := inside(file, "meta", "iprp", "ipco")
	return inside(properties, "hvcC") != nil || inside(properties, "av1C") != nil
}

// IsPlainAVIF reports whether a picture is AVIF that any browser shows which shows AVIF
// at all. Firefox refuses pictures that are put together from others, or cropped.
func IsPlainAVIF(file *share.File) bool {
	const most = 64 << 10 // bytes of what the file says of its pictures
	meta := inside(io.NewSectionReader(file.Content(), 0, file.Size()), "meta")
	if meta == nil || meta.Size() > most {
		return false
	}
	said := read(meta, 0, int(meta.Size()))
	return bytes.Contains(said, []byte("av1C")) && !bytes.Contains(said, []byte("grid")) && !bytes.Contains(said, []byte("clap"))
}

// Converted returns f as a JPEG picture that any browser can show, with its colours:
// HEIC, AVIF, JPEG XL, a page of TIFF, counted from 0, or the preview in a raw file of a camera.
// One is converted at a time, and no longer than somebody waits for it; callers are
// served in turn. The error is ctx's, [ErrNoPicture], [worker.ErrUnavailable] or why
// f could not be read.
func (m *Maker) Converted(ctx context.Context, caller string, f *share.File, page int) (*Converted, error) {
	key := f.ETag() + "-jpeg"
	if page > 0 {
		key += strconv.Itoa(page)
	}
	if c, ok := m.pictures.open(key); ok {
		return c, nil
	}
	if _, err, ok := m.cache.get(key); ok {
		return nil, err
	}
	defer m.conversions.want(caller, key)()
	_, err := m.converting.Do(ctx, key, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, m.convert(ctx, caller, f, page, key)
	})
	if errors.Is(err, ErrNoPicture) {
		m.cache.put(key, Thumbnail{}, err)
	}
	if err != nil {
		return nil, err
	}
	c, ok := m.pictures.open(key)
	if !ok {
		return nil, fmt.Errorf("converted, and gone: %w", worker.ErrUnavailable)
	}
	return c, nil
}

// convert makes a picture of a file, and keeps it.
func (m *Maker) convert(ctx context.Context, caller string, f *share.File, page int, key string) error {
	if c, ok := m.pictures.open(key); ok {
		return c.Close()
	}
	release, err := m.conversions.acquire(ctx, key)
	if err != nil {
		return err
	}
	defer release()
	own, err := reopened(f)
	if err != nil {
		return err
	}
	defer own.Close()
	content, err := m.picture(ctx, caller, own, page)
	if err == nil {
		m.pictures.put(key, Thumbnail{Content: content})
	}
	return err
}

// picture returns the JPEG picture that is made of a file, or is in it.
func (m *Maker) picture(ctx context.Context, caller string, f *share.File, page int) ([]byte, error) {
	file := io.NewSectionReader(f.Content(), 0, f.Size())
	head := headOf(file)
	if isHEIF(file) {
		return m.work(ctx, caller, wholeJob, file, file)
	}
	if jxl.Is(head) {
		return m.work(ctx, caller, jxlJob, file, file)
	}
	if isRaw(head) && page == 0 {
		if content, err := largestPreview(file); err != nil || content != nil {
			return content, err
		}
	}
	if isTIFF(head) {
		return m.work(ctx, caller, pageJob, file, pageTask(file, page))
	}
	return nil, ErrNoPicture
}

// reopened opens a file once more, as make does.
func reopened(f *share.File) (*share.File, error) {
	own, err := f.Reopen()
	if err != nil {
		return nil, err
	}
	if own.ETag() != f.ETag() {
		own.Close()
		return nil, fmt.Errorf("changed since it was asked for: %w", fs.ErrNotExist)
	}
	return own, nil
}

// work has a worker do a job with a file, and returns the picture that it makes.
func (m *Maker) work(ctx context.Context, caller, job string, file *io.SectionReader, input io.Reader) ([]byte, error) {
	if m.workers == nil {
		return nil, ErrNoPicture
	}
	if file.Size() > maxSource {
		return nil, fmt.Errorf("%w: %w", ErrNoPicture, errTooLarge)
	}
	out, err := m.workers.Do(ctx, caller, job, input)
	if _, refused := errors.AsType[*worker.JobError](err); refused {
		return nil, ErrNoPicture
	}
	if errors.Is(err, worker.ErrBeyond) {
		return nil, fmt.Errorf("%w: %w", ErrNoPicture, errTooSlow)
	}
	if err != nil {
		return nil, err
	}
	defer out.Close()
	return io.ReadAll(out)
}

// ofConverted makes the thumbnail of a picture that only workers can decode: from the
// small one in it, if it is large enough. Of others it returns why there was none.
func (m *Maker) ofConverted(ctx context.Context, caller string, f *share.File, key string, side int, why error) (Thumbnail, error) {
	own, err := reopened(f)
	if err != nil {
		return Thumbnail{}, err
	}
	file := io.NewSectionReader(own.Content(), 0, own.Size())
	hasSmall, isJXL := isHEIF(file), jxl.Is(headOf(file))
	if own.Close() != nil || !hasSmall && !isJXL {
		return Thumbnail{}, why // and no waiting for a turn
	}
	if hasSmall && side <= smallEnough {
		if content, err := m.small(ctx, caller, f, key); err == nil {
			return m.ofJPEG(ctx, caller, bytes.NewReader(content), int64(len(content)), side)
		}
	}
	whole, err := m.Converted(ctx, caller, f, 0)
	if err != nil {
		return Thumbnail{}, asThumbnail(err)
	}
	defer whole.Close()
	return m.ofJPEG(ctx, caller, whole.ReadSeeker.(io.ReaderAt), whole.Size, side)
}

// small returns the small picture that is in a file.
func (m *Maker) small(ctx context.Context, caller string, f *share.File, key string) ([]byte, error) {
	return m.withTurn(ctx, caller, f, key, smallJob, func(file io.Reader) io.Reader { return file })
}

// withTurn waits for a turn, and has a worker do a job with a file. Input is what the
// job gets of it.
func (m *Maker) withTurn(ctx context.Context, caller string, f *share.File, key, job string, input func(file io.Reader) io.Reader) ([]byte, error) {
	defer m.conversions.want(caller, key)()
	release, err := m.conversions.acquire(ctx, key)
	if err != nil {
		return nil, err
	}
	defer release()
	own, err := reopened(f)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	file := io.NewSectionReader(own.Content(), 0, own.Size())
	return m.work(ctx, caller, job, file, input(file))
}

// ofJPEG makes the thumbnail of a converted picture.
func (m *Maker) ofJPEG(ctx context.Context, caller string, content io.ReaderAt, size int64, side int) (Thumbnail, error) {
	w := m.newThumbnailer(ctx, side)
	w.caller = caller
	found := findPictures(io.NewSectionReader(content, 0, size))
	for _, p := range measured(found, side) {
		return w.from(p, found)
	}
	return Thumbnail{}, ErrNoThumbnail
}

// Converters are the bounds of the workers for a [Maker]: one at a time, because two
// are not faster, and a picture of 48 megapixels takes a gigabyte.
var Converters = worker.Options{
	Limits:   worker.Limits{CPU: 90 * time.Second, Memory: 1536 << 20, Output: maxPictureFile - 1<<20},
	Most:     1,
	Held:     2,
	Patience: 10 * time.Minute,
	Time:     3 * time.Minute,
}
