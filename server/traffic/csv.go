package traffic

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var csvHeader = []string{"time", "address", "method", "target", "status", "bytes", "milliseconds", "cut", "referer", "user agent", "note", "more like it"}

// WriteCSV writes all rows to w, oldest first, audit rows too, as a table
// that spreadsheets read: RFC 4180 in UTF-8, below a line of names. Times are
// those of RFC 3339. The status is empty if there was no answer.
//
// What a client sent cannot become a formula: a cell that would begin one
// begins with an apostrophe.
func (l Log) WriteCSV(w io.Writer) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	if err := table.Write(csvHeader); err != nil {
		return err
	}
	for i := range l.rows {
		if err := table.Write(l.At(i).cells()); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// cells are the columns of csvHeader.
func (q *Request) cells() []string {
	cells := make([]string, len(csvHeader))
	cells[0] = q.Start.Format(time.RFC3339)
	if q.Addr.IsValid() {
		cells[1] = q.Addr.WithZone("").String()
	}
	if q.Note != "" {
		cells[10] = plainCell(q.Note)
		return cells
	}
	cells[2], cells[3] = plainCell(q.Method), plainCell(q.Target)
	if q.Status != 0 {
		cells[4] = strconv.Itoa(q.Status)
	}
	cells[5], cells[6] = strconv.FormatInt(q.Bytes, 10), strconv.FormatInt(q.Duration.Milliseconds(), 10)
	if q.Cut {
		cells[7] = "yes"
	}
	cells[8], cells[9] = plainCell(q.Referer), plainCell(q.UserAgent)
	if q.More > 0 {
		cells[11] = strconv.Itoa(q.More)
	}
	return cells
}

// plainCell is text that no spreadsheet takes for a formula, also not one that
// reads the wide forms of the signs.
func plainCell(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + text
	}
	return text
}
