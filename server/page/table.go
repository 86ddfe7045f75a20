package page

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

const (
	// maxRows and maxColumns bound a table.
	maxRows    = 1000
	maxColumns = 50
	// maxCell is how many characters of a cell are shown.
	maxCell = 1000
	// maxRow is how many bytes the HTML of a row has at most: a quote takes
	// five, and the tags of a cell 22.
	maxRow = maxColumns * (5*maxCell + 30)
)

// table writes a table as HTML.
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
	return t.rows < maxRows && t.b.b.Len() < maxHTML-maxRow
}

func (t *table) add(row []string) {
	if len(row) > maxColumns {
		row, t.partly = row[:maxColumns], true
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

// shortened returns what is shown of a cell.
func shortened(cell string) string {
	n := 0
	for i := range cell {
		if n++; n > maxCell {
			cell = cell[:i] + "…"
			break
		}
	}
	return strings.Map(markControl, cell)
}

// separator guesses the separator of cells: the one that is most frequent in the
// first line.
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
