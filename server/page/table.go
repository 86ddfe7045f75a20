package page

import (
	"encoding/csv"
	"strings"
)

const (
	// mostRows and mostColumns bound a table.
	mostRows    = 1000
	mostColumns = 50
	// longestCell is how many characters of one cell are shown.
	longestCell = 1000
)

// table is a text of rows and columns.
type table struct {
	Head    []string
	Rows    [][]string
	Trimmed bool // there are more rows or columns
}

// Table is the text as rows and columns; nil if it is no such text.
func (t *text) Table() *table {
	if t.ctype != "text/csv" && t.ctype != "text/tab-separated-values" {
		return nil
	}
	r := csv.NewReader(strings.NewReader(t.body))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(t.body, t.ctype), -1, true
	var all table
	for len(all.Rows) <= mostRows {
		row, err := r.Read()
		if err != nil {
			break
		}
		all.Rows = append(all.Rows, all.trim(row))
	}
	if len(all.Rows) == 0 {
		return nil
	}
	if len(all.Rows) > mostRows {
		all.Rows, all.Trimmed = all.Rows[:mostRows], true
	}
	all.Head, all.Rows = all.Rows[0], all.Rows[1:]
	return &all
}

// trim takes what there is room for.
func (all *table) trim(row []string) []string {
	if len(row) > mostColumns {
		row, all.Trimmed = row[:mostColumns], true
	}
	for i, cell := range row {
		short := []rune(cell[:min(len(cell), 4*longestCell)])
		if len(short) > longestCell {
			cell = string(short[:longestCell]) + "…"
		}
		row[i] = strings.Map(markControl, strings.ToValidUTF8(cell, "\uFFFD"))
	}
	return row
}

// separator guesses what stands between two cells: what the first line has
// most of.
func separator(body, ctype string) rune {
	if ctype == "text/tab-separated-values" {
		return '\t'
	}
	first := body[:nthLine(body, 1)]
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}
