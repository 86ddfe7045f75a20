package page

import (
	"iter"
	"strings"
)

// separated is a text of rows and cells, such as CSV (RFC 4180), in the forms in
// which banks and spreadsheets export it.
//
// It is our own because encoding/csv knows neither titles above a table nor
// Excel's line that names the separator, and takes all that follows a quotation
// mark that is never closed for one cell.
type separated struct {
	body      string
	separator byte
	columns   int  // that most rows have
	unclosed  bool // there is a quotation mark that is never closed
}

// newSeparated looks at a text. If tabs, they separate its cells.
func newSeparated(body string, tabs bool) *separated {
	s := &separated{body: strings.TrimPrefix(body, "\uFEFF"), separator: '\t'}
	named := s.takeNamed()
	switch {
	case named != 0:
		s.separator = named
	case !tabs:
		s.separator = s.guess()
	}
	_, s.columns = s.usual(s.separator)
	return s
}

// takeNamed takes away the line by which Excel is told the separator, and returns
// that; 0 if there is no such line.
func (s *separated) takeNamed() byte {
	line, rest, _ := strings.Cut(s.body, "\n")
	line = strings.Trim(strings.TrimRight(line, "\r"), `"`)
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || strings.IndexByte(",;\t|:^ ", line[4]) < 0 {
		return 0
	}
	s.body = rest
	return line[4]
}

// guess returns the separator by which most rows have the same number of cells.
// The comma is tried last: it is also in numbers and in texts.
func (s *separated) guess() byte {
	best, most := byte(','), 0
	for _, c := range []byte("\t;|,") {
		if rows, columns := s.usual(c); columns > 1 && rows*(columns-1) > most {
			best, most = c, rows*(columns-1)
		}
	}
	return best
}

// sampled is how many rows are looked at to guess.
const sampled = 50

// usual returns the number of cells that most of the first rows have with a
// separator, and how many those rows are.
func (s *separated) usual(separator byte) (rows, columns int) {
	count := map[int]int{}
	n := 0
	for row := range (&separated{body: s.body, separator: separator}).rows() {
		if len(row) > 1 {
			count[len(row)]++
		}
		if n++; n == sampled {
			break
		}
	}
	for cells, of := range count {
		if of > rows || of == rows && cells > columns {
			rows, columns = of, cells
		}
	}
	return rows, columns
}

// rows yields the rows that are not empty. A row is valid until the next one.
func (s *separated) rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		var row []string
		for rest := s.body; rest != ""; {
			row = row[:0]
			for more := true; more; {
				var cell string
				cell, rest, more = s.cell(rest)
				if len(row) <= maxColumns { // more are not shown
					row = append(row, cell)
				}
			}
			if len(row) > 1 || row[0] != "" {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// first returns the first row of a text with its line end, how many cells it has,
// and whether a quotation mark in it is not closed in the text. In such a row no
// quotation mark means anything.
func (s *separated) first(text string) (row string, cells int, unclosed bool) {
	closed := !s.unclosed
	row, cells = s.firstRow(text)
	if unclosed = closed && s.unclosed; unclosed {
		row, cells = s.firstRow(text)
	}
	return row, cells, unclosed
}

func (s *separated) firstRow(text string) (row string, cells int) {
	rest := text
	for more := true; more; cells++ {
		_, rest, more = s.cell(rest)
	}
	return text[:len(text)-len(rest)], cells
}

// cell returns the first cell of a text and what follows it, and whether that is
// another cell of the same row.
func (s *separated) cell(text string) (cell, rest string, more bool) {
	if strings.HasPrefix(text, `"`) && !s.unclosed {
		if cell, rest, ok := s.quoted(text[1:]); ok {
			rest, more = s.afterCell(rest)
			return cell, rest, more
		}
		s.unclosed = true
	}
	for end := range len(text) {
		if c := text[end]; c == s.separator || c == '\n' || c == '\r' {
			rest, more = s.afterCell(text[end:])
			return text[:end], rest, more
		}
	}
	return text, "", false
}

// quoted returns what is in a quotation up to the mark that closes it. Marks
// within are doubled; those of careless programs are not.
func (s *separated) quoted(text string) (cell, rest string, ok bool) {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '"')
		if i < 0 {
			return "", "", false
		}
		at += i + 1
		rest = text[at:]
		switch {
		case strings.HasPrefix(rest, `"`):
			at++
		case rest == "" || strings.IndexByte("\r\n", rest[0]) >= 0 || rest[0] == s.separator:
			return strings.ReplaceAll(text[:at-1], `""`, `"`), rest, true
		}
	}
}

// afterCell takes away what ends a cell.
func (s *separated) afterCell(text string) (rest string, more bool) {
	switch {
	case text == "":
		return "", false
	case text[0] == s.separator:
		return text[1:], true
	case strings.HasPrefix(text, "\r\n"):
		return text[2:], false
	}
	return text[1:], false
}
