package requests

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/words"
)

// The cells of a line, from left to right.
const (
	cellTime = iota
	cellDevice
	cellMethod
	cellPath
	cellStatus
	cellBytes
	cellDuration
	cellCount
)

const (
	rowHeight = 24
	rowIndent = 24 // of the text, for the dot before it
	cellGap   = 12
	ellipsis  = "…"

	leastName = "iPhone" // for which there is room in any case
	namesMost = 0.3      // of the width, that names of devices may take
)

// columns says where the cells of all lines are. A cell with width 0 is hidden.
type columns struct {
	total       float32 // width of the line
	x, width    [cellCount]float32
	shortStatus bool // the status is a number alone
	textSize    float32
	names       float32 // width of the widest name of a device
	measurer    textMeasurer
}

// newColumns returns the columns of a line of this width, for names of devices up to
// such a width. The path takes what the others leave. If that is too little others are
// hidden, the least useful first: the dot says how a request ended, and what just came
// is below what came before, but who did it and what it was is what the log is for.
func newColumns(width, names float32) *columns {
	c := &columns{total: width, names: names, textSize: theme.Size(theme.SizeNameCaptionText) + 1}
	c.measurer = newTextMeasurer(c.textSize)
	c.width[cellDevice] = max(c.measure(leastName), min(names, max(c.measure("255.255.255.255"), width*namesMost)))
	for cell, widest := range [cellCount]string{
		cellTime: "00:00:00", cellMethod: "OPTIONS",
		cellBytes: words.Bytes(999), cellDuration: "0:00:00",
	} {
		if widest != "" {
			c.width[cell] = c.measure(widest)
		}
	}
	for _, reason := range statusWords {
		c.width[cellStatus] = max(c.width[cellStatus], c.measurer.width("000 "+lang.L(reason)))
	}
	c.width[cellDuration] = max(c.width[cellDuration], c.measure(words.Duration(999*time.Millisecond)))
	for _, hide := range []struct {
		cell int
		min  float32 // width of the path below which the cell is hidden
	}{{cellDuration, 190}, {cellMethod, 125}, {cellStatus, 155}, {cellTime, 115}, {cellBytes, 115}, {cellDevice, 80}} {
		if c.place(width); c.width[cellPath] >= hide.min {
			break
		}
		c.width[hide.cell] = 0
		if hide.cell == cellStatus {
			c.width[cellStatus], c.shortStatus = max(c.measure("000"), c.measurer.width(lang.L("cut"))), true
		}
	}
	c.place(width)
	return c
}

// measure returns the width of a text. The digits of Fyne's font are all equally
// wide, so that times line up without a monospaced font of seven megabytes.
func (c *columns) measure(s string) float32 {
	return fyne.MeasureText(s, c.textSize, fyne.TextStyle{}).Width
}

// place gives the path the room that the other cells leave.
func (c *columns) place(width float32) {
	c.width[cellPath] = 0
	used := float32(rowIndent)
	for _, w := range c.width {
		if w > 0 {
			used += w + cellGap
		}
	}
	c.width[cellPath] = max(0, width-used-cellGap)
	x := float32(rowIndent)
	for cell, w := range c.width {
		c.x[cell] = x
		if w > 0 {
			x += w + cellGap
		}
	}
}

// textMeasurer adds up the widths of characters. That is exact enough to shorten a
// text, and does not fill Fyne's cache with every path.
type textMeasurer struct {
	size   float32
	widths map[rune]float32
}

func newTextMeasurer(size float32) textMeasurer { return textMeasurer{size, map[rune]float32{}} }

func (m textMeasurer) of(c rune) float32 {
	w, ok := m.widths[c]
	if !ok {
		if len(m.widths) > 4096 {
			clear(m.widths)
		}
		w = fyne.MeasureText(string(c), m.size, fyne.TextStyle{}).Width
		m.widths[c] = w
	}
	return w
}

// width returns the width of a text.
func (m textMeasurer) width(s string) (total float32) {
	for _, c := range s {
		total += m.of(c)
	}
	return total
}

// fitPath shortens a path to a width. Folders give way first, those in the middle before
// the first one.
func (m textMeasurer) fitPath(path string, width float32) string {
	last := strings.LastIndexByte(strings.TrimRight(path, "/"), '/')
	if m.width(path) <= width || last <= 0 {
		return m.fit(path, width)
	}
	if first := strings.IndexByte(path[1:], '/') + 1; first < last {
		if short := path[:first+1] + ellipsis + path[last:]; m.width(short) <= width {
			return short
		}
	}
	if short := ellipsis + path[last:]; m.width(short) <= width {
		return short
	}
	return m.fit(path[last:], width)
}

// fit shortens s in the middle to a width, so that it keeps its beginning and its end.
func (m textMeasurer) fit(s string, width float32) string {
	if m.width(s) <= width {
		return s
	}
	runes := []rune(s)
	width -= m.of('…')
	head, room := 0, width*0.4
	for head < len(runes) && m.of(runes[head]) <= room {
		room -= m.of(runes[head])
		width -= m.of(runes[head])
		head++
	}
	tail := len(runes)
	for tail > head && m.of(runes[tail-1]) <= width {
		width -= m.of(runes[tail-1])
		tail--
	}
	return string(runes[:head]) + ellipsis + string(runes[tail:])
}
