package page

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

const (
	// maxColumns is how many columns of a table are shown.
	maxColumns = 50
	// maxCell is how many characters of a cell are shown.
	maxCell = 1000
)

// table writes a part of a table as HTML.
type table struct {
	b       markup
	numbers []bool // the columns with numbers, which are aligned at their ends
	titled  bool   // a caption is open
	partly  bool   // there are more columns
}

// layOutTable writes the rows of a window, which is its input.
func layOutTable(in []byte, out io.Writer) error {
	var separator byte
	var titles, plain, unshown, sample int
	head, text, _ := strings.Cut(string(in), "\n")
	if _, err := fmt.Sscan(head, &separator, &titles, &plain, &unshown, &sample); err != nil {
		return err
	}
	if text == "" {
		return errors.New("there is no row")
	}
	lay := func(show func(number int, row []string)) {
		s, n := &separated{body: text, separator: separator, unclosed: plain == 0}, 0
		for row := range s.rows() {
			show(n-titles, row)
			n++
			s.unclosed = s.unclosed || n == plain
		}
	}
	var c columns
	var t table
	lay(func(number int, row []string) {
		if number <= sample {
			c.count(number, row)
		}
	})
	t.numbers = c.numbers()
	lay(func(number int, row []string) {
		if number <= 0 || number > unshown {
			t.add(number, row)
		}
	})
	t.b.raw("</tbody>")
	extent := allOfIt
	if t.partly {
		extent = partOfIt
	}
	_, err := io.WriteString(out, extent+string(t.b.done()))
	return err
}

// add adds a row: a title if its number is negative, the head if it is 0.
func (t *table) add(number int, row []string) {
	switch {
	case number < 0:
		t.addTitle(row)
	case number == 0:
		if t.titled {
			t.b.raw("</caption>\n")
		}
		t.b.raw("<thead><tr>")
		t.addCells("th", ` scope="col"`, row)
		t.b.raw("</tr></thead>\n<tbody>\n")
	default:
		t.b.raw("<tr>")
		t.addCells("td", "", row)
		t.b.raw("</tr>\n")
	}
}

// addTitle adds a row above the table.
func (t *table) addTitle(row []string) {
	if !t.titled {
		t.titled = true
		t.b.raw("<caption>")
	}
	t.b.raw(`<p dir="auto">`).text(shortened(strings.Join(row, " "))).raw("</p>")
}

func (t *table) addCells(tag, attributes string, row []string) {
	if len(row) > maxColumns {
		row, t.partly = row[:maxColumns], true
	}
	for i, content := range row {
		if t.b.raw("<" + tag + attributes); t.numbers[i] {
			t.b.raw(` class="n">`)
		} else {
			t.b.raw(` dir="auto">`)
		}
		t.b.text(shortened(content)).raw("</" + tag + ">")
	}
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

// columns counts what is in the columns of a table.
type columns struct{ filled, numeric [maxColumns]int }

func (c *columns) count(number int, row []string) {
	if number <= 0 {
		return
	}
	for i, cell := range row[:min(len(row), maxColumns)] {
		if cell = strings.TrimSpace(cell); cell != "" {
			c.filled[i]++
		}
		if isNumber(cell) {
			c.numeric[i]++
		}
	}
}

// numbers reports for each column whether most of its cells are numbers.
func (c *columns) numbers() []bool {
	most := make([]bool, maxColumns)
	for i := range most {
		most[i] = 2*c.numeric[i] > c.filled[i]
	}
	return most
}

// numerals matches numbers with or without groups of digits, such as 1.234,50,
// 1 234.5, 12,34,567 or -1.5e3, and amounts of money. Dates are none, and neither is
// what begins with a zero, such as postal codes.
var numerals = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[-+−]?[$€£¥₹]? ?(0|[1-9]\d*|[1-9]\d{0,2}([.,'’ \x{a0}\x{202f}]\d{3})+|[1-9]\d?(,\d{2})+,\d{3}|[٠-٩۰-۹]+(٬[٠-٩۰-۹]{3})*)?([.,٫]\p{Nd}+)?([eE][-+]?\d+)?[ \x{a0}]?[%€$£¥]?-?$`)
})

func isNumber(cell string) bool {
	const longest = 40
	return len(cell) <= longest && strings.ContainsFunc(cell, unicode.IsDigit) && numerals().MatchString(cell)
}
