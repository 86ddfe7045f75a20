package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/words"
)

// The cells of a line of the log, from left to right.
const (
	cellTime = iota
	cellAddr
	cellMethod
	cellPath
	cellStatus
	cellBytes
	cellDuration
	cellCount
)

const (
	logRowHeight = 24
	logRowIndent = 24 // of the text: the dot is before it
	logCellGap   = 12
	ellipsis     = "…"
)

// logColumns says where the cells are, for all lines alike. A cell without
// width is hidden.
type logColumns struct {
	total    float32 // width of the line
	x, width [cellCount]float32
	brief    bool // the status is a number without words
	textSize float32
	ruler    ruler
}

// newLogColumns finds a place for the cells on a line of that width. The path
// takes what the others leave. Where that is too little the others go, those
// first that a person misses least.
func newLogColumns(width float32) *logColumns {
	c := &logColumns{total: width, textSize: theme.Size(theme.SizeNameCaptionText) + 1}
	c.ruler = newRuler(c.textSize)
	for cell, widest := range [cellCount]string{
		cellTime: "00:00:00", cellAddr: "255.255.255.255", cellMethod: "OPTIONS",
		cellStatus: "405 " + lang.L("Not Allowed"), cellBytes: words.Bytes(999), cellDuration: "0:00:00",
	} {
		c.width[cell] = c.measure(widest)
	}
	for _, concession := range []struct {
		cell int
		room float32 // that the path must have for the cell to stay
	}{{cellDuration, 190}, {cellMethod, 125}, {cellStatus, 125}, {cellAddr, 110}, {cellTime, 80}} {
		if c.place(width); c.width[cellPath] >= concession.room {
			break
		}
		c.width[concession.cell] = 0
		if concession.cell == cellStatus {
			c.width[cellStatus], c.brief = c.measure("000"), true
		}
	}
	c.place(width)
	return c
}

// measure returns how wide a text is. All digits of Fyne's font are equally
// wide, so times stand below each other without one of fixed width, which would
// cost seven megabytes.
func (c *logColumns) measure(s string) float32 {
	return fyne.MeasureText(s, c.textSize, fyne.TextStyle{}).Width
}

// place gives the path the room that the other cells leave.
func (c *logColumns) place(width float32) {
	c.width[cellPath] = 0
	used := float32(logRowIndent)
	for _, w := range c.width {
		if w > 0 {
			used += w + logCellGap
		}
	}
	c.width[cellPath] = max(0, width-used-logCellGap)
	x := float32(logRowIndent)
	for cell, w := range c.width {
		c.x[cell] = x
		if w > 0 {
			x += w + logCellGap
		}
	}
}

// ruler tells how wide a text is from the widths of its characters, which is
// close enough for cutting it and does not fill Fyne's cache with every path.
type ruler struct {
	size   float32
	widths map[rune]float32
}

func newRuler(size float32) ruler { return ruler{size, map[rune]float32{}} }

func (r ruler) of(c rune) float32 {
	w, ok := r.widths[c]
	if !ok {
		if len(r.widths) > 4096 {
			clear(r.widths)
		}
		w = fyne.MeasureText(string(c), r.size, fyne.TextStyle{}).Width
		r.widths[c] = w
	}
	return w
}

// fit returns s, shortened in the middle until it is no wider than width: both
// the folder that a path begins with and the end of its name stay.
func (r ruler) fit(s string, width float32) string {
	runes, total := []rune(s), float32(0)
	for _, c := range runes {
		total += r.of(c)
	}
	if total <= width {
		return s
	}
	width -= r.of('…')
	head, room := 0, width*0.4
	for head < len(runes) && r.of(runes[head]) <= room {
		room -= r.of(runes[head])
		width -= r.of(runes[head])
		head++
	}
	tail := len(runes)
	for tail > head && r.of(runes[tail-1]) <= width {
		width -= r.of(runes[tail-1])
		tail--
	}
	return string(runes[:head]) + ellipsis + string(runes[tail:])
}
