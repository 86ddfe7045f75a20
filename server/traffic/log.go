package traffic

import "io"

const (
	blockRows = 250
	maxBlocks = 40 // 10,000 rows
)

// block is a run of rows. A row is written once, under the Recorder's lock,
// and never again, so that snapshots share blocks without copying them.
type block [blockRows]Request

// tail is the writing side of the log.
type tail struct {
	blocks []*block // only appended to and cut at the front: snapshots share it
	added  uint64   // rows ever
	gone   uint64   // rows dropped; always whole blocks
}

// add appends a row and drops the oldest block when there are too many.
func (t *tail) add(row Request) {
	at := t.added % blockRows
	if at == 0 {
		if len(t.blocks) == maxBlocks {
			t.blocks = t.blocks[1:]
			t.gone += blockRows
		}
		t.blocks = append(t.blocks, new(block))
	}
	t.blocks[len(t.blocks)-1][at] = row
	t.added++
}

// snapshot returns the rows that are there now.
func (t *tail) snapshot() Log {
	return Log{blocks: t.blocks, first: t.gone, rows: int(t.added - t.gone)}
}

// Log is the tail of the request log, at most 10,000 rows, oldest first. It
// never changes. The zero value is an empty log.
type Log struct {
	blocks []*block // slots from rows on belong to the writer
	first  uint64
	rows   int
}

// Len returns the number of rows.
func (l Log) Len() int { return l.rows }

// First returns the sequence number of row 0: how many rows of the same share
// went before it. A later Log of the share holds a row at the same sequence
// number unless it is gone.
func (l Log) First() uint64 { return l.first }

// At returns row i, 0 being the oldest. It panics unless 0 <= i < Len. The
// row is shared: it must not be changed.
func (l Log) At(i int) *Request {
	if i < 0 || i >= l.rows {
		panic("traffic: Log.At: no such row")
	}
	return &l.blocks[i/blockRows][i%blockRows]
}

// WriteCombined writes all rows to w, oldest first, as
// [Request.AppendCombined] formats them.
func (l Log) WriteCombined(w io.Writer) error {
	const enough = 32 << 10
	var b []byte
	for i := range l.rows {
		b = l.At(i).AppendCombined(b)
		if len(b) < enough && i < l.rows-1 {
			continue
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		b = b[:0]
	}
	return nil
}
