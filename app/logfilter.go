package app

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"windowsill/app/words"
	"windowsill/server"
)

// requestLog is what the window asks of a server.Log.
type requestLog interface {
	Len() int
	First() uint64 // the number of the oldest request that is still kept
	At(i int) *server.Request
	WriteCombined(io.Writer) error
	WriteCSV(io.Writer) error
}

// logLine is one line of the log on the screen: a request that has ended, or a
// note of who came in or had to go.
type logLine struct {
	*server.Request
	id lineID
}

// lineID tells the lines of one share apart, however far they move: the number
// of the request in the log, and 1. 0 is no line.
type lineID uint64

// logView chooses the lines that are on the screen: those that came after the
// last clearing and match the filter. To follow the log costs as much as
// there is new in it, not as much as there is.
type logView struct {
	log     requestLog
	from    uint64         // requests before this one are cleared or no longer kept
	end     uint64         // requests before this one were seen
	newest  server.Request // the one before end, to know it again
	words   [][]byte       // in lower case; a line must hold each of them
	matched []uint64       // requests that hold them, ascending; unused without words
	names   callers        // of the devices
	hay     []byte         // scratch memory of matches
}

// update goes on to a later view of the log, or to the log of a new share.
// It returns how many lines are gone from the front, and whether the share is
// another one.
func (v *logView) update(log requestLog) (gone int, fresh bool) {
	if fresh = v.restarted(log); fresh {
		v.from, v.end, v.matched = 0, 0, nil
	}
	v.log = log
	gone = v.dropBefore(max(v.from, log.First()))
	seen := max(v.end, v.from)
	v.end = max(seen, log.First()+uint64(log.Len()))
	if v.end > seen {
		v.newest = *log.At(log.Len() - 1)
		v.match(seen)
	}
	return gone, fresh
}

// restarted says whether log belongs to another share than the log before:
// then it ends earlier, or has another request under a number that was seen.
func (v *logView) restarted(log requestLog) bool {
	first := log.First()
	if first+uint64(log.Len()) < v.end {
		return true
	}
	return v.end > first && *log.At(int(v.end - 1 - first)) != v.newest
}

// dropBefore forgets the requests before number from.
func (v *logView) dropBefore(from uint64) (gone int) {
	if v.words == nil {
		gone = int(min(from, v.end) - min(v.from, v.end))
	} else {
		gone = sort.Search(len(v.matched), func(i int) bool { return v.matched[i] >= from })
		v.matched = v.matched[gone:]
	}
	v.from = from
	return gone
}

// match looks for the words in the requests from number from on.
func (v *logView) match(from uint64) {
	if v.words == nil {
		return
	}
	for n := from; n < v.end; n++ {
		if v.matches(v.request(n)) {
			v.matched = append(v.matched, n)
		}
	}
}

// setFilter chooses the words that a line must hold, each in any column, as
// its class of status ("4xx") or in the name of its device.
func (v *logView) setFilter(text string) {
	v.words = bytes.Fields([]byte(strings.ToLower(text)))
	if len(v.words) == 0 {
		v.words = nil
	}
	v.matchAnew()
}

// setNames says how the devices are called now. It returns whether that
// changes which lines there are.
func (v *logView) setNames(names callers) bool {
	if maps.Equal(names, v.names) {
		return false
	}
	v.names = names
	v.matchAnew()
	return v.words != nil
}

func (v *logView) matchAnew() {
	v.matched = nil
	v.match(v.from)
}

// clear takes the requests up to now off the screen.
func (v *logView) clear() { v.dropBefore(v.end) }

// matches says whether a line holds all words.
func (v *logView) matches(r *server.Request) bool {
	if v.words == nil {
		return true
	}
	h := r.Addr.AppendTo(v.hay[:0])
	h = append(append(h, '\n'), strings.ToLower(v.names[keyOf(r.Device, r.Addr)])...)
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
	v.hay = h
	return !slices.ContainsFunc(v.words, func(w []byte) bool { return !bytes.Contains(h, w) })
}

// len returns the number of lines.
func (v *logView) len() int {
	if v.words == nil {
		return int(v.end - v.from)
	}
	return len(v.matched)
}

// at returns line i of [0, len).
func (v *logView) at(i int) logLine {
	n := v.from + uint64(i)
	if v.words != nil {
		n = v.matched[i]
	}
	return logLine{v.request(n), lineID(n + 1)}
}

// text returns all lines, for the clipboard.
func (v *logView) text() string {
	var b strings.Builder
	for i := range v.len() {
		b.WriteString(v.at(i).text("\t"))
		b.WriteByte('\n')
	}
	return b.String()
}

// find returns a line and where it is, -1 if it is not on the screen.
func (v *logView) find(id lineID) (logLine, int) {
	i, found := sort.Find(v.len(), func(i int) int { return cmp.Compare(id, v.at(i).id) })
	if !found {
		return logLine{}, -1
	}
	return v.at(i), i
}

func (v *logView) request(n uint64) *server.Request {
	return v.log.At(int(n - v.log.First()))
}
