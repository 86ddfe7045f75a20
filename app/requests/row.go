package requests

import (
	"image/color"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const timeOfDay = "15:04:05"

// row draws one line. It consists of plain texts: labels would cost far more where
// all of them change five times a second.
type row struct {
	widget.BaseWidget
	background *canvas.Rectangle
	dot        *canvas.Circle
	cells      [cellCount]*canvas.Text
	cols       *columns
	line       line
}

func newRow() *row {
	r := &row{
		background: &canvas.Rectangle{CornerRadius: theme.Size(theme.SizeNameSelectionRadius)},
		dot:        &canvas.Circle{},
	}
	for i := range r.cells {
		r.cells[i] = &canvas.Text{}
	}
	r.cells[cellBytes].Alignment = fyne.TextAlignTrailing
	r.cells[cellDuration].Alignment = fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	return r
}

// show draws a line, which is about a device of this name.
func (r *row) show(l line, device string, cols *columns, selected bool) {
	r.line = l
	if cols != r.cols {
		r.cols = cols
		r.placeCells()
	}
	kit.SetShown(r.background, selected)
	if selected {
		setFill(&r.background.FillColor, theme.Color(theme.ColorNameSelection), r.background)
	}
	quiet, plain := theme.Color(theme.ColorNamePlaceHolder), theme.Color(theme.ColorNameForeground)
	r.set(cellTime, l.Start.Local().Format(timeOfDay), quiet)
	r.set(cellDevice, cols.measurer.fit(device, cols.width[cellDevice]), plain)
	if l.Note != "" {
		r.showNote()
		return
	}
	status, name := statusText(l.Request)
	accent := theme.Color(name)
	setFill(&r.dot.FillColor, accent, r.dot)
	r.set(cellMethod, cols.measurer.fit(words.Visible(l.Method), cols.width[cellMethod]), quiet)
	r.set(cellPath, r.pathText(cols.width[cellPath]), plain)
	if cols.shortStatus {
		status = shortStatusText(l)
	}
	r.set(cellStatus, cols.measurer.fit(status, cols.width[cellStatus]), accent)
	r.set(cellBytes, words.Bytes(sizeOf(l.Request)), quiet)
	r.set(cellDuration, words.Duration(l.Duration), quiet)
}

// pathText returns what was asked for, as far as there is room. Where there is no column
// for the method, one that changes something stands before the path, whole: a deletion must
// not look like a download.
func (r *row) pathText(room float32) string {
	text, method := targetText(r.line.Request), r.line.Method
	if r.cols.width[cellMethod] > 0 || method == "GET" || method == "HEAD" {
		return r.cols.measurer.fitPath(text, room)
	}
	method = words.Visible(method) + " "
	return method + r.cols.measurer.fitPath(text, room-r.cols.measurer.width(method))
}

// showNote draws a note over the columns from the path on; where that is too narrow from
// the device on, which the note names.
func (r *row) showNote() {
	accent := theme.Color(kit.ColorAccent)
	setFill(&r.dot.FillColor, accent, r.dot)
	text, first, empty := noteText(r.line.Note), cellPath, cellMethod
	room := func() float32 { return r.cols.total - r.cols.x[first] - cellGap }
	if r.cols.width[cellDevice] > 0 && r.cols.measurer.width(text) > room() {
		first, empty = cellDevice, cellPath
	}
	r.set(first, r.cols.measurer.fit(text, room()), accent)
	for _, cell := range []int{empty, cellMethod, cellStatus, cellBytes, cellDuration} {
		r.set(cell, "", accent)
	}
}

// targetText returns what was asked for, and for a drive how much more.
func targetText(r *server.Request) string {
	target := words.Target(r.Target)
	if r.More == 0 {
		return target
	}
	return lang.N("{{.Path}} and {{.Count}} more", r.More, map[string]any{"Path": target, "Count": words.Number(int64(r.More))})
}

// sizeOf returns how much was moved: for what came in, how much that was.
func sizeOf(r *server.Request) int64 { return max(r.Bytes, r.Received) }

// addrText returns an address, "" for a note that is about no single device.
func addrText(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// set changes a cell, and redraws it only if it is different.
func (r *row) set(cell int, s string, c color.Color) {
	t := r.cells[cell]
	if r.cols.width[cell] <= 0 || t.Text == s && t.Color == c {
		return
	}
	t.Text, t.Color = s, c
	t.Refresh()
}

// setFill changes the colour of an object, and redraws it only if it is different.
func setFill(fill *color.Color, c color.Color, o fyne.CanvasObject) {
	if *fill != c {
		*fill = c
		o.Refresh()
	}
}

// placeCells moves the cells to their columns.
func (r *row) placeCells() {
	s := r.Size()
	r.background.Resize(s)
	r.dot.Resize(fyne.NewSquareSize(8))
	r.dot.Move(fyne.NewPos(8, (s.Height-8)/2))
	if r.cols == nil {
		return
	}
	for i, t := range r.cells {
		t.TextSize = r.cols.textSize
		t.Move(fyne.NewPos(r.cols.x[i], 0))
		t.Resize(fyne.NewSize(r.cols.width[i], s.Height))
		kit.SetShown(t, r.cols.width[i] > 0)
	}
}

// AccessibilityLabel returns all of the line.
func (r *row) AccessibilityLabel() string { return r.line.text(", ") }

// AccessibilityRole is that of text.
func (r *row) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer { return rowRenderer{r} }

type rowRenderer struct{ *row }

func (r rowRenderer) Layout(fyne.Size)   { r.placeCells() }
func (r rowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight) }
func (r rowRenderer) Refresh()           {}
func (r rowRenderer) Destroy()           {}

func (r rowRenderer) Objects() []fyne.CanvasObject {
	o := make([]fyne.CanvasObject, 0, 2+cellCount)
	o = append(o, r.background, r.dot)
	for _, t := range r.cells {
		o = append(o, t)
	}
	return o
}

// text returns all cells of a line, for the clipboard and for screen readers.
func (l line) text(between string) string {
	if l.Request == nil {
		return ""
	}
	if l.Note != "" {
		return strings.Join([]string{l.Start.Local().Format(time.DateTime), addrText(l.Addr), noteText(l.Note)}, between)
	}
	status, _ := statusText(l.Request)
	return strings.Join([]string{
		l.Start.Local().Format(time.DateTime), l.Addr.String(), words.Visible(l.Method), targetText(l.Request),
		status, words.Bytes(sizeOf(l.Request)), words.Duration(l.Duration),
	}, between)
}

// statusText returns how a request ended, in few words, and their colour.
func statusText(r *server.Request) (string, fyne.ThemeColorName) {
	switch {
	case r.Status == 0:
		return lang.L("no answer"), theme.ColorNameWarning
	case r.Cut:
		return lang.L("{{.Status}} cut", map[string]any{"Status": strconv.Itoa(r.Status)}), theme.ColorNameWarning
	}
	s := strconv.Itoa(r.Status)
	if reason, ok := statusWords[r.Status]; ok {
		s += " " + lang.L(reason)
	}
	switch {
	case r.Status >= 400:
		return s, theme.ColorNameError
	case r.Status >= 300:
		return s, theme.ColorNamePlaceHolder
	}
	return s, theme.ColorNameSuccess
}

// shortStatusText returns the status in about three characters.
func shortStatusText(l line) string {
	if l.Cut || l.Status == 0 {
		return lang.L("cut")
	}
	return strconv.Itoa(l.Status)
}

// statusWords are the reasons of RFC 9110, in words that fit into the column.
var statusWords = map[int]string{
	200: words.Phrase("OK"), 201: words.Phrase("Created"), 204: words.Phrase("No Content"), 206: words.Phrase("Part"),
	301: words.Phrase("Moved"), 302: words.Phrase("Moved"), 303: words.Phrase("See Other"), 304: words.Phrase("Unchanged"), 307: words.Phrase("Moved"), 308: words.Phrase("Moved"),
	400: words.Phrase("Bad Request"), 401: words.Phrase("No Access"), 403: words.Phrase("Forbidden"), 404: words.Phrase("Not Found"), 405: words.Phrase("Not Allowed"),
	406: words.Phrase("No Such Type"), 408: words.Phrase("Too Slow"), 409: words.Phrase("Conflict"), 411: words.Phrase("No Length"), 412: words.Phrase("Changed"),
	413: words.Phrase("Too Large"), 414: words.Phrase("Too Long"), 415: words.Phrase("Wrong Type"), 416: words.Phrase("Bad Range"), 421: words.Phrase("Wrong Host"),
	429: words.Phrase("Too Many"), 431: words.Phrase("Too Large"),
	500: words.Phrase("Error"), 501: words.Phrase("Unknown"), 503: words.Phrase("Busy"), 505: words.Phrase("Bad Version"), 507: words.Phrase("Disk Full"),
}
