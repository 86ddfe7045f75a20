package page

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"windowsill/server/share"
)

// openedAt returns the page of a table from a row on.
func openedAt(t *testing.T, content string, row int) *html.Node {
	t.Helper()
	return look(t, Opened{
		Share: "S", List: folderOf(t, "a.csv"), File: share.Entry{Name: "a.csv", Size: int64(len(content))}, Part: Part{Row: row},
		Type: "text/csv", Content: strings.NewReader(content), Formatting: Formatting{Workers: workers},
	})
}

// A table of any length is read by following links, and no row is left out.
func TestLongTableIsPaged(t *testing.T) {
	const total = 100_000
	var b strings.Builder
	b.WriteString("Statement\nNumber;Text;Amount\n")
	for n := range total {
		fmt.Fprintf(&b, "%d;\"some text;\nand more\";%d,50\n", n+1, n)
	}
	content := b.String()
	doc := openedAt(t, content, 0)
	for _, c := range []struct{ rel, first, said string }{
		{"next", "1001", "1,001–2,000 of 100,000 rows"}, {"last", "99001", "99,001–100,000 of 100,000 rows"},
		{"prev", "98001", "98,001–99,000 of 100,000 rows"}, {"first", "1", "1–1,000 of 100,000 rows"},
	} {
		row := 0
		for _, a := range elements(doc, "a") {
			if attr(a, "rel") == c.rel {
				fmt.Sscanf(attr(a, "href"), "a.csv?open&row=%d", &row)
			}
		}
		doc = openedAt(t, content, row)
		rows := elements(doc, "tr")
		if len(rows) != maxRows+1 || said(elements(rows[0], "th")[0]) != "Number" || said(elements(rows[1], "td")[0]) != c.first {
			t.Fatalf("%s, %d: %d rows, the first of them %q", c.rel, row, len(rows), said(rows[1]))
		}
		if got := said(withClass(doc, "pages")[0]); !strings.Contains(got, c.said) || said(withTag(t, doc, "caption")) != "Statement" {
			t.Errorf("%s: it says %q, want %q", c.rel, got, c.said)
		}
	}
}

// A column does not change sides from page to page: the first rows decide.
func TestColumnsAreAlignedAlikeOnAllPages(t *testing.T) {
	var b strings.Builder
	b.WriteString("Number,Code\n")
	for n := range 3000 {
		if n < 1000 {
			fmt.Fprintf(&b, "%d,A%d\n", n, n)
		} else {
			fmt.Fprintf(&b, "none,%d\n", n)
		}
	}
	for _, row := range []int{0, 100, 1001, 2001} {
		for i, cell := range elements(openedAt(t, b.String(), row), "td")[:2] {
			if got, want := attr(cell, "class") == "n", i == 0; got != want {
				t.Errorf("from row %d, column %d is one of numbers: %v", row, i+1, got)
			}
		}
	}
	if cells := elements(openedAt(t, b.String(), 100), "td"); said(cells[0]) != "99" || len(cells) != 2*maxRows {
		t.Errorf("%d cells, the first is %q", len(cells), said(cells[0]))
	}
}

// Who asks for rows that have gone gets the last ones.
func TestRowsThatAreGone(t *testing.T) {
	if rows := elements(openedAt(t, "a,b\n1,2\n", 5000), "td"); len(rows) != 2 {
		t.Errorf("%d cells", len(rows))
	}
}

func TestNumbersInTables(t *testing.T) {
	for cell, want := range map[string]bool{
		"1": true, "0": true, "-12,50": true, "1.234,50": true, "1,234.50": true, "1 234": true, "1'234.5": true, "12,34,567": true, "5 %": true,
		"€ 5": true, "5 €": true, "-$1.50": true, "0.5": true, "1e-9": true, "٣٫٥": true, "12,50-": true, "−3": true, "1\u202f234,5": true,
		"": false, "-": false, "01.02.2026": false, "2026-02-01": false, "01234": false, "1.2.3": false, "5a": false, "12:30": false, "+49 30 123": false, "1,2,3": false,
	} {
		if isNumber(cell) != want {
			t.Errorf("%q is a number: %v", cell, !want)
		}
	}
	doc := opened(t, "a.csv", "Item,Price\napple,5\npear,-\nplum,\"1,50\"\n")
	for _, e := range append(elements(doc, "td"), elements(doc, "th")...) {
		if text := said(e); (attr(e, "class") == "n") != strings.ContainsAny(text, "50-P") {
			t.Errorf("%q has the class %q", text, attr(e, "class"))
		}
	}
}

// A row that never ends, and a quotation mark that never does, take neither memory
// nor the rows below.
func TestLongRows(t *testing.T) {
	long := strings.Repeat("x", 2*maxRow)
	doc := openedAt(t, "a,b\n1,2\n"+long+"\n", 2)
	if rows := elements(doc, "tr"); len(rows) != 2 || !strings.Contains(said(doc), "The table goes on.") {
		t.Errorf("%d rows, or nobody says that there are more", len(rows))
	}
	doc = openedAt(t, "a,b\n1,\"2\n"+strings.Repeat("3,4\n", maxRow/2), 2)
	if first := elements(doc, "td"); said(first[0]) != "3" || !strings.Contains(said(doc), "A quotation mark in this table is never closed") {
		t.Errorf("the first cell is %q", said(first[0]))
	}
}

func FuzzTable(f *testing.F) {
	for _, content := range []string{"a,b\n1,2\n", "sep=;\nt\na;b\n1;\"2\n", "t\n\na\tb\n\"x\"\"\ny\"\tz", "\"\"\n\"\n", "a,\"b\nc,d\n\"\"", "\"a\"b\",c\n,\n", "\"\n\",\"\n"} {
		f.Add(content, 1, false)
		f.Add(content, 2, true)
	}
	f.Fuzz(func(t *testing.T, content string, number int, tabs bool) {
		content = strings.ReplaceAll(content, "\r", "\n")
		w, found, err := readTable(t.Context(), strings.NewReader(content), tabs, max(number, 1))
		if err != nil {
			t.Fatal(err)
		}
		if shown := w.count - w.titles - 1 - w.unshown; shown > 0 && shown != found.last-found.first+1 {
			t.Errorf("%d rows are said to be %d to %d", shown, found.first, found.last)
		}
		var made bytes.Buffer
		if layOutTable([]byte(w.input()), &made) != nil {
			return
		}
		doc := parse(t, "<table>"+made.String()[len(allOfIt):]+"</table>")
		if n := len(elements(doc, "tr")); n != w.count-w.titles-w.unshown {
			t.Errorf("%d rows of %d, %d of them titles, in %q", n, w.count, w.titles, w.input())
		}
		for _, e := range elements(doc, "") {
			if e.Data == "script" || e.Data == "a" || e.Data == "img" {
				t.Errorf("%q brought <%s>", content, e.Data)
			}
		}
	})
}
