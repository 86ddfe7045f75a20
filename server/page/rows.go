package page

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"windowsill/server/charset"
)

const (
	// maxTable is how many bytes of a table are read.
	maxTable = 32 << 20
	// maxRows is how many rows a page shows.
	maxRows = 1000
	// maxWindow is how many bytes the rows of a page have, unless a single one has
	// more: few enough that all of them, as HTML, stay below maxHTML.
	maxWindow = 384 << 10
	// maxRow is how many bytes a row has. One that is longer ends the table, and a
	// quotation mark that is not closed within so many counts as never closed.
	maxRow = 1 << 20
	// maxTitles is how many rows there may be above the head.
	maxTitles = sampled
	// maxSample and maxSampleBytes are how many rows tell what the columns hold.
	maxSample, maxSampleBytes = 200, 64 << 10
)

// rows are those of a table on a page, and how many there are.
type rows struct {
	first, last int  // on the page, from 1 and without the head
	total       int  // as far as the table is read
	unclosed    bool // there is a quotation mark that is never closed
	cut         bool // the table goes on after the total
}

// rowPager is which rows of a table a page shows, with the URLs of others.
type rowPager struct {
	rows
	link func(from int) template.URL // the page of the rows from a number on
}

// Table leads through the rows of a table, after Read.
func (v openedView) Table() rowPager {
	return rowPager{v.text.rows, func(from int) template.URL { return rowLink(v, from) }}
}

// Several reports whether the table is too long for one page.
func (p rowPager) Several() bool { return p.first > 1 || p.last < p.total }

// First, Last and Total are the numbers of the rows on the page, and how many there are.
func (p rowPager) First() int { return p.first }
func (p rowPager) Last() int  { return p.last }
func (p rowPager) Total() int { return p.total }

// Start and Previous are the URLs of rows above, "" if there are none.
func (p rowPager) Start() template.URL    { return p.to(1, p.first > 1) }
func (p rowPager) Previous() template.URL { return p.to(max(p.first-maxRows, 1), p.first > 1) }

// Next and End are the URLs of rows below, "" if there are none.
func (p rowPager) Next() template.URL { return p.to(p.last+1, p.last < p.total) }
func (p rowPager) End() template.URL {
	return p.to(max(p.total-maxRows, p.last)+1, p.last < p.total)
}

func (p rowPager) to(from int, exist bool) template.URL {
	if !exist {
		return ""
	}
	return p.link(from)
}

// rowLink is the URL of the page with the rows of a table from a number on.
func rowLink(v openedView, from int) template.URL {
	var q query
	if asked, ok := charset.Find(v.opened.Formatting.Encoding); ok {
		q.add("encoding", string(asked))
	}
	if from > 1 {
		q.add("row", strconv.Itoa(from))
	}
	link := v.to(v.opened.File.Name)
	if q.String() != "" {
		link += template.URL("&" + q.String())
	}
	return link
}

// window is a part of a table, as text: what is above its rows, and some of them.
type window struct {
	separator byte
	text      strings.Builder
	count     int // rows in the text
	titles    int // of those, above the head
	unshown   int // of those, below the head, which only tell what the columns hold
	sample    int // rows below the head that tell what the columns hold
	plain     int // of those, the first in which quotation marks mean nothing; -1 if there is none
}

func (w *window) add(row string, unclosed bool) {
	if unclosed && w.plain < 0 {
		w.plain = w.count
	}
	w.count++
	w.text.WriteString(row)
	if !strings.HasSuffix(row, "\n") {
		w.text.WriteByte('\n')
	}
}

// input is what a job to lay out a table gets.
func (w *window) input() string {
	return fmt.Sprintln(w.separator, w.titles, w.plain, w.unshown, w.sample) + w.text.String()
}

