package page

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

const (
	// mostRows and mostColumns bound a table.
	mostRows    = 1000
	mostColumns = 50
	// longestCell is how many characters of one cell are shown.
	longestCell = 1000
	// longestRow is how many bytes the HTML of one row has at most: a quote
	// takes five, and the tags of a cell 22.
	longestRow = mostColumns * (5*longestCell + 30)
)

// table makes HTML of rows and columns.
type table struct {
	b      markup
	rows   int
	partly bool // there are more rows or columns
}

// layOutTable writes the rows of a text. The first is the head.
func layOutTable(in []byte, out io.Writer, tabs bool) error {
	body := string(in)
	r := csv.NewReader(strings.NewReader(body))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = separator(body), -1, true, true
	if tabs {
		r.Comma = '\t'
	}
	var t table
	row, err := r.Read()
	for err == nil && t.hasRoom() {
		t.add(row)
		row, err = r.Read()
	}
	if t.rows == 0 {
		return errors.New("there is no row")
	}
	t.partly = t.partly || err == nil
	t.b.raw("</tbody>")
	first := allOfIt
	if t.partly {
		first = partOfIt
	}
	_, err = io.WriteString(out, first+string(t.b.done()))
	return err
}

func (t *table) hasRoom() bool {
	return t.rows < mostRows && t.b.b.Len() < mostHTML-longestRow
}

func (t *table) add(row []string) {
	if len(row) > mostColumns {
		row, t.partly = row[:mostColumns], true
	}
	open, cell, end := "<tr>", `<td dir="auto">`, "</td>"
	shut := "</tr>\n"
	if t.rows == 0 {
		open, cell, end, shut = "<thead><tr>", `<th scope="col" dir="auto">`, "</th>", "</tr></thead>\n<tbody>\n"
	}
	t.b.raw(open)
	for _, content := range row {
		t.b.raw(cell).text(shortened(content)).raw(end)
	}
	t.b.raw(shut)
	t.rows++
}

// shortened is what is shown of a cell.
func shortened(cell string) string {
	n := 0
	for i := range cell {
		if n++; n > longestCell {
			cell = cell[:i] + "…"
			break
		}
	}
	return strings.Map(markControl, cell)
}

// separator guesses what stands between two cells: what the first line has
// most of.
func separator(body string) rune {
	first, _, _ := strings.Cut(body, "\n")
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}
