package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"

	"windowsill/server/share"
)

// maxListed is how many bytes the list of what is left out may have.
const maxListed = 1 << 20

var errLongPath = errors.New("the path is too long")

// omitted is what could not come into an archive.
type omitted struct {
	list    strings.Builder
	count   int
	more    int // that the list has no room for
	missing int // that are not there at all
}

func (o *omitted) add(path []byte, why error) {
	o.count++
	if errors.Is(why, fs.ErrNotExist) {
		o.missing++
	}
	if o.list.Len()+len(path) > maxListed {
		o.more++
		return
	}
	fmt.Fprintf(&o.list, "%s\r\n    %s\r\n", strings.Map(visible, string(path)), sentence(why))
}

// visible keeps a name from looking like lines of the list.
func visible(c rune) rune {
	if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
		return unicode.ReplacementChar
	}
	return c
}

// sentence tells a person why something is left out.
func sentence(why error) string {
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

// onlyMissing reports whether all of it is not there, and there is some.
func (o *omitted) onlyMissing() bool { return o.count > 0 && o.missing == o.count }

// text returns what a person may read; "" if nothing was left out.
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
