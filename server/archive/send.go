package archive

import (
	"bufio"
	"io"
	"sync"
)

// bufferSize is how many bytes of a file are read at a time.
const bufferSize = 256 << 10

// minSendFile is how many bytes are worth two more system calls to have the
// kernel send them.
const minSendFile = 32 << 10

var (
	buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, bufferSize) }}
)

// Send writes the next n bytes of the archive, or those up to its end if there
// are fewer, and returns how many it wrote. Contents whose checksum need not be
// learnt are passed to w, if it is an [io.ReaderFrom], as an [io.LimitedReader]
// of an [os.File], so that the kernel can send them.
func (r *Reader) Send(w io.Writer, n int64) (int64, error) {
	if r.err != nil {
		return 0, r.err
	}
	out := writers.Get().(*bufio.Writer)
	out.Reset(w)
	r.flush = out.Flush
	defer func() {
		r.flush = nil
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
	c, err := r.openFile(p.entry)
	if err != nil {
		return r.fail(err)
	}
	if p.content >= minSendFile && (c.read != p.from || r.knows(p.entry)) {
		if err := out.Flush(); err != nil {
			return err
		}
		return r.sendFile(w, c, p)
	}
	return r.copy(out, p)
}

// sendFile passes a file's content to w as a file.
func (r *Reader) sendFile(w io.Writer, c *content, p part) error {
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

// copy reads some of a file's content into the writer's buffer.
func (r *Reader) copy(out *bufio.Writer, p part) error {
	if out.Available() == 0 {
		if err := out.Flush(); err != nil {
			return err
		}
	}
	buf := out.AvailableBuffer()
	buf = buf[:min(int64(cap(buf)), p.content)]
	if err := r.readContent(buf, p); err != nil {
		return r.fail(err)
	}
	n, err := out.Write(buf)
	r.pos += int64(n)
	return err
}
