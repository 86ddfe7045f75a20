package requests

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// Log is the part of a [server.Log] that the panel needs.
type Log interface {
	Len() int
	First() uint64 // the number of the oldest request that is still kept
	At(i int) *server.Request
	WriteCombined(io.Writer) error
	WriteCSV(io.Writer) error
}

// line is one line of the list: a request that has ended, or a note about who came
// in or had to go.
type line struct {
	*server.Request
	id lineID
}

// lineID identifies a line while others move it: the number of its request in the
// log, plus 1. 0 is no line.
type lineID uint64

// lines are the lines of the list: the requests since the log was last cleared that
// match the filter. Following the log costs as much as there is new in it.
type lines struct {
	log     Log
	from    uint64         // number of the first request that is neither cleared nor gone
	seen    uint64         // number of the first request that was not looked at
	newest  server.Request // the one before seen, to recognise the log
	terms   [][]byte       // a line must contain each of them; in lower case; nil for no filter
	matched []uint64       // numbers of the requests that do, ascending; unused without terms
	names   deviceNames
	buf     []byte // scratch memory of matches
}

// update takes a later state of the log, or the log of a new share. It returns how
// many lines are gone from the front, and whether the share is another one.
func (l *lines) update(log Log) (gone int, restarted bool) {
	if restarted = l.isRestarted(log); restarted {
		l.from, l.seen, l.matched = 0, 0, nil
	}
	l.log = log
	gone = l.dropBefore(max(l.from, log.First()))
	seen := max(l.seen, l.from)
	l.seen = max(seen, log.First()+uint64(log.Len()))
	if l.seen > seen {
		l.newest = *log.At(log.Len() - 1)
		l.match(seen)
	}
	return gone, restarted
}

// isRestarted reports whether log is that of another share: then it ends earlier, or
// has another request under a number that was seen.
func (l *lines) isRestarted(log Log) bool {
	first := log.First()
	if first+uint64(log.Len()) < l.seen {
		return true
	}
	return l.seen > first && *log.At(int(l.seen - 1 - first)) != l.newest
}

// dropBefore forgets the requests before a number, and returns how many lines that
// were.
func (l *lines) dropBefore(from uint64) (gone int) {
	if l.terms == nil {
		gone = int(min(from, l.seen) - min(l.from, l.seen))
	} else {
		gone = sort.Search(len(l.matched), func(i int) bool { return l.matched[i] >= from })
		l.matched = l.matched[gone:]
	}
	l.from = from
	return gone
}

// match looks for the terms in the requests from a number on.
func (l *lines) match(from uint64) {
	if l.terms == nil {
		return
	}
	for n := from; n < l.seen; n++ {
		if l.matches(l.request(n)) {
			l.matched = append(l.matched, n)
		}
	}
}

// setFilter sets the words that a line must contain. Each may be in any column, a
// class of status ("4xx"), or in the name of the device.
func (l *lines) setFilter(text string) {
	l.terms = bytes.Fields([]byte(strings.ToLower(text)))
	if len(l.terms) == 0 {
		l.terms = nil
	}
	l.rematch()
}

// setNames sets the names of devices, and reports whether some have another one now. That
// may change which lines there are.
func (l *lines) setNames(names deviceNames) bool {
	if names.equal(l.names) {
		return false
	}
	l.names = names
	l.rematch()
	return true
}

func (l *lines) rematch() {
	l.matched = nil
	l.match(l.from)
}

// clear removes the requests so far.
func (l *lines) clear() { l.dropBefore(l.seen) }

// matches reports whether a request contains all terms.
func (l *lines) matches(r *server.Request) bool {
	if l.terms == nil {
		return true
	}
	h := r.Addr.AppendTo(l.buf[:0]) // all that can be searched, a column on each line
	h = append(append(h, '\n'), l.names.of(r).lower...)
	if r.Note != "" {
		h = append(append(h, '\n'), strings.ToLower(noteText(r.Note))...)
	} else {
		status, _ := statusText(r)
		h = append(append(h, '\n'), strings.ToLower(words.Target(r.Target))...)
		h = append(append(h, '\n'), strings.ToLower(words.Visible(r.Method))...)
		h = append(append(h, '\n'), strings.ToLower(status)...)
		h = append(strconv.AppendInt(append(h, '\n'), int64(r.Status/100), 10), "xx"...)
	}
	h = r.Start.Local().AppendFormat(append(h, '\n'), timeOfDay)
	l.buf = h
	return !slices.ContainsFunc(l.terms, func(w []byte) bool { return !bytes.Contains(h, w) })
}

// len returns the number of lines.
func (l *lines) len() int {
	if l.terms == nil {
		return int(l.seen - l.from)
	}
	return len(l.matched)
}

// at returns line i, 0 to len()-1.
func (l *lines) at(i int) line {
	n := l.from + uint64(i)
	if l.terms != nil {
		n = l.matched[i]
	}
	return line{l.request(n), lineID(n + 1)}
}

// text returns all lines, for the clipboard.
func (l *lines) text() string {
	var b strings.Builder
	for i := range l.len() {
		b.WriteString(l.at(i).text("\t"))
		b.WriteByte('\n')
	}
	return b.String()
}

// find returns a line and its index, -1 if it is gone.
func (l *lines) find(id lineID) (line, int) {
	i, found := sort.Find(l.len(), func(i int) int { return cmp.Compare(id, l.at(i).id) })
	if !found {
		return line{}, -1
	}
	return l.at(i), i
}

func (l *lines) request(n uint64) *server.Request {
	return l.log.At(int(n - l.log.First()))
}

// copyItem returns the menu item that copies what is shown.
func (l *lines) copyItem() *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L("Copy what is shown"), func() { kit.CopyText(l.text()) })
}
