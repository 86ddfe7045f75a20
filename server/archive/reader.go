package archive

import (
	"context"
	"errors"
	"hash/crc32"
	"io"
	"slices"
)

// Reader reads an archive from any offset. As long as [Reader.ETag] is the same,
// so are the bytes. It is used by one goroutine, which closes it. It has many
// methods because reading, seeking and sending share one position.
type Reader struct {
	ctx    context.Context // while it lasts, files may be read for their checksums
	packer *Packer
	layout *layout
	pos    int64
	open   *content     // the file that was read last; nil if none
	flush  func() error // called before something that takes long; may be nil
	err    error        // that ended reading

	buf, path []byte // reused for each part
	small     []byte // reused for each content.kept
}

// Size returns the archive's length in bytes.
func (r *Reader) Size() int64 { return r.layout.size }

// ETag returns a strong validator in quotes (RFC 9110 8.8.3). It survives a
// restart, and changes with the name, size or modification time of a file.
func (r *Reader) ETag() string { return r.layout.tag }

// Err returns the error that ended reading, such as a [*FileError]; nil if that
// was the end of the archive.
func (r *Reader) Err() error { return r.err }

// Close closes the files.
func (r *Reader) Close() error {
	r.closeFile()
	if r.layout != nil {
		r.packer.release(r.layout)
		r.layout = nil
	}
	return nil
}

// closeFile closes the file that was read last.
func (r *Reader) closeFile() {
	if r.open != nil {
		r.open.file.Close()
		r.open = nil
	}
}

// Seek sets the offset for the next Read.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.pos
	case io.SeekEnd:
		offset += r.layout.size
	}
	if offset < 0 {
		return 0, errors.New("archive: seek to before the beginning")
	}
	r.pos = offset
	return offset, nil
}

