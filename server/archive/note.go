package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"windowsill/server/share"
)

// maxList is how many bytes a list in the note may have.
const maxList = 1 << 20

var errLongPath = errors.New("the path is too long")

// list is what the note says about some entries.
type list struct {
	text  strings.Builder
	count int
	more  int // that did not fit into the text
}

func (l *list) add(path []byte, what string) {
	l.count++
	if l.text.Len()+len(path) > maxList {
		l.more++
		return
	}
	fmt.Fprintf(&l.text, "%s\r\n    %s\r\n", strings.Map(oneLine, string(path)), what)
}

// under returns the list below a heading; "" if there is nothing in it.
func (l *list) under(heading string) string {
	if l.count == 0 {
		return ""
	}
	text := heading + "\r\n\r\n" + l.text.String()
	if l.more > 0 {
		text += fmt.Sprintf("\r\nand %d more.\r\n", l.more)
	}
	return text
}

// omitted is what had to be left out of an archive.
type omitted struct {
	list    list
	missing int // that do not exist
}

func (o *omitted) add(path []byte, why error) {
	if errors.Is(why, fs.ErrNotExist) {
		o.missing++
	}
	o.list.add(path, reason(why))
}

// oneLine keeps a name from looking like several lines of the list.
func oneLine(c rune) rune {
	if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
		return unicode.ReplacementChar
	}
	return c
}

// reason says to a person why something was left out.
func reason(why error) string {
	switch {
	case errors.Is(why, fs.ErrNotExist):
		return "It is not there any more."
	case errors.Is(why, fs.ErrPermission):
		return "The computer that shares this may not read it."
	case errors.Is(why, share.ErrVisited):
		return "It is a link to a folder that is in here under its own name."
	case errors.Is(why, errLongPath):
		return "Its path is too long for an archive."
	}
	return "The computer that shares this could not read it."
}

// onlyMissing reports whether something was left out, and all of it because it
// does not exist.
func (o *omitted) onlyMissing() bool { return o.list.count > 0 && o.missing == o.list.count }

// addNote adds a note about what was left out or has another name here.
func (b *builder) addNote() error {
	l := b.layout
	omitted := b.omitted.list.under("These are not in this archive:")
	renamed := b.renamed.under("These have another name in this archive, because Windows does not allow theirs or takes it for that of something else here:")
	name := "NOT INCLUDED"
	switch {
	case omitted == "" && renamed == "":
		return nil
	case omitted == "":
		name = "RENAMED"
	case renamed != "":
		omitted += "\r\n"
	}
	free, modified := name, int64(0)
	for n := 2; l.hasTop(free + ".txt"); n++ {
		free = fmt.Sprint(name, " ", n)
	}
	if len(l.entries) > 0 {
		modified = l.entries[0].modified
	}
	l.note = []byte(omitted + renamed)
	return b.add(entry{kind: note, parent: -1, size: int64(len(l.note)), modified: modified, mode: 0o644}, free+".txt")
}

// hasTop reports whether something at the top of the archive has a name.
func (l *layout) hasTop(name string) bool {
	for i := range l.entries {
		if l.entries[i].parent < 0 && strings.EqualFold(string(l.appendName(nil, i)), name) {
			return true
		}
	}
	return false
}
