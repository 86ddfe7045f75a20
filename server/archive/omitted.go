package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"windowsill/server/share"
)

// maxList is how many bytes the list of what is left out may have.
const maxList = 1 << 20

var errLongPath = errors.New("the path is too long")

// omitted is what had to be left out of an archive.
type omitted struct {
	list    strings.Builder
	count   int
	more    int // that did not fit into the list
	missing int // that do not exist
}

func (o *omitted) add(path []byte, why error) {
	o.count++
	if errors.Is(why, fs.ErrNotExist) {
		o.missing++
	}
	if o.list.Len()+len(path) > maxList {
		o.more++
		return
	}
	fmt.Fprintf(&o.list, "%s\r\n    %s\r\n", strings.Map(oneLine, string(path)), reason(why))
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
func (o *omitted) onlyMissing() bool { return o.count > 0 && o.missing == o.count }

// text returns the text of the note; "" if nothing was left out.
func (o *omitted) text() string {
	if o.count == 0 {
		return ""
	}
	text := "These are not in this archive:\r\n\r\n" + o.list.String()
	if o.more > 0 {
		text += fmt.Sprintf("\r\nand %d more.\r\n", o.more)
	}
	return text
}
