package traffic

import "slices"

// mostSpans bounds a cover against a client that takes every other byte.
const mostSpans = 64

// span is a run of bytes of a thing, from included, to not.
type span struct{ from, to int64 }

// cover is which bytes of a thing went, as spans in order that do not touch.
type cover []span

// with returns the cover with one more span. Where there are too many spans
// the shortest is forgotten: rather too little is said than too much.
func (c cover) with(s span) cover {
	if s.from >= s.to {
		return c
	}
	first := slices.IndexFunc(c, func(o span) bool { return o.to >= s.from })
	if first < 0 {
		first = len(c)
	}
	last := first
	for last < len(c) && c[last].from <= s.to {
		s.from, s.to = min(s.from, c[last].from), max(s.to, c[last].to)
		last++
	}
	c = slices.Replace(c, first, last, s)
	if len(c) > mostSpans {
		shortest := 0
		for i := range c {
			if c[i].size() < c[shortest].size() {
				shortest = i
			}
		}
		c = slices.Delete(c, shortest, shortest+1)
	}
	return c
}

// size returns how many bytes are in the cover.
func (c cover) size() (n int64) {
	for _, s := range c {
		n += s.size()
	}
	return n
}

func (s span) size() int64 { return s.to - s.from }