// Read reads the archive.
func (r *Reader) Read(p []byte) (n int, err error) {
	for n < len(p) && r.pos < r.layout.size {
		part, err := r.part()
		if err != nil {
			return n, r.fail(err)
		}
		m := copy(p[n:], part.bytes)
		if part.content > 0 {
			m = int(min(part.content, int64(len(p)-n)))
			if err := r.readContent(p[n:n+m], part); err != nil {
				return n, r.fail(err)
			}
		}
		n += m
		r.pos += int64(m)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// fail records the error that ends reading. If a file has changed, the layout is
// of no more use to others either.
func (r *Reader) fail(err error) error {
	r.err = err
	if _, ok := errors.AsType[*FileError](err); ok {
		r.packer.forget(r.layout)
	}
	return err
}

// part is what is in the archive at an offset, up to where something else
// begins.
type part struct {
	entry   int
	bytes   []byte // valid until the next part; nil if it is content
	content int64  // bytes left of a file's content; 0 if it is not content
	from    int64  // offset in the content
}

// part returns what is at r.pos, which is before the end of the archive.
func (r *Reader) part() (part, error) {
	l := r.layout
	switch {
	case r.pos < l.records:
		return r.partOf(l.at(r.pos))
	case r.pos < l.end:
		i := l.recordAt(r.pos)
		sum, err := r.sum(i)
		if err != nil {
			return part{}, err
		}
		r.path = l.archivePath(r.path[:0], i)
		r.buf = l.format.record(r.buf[:0], r.path, &l.entries[i], sum)
		return part{entry: i, bytes: r.buf[r.pos-l.entries[i].record:]}, nil
	}
	r.buf = l.format.end(r.buf[:0], l)
	return part{bytes: r.buf[r.pos-l.end:]}, nil
}

// partOf returns what is at r.pos in an entry: header, content or trailer.
func (r *Reader) partOf(i int) (part, error) {
	l, e := r.layout, &r.layout.entries[i]
	at, trailer := r.pos-e.offset, e.trailerAt()
	switch {
	case at < int64(e.headerSize):
		sum := uint32(0)
		if l.format.summed(e) {
			var err error
			if sum, err = r.sum(i); err != nil {
				return part{}, err
			}
		}
		r.path = l.archivePath(r.path[:0], i)
		r.buf = l.format.header(r.buf[:0], r.path, e, sum)
		return part{entry: i, bytes: r.buf[at:]}, nil
	case r.pos < trailer && e.kind == note:
		return part{entry: i, bytes: l.note[at-int64(e.headerSize):]}, nil
	case r.pos < trailer && e.inBlocks:
		return r.partOfBlock(i, at-int64(e.headerSize)), nil
	case r.pos < trailer:
		return part{entry: i, content: trailer - r.pos, from: at - int64(e.headerSize)}, nil
	}
	sum, err := r.sum(i)
	r.buf = l.format.trailer(r.buf[:0], e, sum)
	return part{entry: i, bytes: r.buf[r.pos-trailer:]}, err
}

// partOfBlock returns what is at an offset of content in blocks.
func (r *Reader) partOfBlock(i int, offset int64) part {
	size := r.layout.entries[i].size
	from, header := blockAt(offset)
	if header < blockHeader {
		r.buf = appendBlockHeader(r.buf[:0], from, size)
		return part{entry: i, bytes: r.buf[header:]}
	}
	end := min(size, from-from%blockSize+blockSize)
	return part{entry: i, content: end - from, from: from}
}

// openFile opens the file of an entry, unless it is open.
func (r *Reader) openFile(i int) (*content, error) {
	if r.open != nil && r.open.entry == i {
		return r.open, nil
	}
	r.closeFile()
	c, err := r.packer.openEntry(r.layout, i)
	if err == nil {
		r.open = c
	}
	return c, err
}

// readContent fills p with content of a file.
func (r *Reader) readContent(p []byte, part part) error {
	c, err := r.openFile(part.entry)
	if err != nil {
		return err
	}
	if err := c.ReadAt(p, part.from); err != nil {
		return err
	}
	if c.complete() {
		r.learn(c)
	}
	return nil
}

func (r *Reader) learn(c *content) {
	if _, ok := r.layout.sum(c.entry); ok {
		return
	}
	r.layout.learn(c.entry, c.sum)
	if !c.grown {
		r.packer.sums.learn(c.name, r.layout.entries[c.entry].version(), c.sum)
	}
}

// knows reports whether the checksum of an entry is known, without reading.
func (r *Reader) knows(i int) bool {
	l := r.layout
	if _, ok := l.sum(i); ok {
		return true
	}
	if l.entries[i].kind == note {
		l.learn(i, crc32.ChecksumIEEE(l.note))
		return true
	}
	sum, ok := r.packer.sums.get(l.source(i), l.entries[i].version())
	if ok {
		l.learn(i, sum)
	}
	return ok
}

// sum returns the checksum of an entry. If it is not known, it reads the whole
// file for it, as long as ctx lasts.
func (r *Reader) sum(i int) (uint32, error) {
	if r.knows(i) {
		sum, _ := r.layout.sum(i)
		return sum, nil
	}
	size := r.layout.entries[i].size
	if r.flush != nil && size > minSendFile {
		if err := r.flush(); err != nil {
			return 0, err
		}
	}
	r.closeFile() // what was read of it out of order is not in its checksum
	if size < minSendFile {
		return r.sumSmall(i, int(size))
	}
	buf := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buf)
	for from := int64(0); from < size; {
		if err := r.ctx.Err(); err != nil {
			return 0, err
		}
		n := min(size-from, bufferSize)
		if err := r.readContent(buf[:n], part{entry: i, from: from}); err != nil {
			return 0, err
		}
		from += n
	}
	sum, _ := r.layout.sum(i)
	return sum, nil
}

// sumSmall does that with a small file, and keeps what it has read for the part
// that comes next.
func (r *Reader) sumSmall(i, size int) (uint32, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	r.small = slices.Grow(r.small[:0], size)[:size]
	if err := r.readContent(r.small, part{entry: i}); err != nil {
		return 0, err
	}
	r.open.kept = r.small
	sum, _ := r.layout.sum(i)
	return sum, nil
}
