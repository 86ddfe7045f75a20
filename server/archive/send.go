package archive

import (
	"bufio"
	"io"
	"sync"
)

// pieceSize is how much is read of a file at a time, in bytes.
const pieceSize = 256 << 10

// leastHanded is the least part of a file that is handed over as a file, in
// bytes. For less, two more system calls cost more than a copy.
const leastHanded = 32 << 10

var (
	pieces  = sync.Pool{New: func() any { return new([pieceSize]byte) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, pieceSize) }}
)

// Send writes the next n bytes of the archive, or those up to its end if they
// are fewer, and returns how many it wrote. Contents whose checksum need not
// be learnt come as an [io.LimitedReader] of an [os.File], if w is an
// [io.ReaderFrom]: so the kernel can carry them.
func (r *Reader) Send(w io.Writer, n int64) (int64, error) {
	if r.err != nil {
		return 0, r.err
	}
	out := writers.Get().(*bufio.Writer)
	out.Reset(w)
	r.idle = out.Flush
	defer func() {
		r.idle = nil
		out.Reset(nil)
		writers.Put(out)
	}()
	begin := r.pos
	end := begin + min(n, max(0, r.layout.size-begin))
	for r.pos < end {
		if err := r.send(w, out, end-r.pos); err != nil {
			return r.pos - begin - int64(out.Buffered()), err
		}
	}
	err := out.Flush()
	return r.pos - begin - int64(out.Buffered()), err
}

// send writes one part, at most limit bytes of it.
func (r *Reader) send(w io.Writer, out *bufio.Writer, limit int64) error {
	p, err := r.part()
	switch {
	case err != nil:
		return r.fail(err)
	case p.content == 0:
		n, err := out.Write(p.bytes[:min(limit, int64(len(p.bytes)))])
		r.pos += int64(n)
		return err
	}
	p.content = min(p.content, limit)
	c, err := r.enter(p.entry)
	if err != nil {
		return r.fail(err)
	}
	if p.content >= leastHanded && (c.read != p.from || r.knows(p.entry)) {
		if err := out.Flush(); err != nil {
			return err
		}
		return r.hand(w, c, p)
	}
	return r.copy(out, p)
}

// hand hands a file's content over as it is.
func (r *Reader) hand(w io.Writer, c *content, p part) error {
	if _, err := c.file.Seek(p.from, io.SeekStart); err != nil {
		return r.fail(&FileError{c.name, err})
	}
	left := &io.LimitedReader{R: c.file.Content(), N: p.content}
	n, err := io.Copy(w, left)
	r.pos += n
	switch {
	case err != nil:
		return err
	case n < p.content:
		return r.fail(c.changed())
	}
	if err := c.check(p.from + n); err != nil {
		return r.fail(err)
	}
	return nil
}

// copy reads some of a file's content into the writer's own buffer.
func (r *Reader) copy(out *bufio.Writer, p part) error {
	if out.Available() == 0 {
		if err := out.Flush(); err != nil {
			return err
		}
	}
	room := out.AvailableBuffer()
	room = room[:min(int64(cap(room)), p.content)]
	if err := r.readContent(room, p); err != nil {
		return r.fail(err)
	}
	n, err := out.Write(room)
	r.pos += int64(n)
	return err
}