// readTable reads a table from its beginning, in UTF-8 with line feeds, and returns
// the part with the rows from a number on. It counts the others and does not keep
// them.
func readTable(ctx context.Context, from io.Reader, tabs bool, number int) (*window, rows, error) {
	r := rowReader{ctx: ctx, from: from}
	if err := r.begin(tabs); err != nil {
		return nil, rows{}, err
	}
	w := &window{separator: r.table.separator, plain: -1}
	for {
		row, cells, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, rows{}, err
		}
		w.add(row, r.table.unclosed)
		if cells >= r.table.columns || w.titles == maxTitles {
			break
		}
		w.titles++
	}
	found, err := r.collect(w, number)
	return w, found, err
}

// collect adds the rows from a number on to a window, and counts all. Windows further
// down have the first rows too, so that a column is aligned alike in all of them.
func (r *rowReader) collect(w *window, number int) (found rows, err error) {
	found.first = number
	for above, sampled, full := w.text.Len(), 0, false; ; {
		row, _, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return rows{}, err
		}
		found.total++
		n := found.total - number
		if sampled += len(row); found.total <= maxSample && sampled <= maxSampleBytes {
			w.sample++
			if n < 0 {
				w.add(row, r.table.unclosed)
				w.unshown++
				above = w.text.Len()
				continue
			}
		}
		full = full || n >= maxRows || n > 0 && w.text.Len()-above+len(row) > maxWindow
		if n >= 0 && !full {
			w.add(row, r.table.unclosed)
			found.last = found.total
		} else if n < 0 && r.table.unclosed && w.plain < 0 {
			w.plain = w.count
		}
	}
	found.unclosed, found.cut = r.table.unclosed, r.cut
	return found, nil
}

// tableInput is the input of the job that lays out a table. The table is read only
// when the input is.
type tableInput struct {
	ctx  context.Context
	text *text
	in   io.Reader
}

// Read reads the input.
func (i *tableInput) Read(p []byte) (int, error) {
	if i.in == nil {
		w, err := i.window(i.text.asked)
		if total := i.text.rows.total; err == nil && i.text.asked > total && total > 0 { // rows have gone
			w, err = i.window((total-1)/maxRows*maxRows + 1)
		}
		if err != nil {
			return 0, err
		}
		i.in = strings.NewReader(w.input())
	}
	return i.in.Read(p)
}

func (i *tableInput) window(number int) (w *window, err error) {
	t := i.text
	if _, err := t.from.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	decoded, _ := t.reader(maxTable)
	w, t.rows, err = readTable(i.ctx, decoded, t.ctype == tabSeparated, number)
	return w, err
}

// rowReader reads a table row by row.
type rowReader struct {
	ctx   context.Context // once it is done, reading ends
	from  io.Reader
	table *separated
	text  string // that has been read and not been returned
	ended bool   // there is nothing more to read
	cut   bool   // the last row was too long
}

// begin reads as much as is necessary to find out what separates the cells.
func (r *rowReader) begin(tabs bool) error {
	if err := r.fill(); err != nil {
		return err
	}
	r.table = newSeparated(r.text, tabs)
	r.text, r.table.unclosed = r.table.body, false
	return nil
}

// next returns the next row that is not empty, with its line end, and how many cells
// it has. The error is [io.EOF] at the end.
func (r *rowReader) next() (row string, cells int, err error) {
	for !r.cut && (r.text != "" || !r.ended) {
		row, cells, unclosed := r.table.first(r.text)
		whole := r.ended || len(row) < len(r.text) && !unclosed
		if !whole && len(r.text) < maxRow {
			r.table.unclosed = r.table.unclosed && !unclosed // it may be closed in what follows
			if err := r.fill(); err != nil {
				return "", 0, err
			}
			continue
		}
		r.cut = !r.ended && len(row) == len(r.text)
		r.text = r.text[len(row):]
		if line := strings.TrimSuffix(row, "\n"); line != "" && line != `""` {
			return row, cells, nil
		}
	}
	return "", 0, io.EOF
}

// fill reads as much again as there is, so that looking for the end of a long row
// takes time in proportion to its length.
func (r *rowReader) fill() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	const least = 64 << 10
	buf := make([]byte, max(least, min(len(r.text), maxRow)))
	n, err := io.ReadFull(r.from, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		r.ended, err = true, nil
	}
	r.text += string(buf[:n])
	return err
}
