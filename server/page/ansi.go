package page

import (
	"bytes"
	"strings"
)

const (
	// maxSequence is how many bytes a control sequence of a terminal has at most.
	maxSequence = 64
	// maxString is how many bytes one has that holds a text, such as a window's
	// title, or a picture.
	maxString = 64 << 10

	escape   = '\x1b'
	shifts   = "\x0e\x0f" // between character sets
	controls = shifts + string(escape)
)

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

// take cuts a sequence off the beginning of p, which begins with one of controls or
// goes on with a sequence that has begun. It returns what is none after all, to be
// shown, and what follows.
func (t *terminal) take(p []byte) (shown, rest []byte) {
	for i, c := range p {
		switch t.step(c) {
		case goesOn:
			t.pending = append(t.pending, c)
		case ends:
			if c == 'm' && t.kind() == '[' {
				t.style(t.pending[2:])
			}
			t.pending = t.pending[:0]
			return nil, p[i+1:]
		case isNone:
			shown, t.pending = t.pending, nil
			if last := len(shown) - 1; last > 0 && shown[last] == escape {
				shown, t.pending = shown[:last], []byte{escape} // which may begin the next
			}
			return shown, p[i:]
		}
	}
	return nil, nil
}

// step is what the next byte does to a sequence that has begun.
type step int

const (
	goesOn step = iota
	ends        // with this byte
	isNone      // before this byte
)

// kind is the byte after ESC; 0 if it has not come.
func (t *terminal) kind() byte {
	if len(t.pending) < 2 {
		return 0
	}
	return t.pending[1]
}

// step tells what c does to the sequence. What has one of the forms of ECMA-48 ends
// where it says, whether we know it or not.
func (t *terminal) step(c byte) step {
	n := len(t.pending)
	switch kind := t.kind(); {
	case n == 0 && c == escape:
		return goesOn
	case n == 0:
		return ends // a shift
	case strings.IndexByte("]P_^X", kind) >= 0:
		return t.stepInString(c)
	case c < ' ' || c > '~' || n >= maxSequence:
		return isNone
	case n == 1 && strings.IndexByte("[]P_^X", c) >= 0, c < '0', kind == '[' && c < '@':
		return goesOn
	}
	return ends
}

// stepInString does that where a sequence holds a text, which ends with ESC \ or, as
// xterm has it, with BEL.
func (t *terminal) stepInString(c byte) step {
	n := len(t.pending)
	switch last := t.pending[n-1]; {
	case c == '\a', c == '\\' && last == escape && n > 2:
		return ends
	case c == '\n', n >= maxString, last == escape && n > 2:
		return isNone
	}
	return goesOn
}

// style follows a sequence for colours. Those beyond the usual eight are as usual, and
// one that begins with a mark such as > is about something else.
func (t *terminal) style(params []byte) {
	if len(params) > 0 && params[0] > ';' {
		return
	}
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
