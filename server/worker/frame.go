package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// What goes through the pipes are frames: a length in bytes, as a big-endian
// number of 32 bits, and so many bytes.

var errLongFrame = errors.New("worker: the frame is longer than it may be")

func writeFrame(w io.Writer, content []byte) error {
	_, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(content))))
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// readFrame returns the content of a frame of at most so many bytes. If there
// is no frame at all the error is io.EOF. Room is made for what has come, not
// for what the length promises.
func readFrame(r io.Reader, most int64) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	length := int64(binary.BigEndian.Uint32(head[:]))
	if length > most {
		return nil, errLongFrame
	}
	var b bytes.Buffer
	if n, err := io.CopyN(&b, r, length); err != nil {
		if err == io.EOF && n < length {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return b.Bytes(), nil
}
