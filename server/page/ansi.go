package page

import (
	"bytes"
	"strings"
)

// maxSequence is how many bytes a control sequence of a terminal has at most.
const maxSequence = 32

// terminal follows the control sequences of terminals (ECMA-48) in a text, which
// logs have for colours.
type terminal struct {
	pending []byte // the beginning of a sequence
	colour  byte   // the last digit of 30 to 37; 0 if there is none
	bold    bool
}

// class is that of what is written now; "" if it is as usual.
func (t *terminal) class() string {
	class := ""
	if t.colour != 0 {
		class = "c" + string(t.colour)
	}
	if t.bold {
		class += " bold"
	}
	return strings.TrimSpace(class)
}

// take cuts a sequence off the beginning of p, which begins with ESC or goes on
// with one that has begun. It returns what is none after all, to be shown, and what
// follows.
func (t *terminal) take(p []byte) (shown, rest []byte) {
	for i, c := range p {
		t.pending = append(t.pending, c)
		switch n := len(t.pending); {
		case n == 1, n == 2 && c == '[':
			continue
		case n == 2, n > maxSequence, c < ' ' || c > '~':
			shown = t.pending
		case c < '@':
			continue
		case c == 'm':
			t.style(t.pending[2 : n-1])
		}
		t.pending = nil
		return shown, p[i+1:]
	}
	return nil, nil
}

// style follows a sequence for colours. Those beyond the usual eight are as usual.
func (t *terminal) style(params []byte) {
	for param := range bytes.SplitSeq(params, []byte{';'}) {
		switch {
		case len(bytes.Trim(param, "0")) == 0:
			t.colour, t.bold = 0, false
		case string(param) == "1":
			t.bold = true
		case string(param) == "22":
			t.bold = false
		case string(param) == "38", string(param) == "48":
			return // what follows are numbers of colours
		case len(param) == 2 && (param[0] == '3' || param[0] == '9'):
			t.colour = param[1]
			if t.colour > '7' {
				t.colour = 0
			}
		}
	}
}
