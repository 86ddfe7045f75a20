package page

import (
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
	titled bool // a caption is open
	rows   int
	partly bool // there are more rows or columns
}

// layOutTable writes the rows of a text. The first is the head.
func layOutTable(in []byte, out io.Writer, tabs bool) error {
	s := newSeparated(string(in), tabs)
	var t table
	for row := range s.rows() {
		if !t.hasRoom() {
			t.partly = true
			break
		}
		if t.rows == 0 && len(row) < s.columns {
			t.addTitle(row)
		} else {
			t.add(row)
		}
	}
	if t.rows == 0 {
		return errors.New("there is no row")
	}
	t.b.raw("</tbody>")
	_, err := io.WriteString(out, t.extent(s.unclosed)+string(t.b.done()))
	return err
}

// extent returns the byte with which the output of a job begins.
func (t *table) extent(unclosed bool) string {
	switch {
	case unclosed && t.partly:
		return partUnclosed
	case unclosed:
		return allUnclosed
	case t.partly:
		return partOfIt
	}
	return allOfIt
}

// addTitle adds a row above the table.
func (t *table) addTitle(row []string) {
	if !t.titled {
		t.titled = true
		t.b.raw("<caption>")
	}
	t.b.raw(`<p dir="auto">`).text(shortened(strings.Join(row, " "))).raw("</p>")
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
		if t.titled {
			t.b.raw("</caption>\n")
		}
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
