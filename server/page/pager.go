package page

import (
	"html/template"

	"windowsill/server/share"
)

// perPage is how many entries a page shows. To read and lay out more at a time would
// hold up the finger of who scrolls on a slow phone.
const perPage = 240

// pager is which part of a long folder a page shows, with the URLs of others.
type pager struct {
	Total    int // of all entries
	from, to int // the entries shown, half open
	list     *share.List
	params   Params // with nothing left open, so that all parts fit together
}

func newPager(list *share.List, params Params) pager {
	p := pager{Total: list.Len(), list: list, params: params}
	at, exists := 0, false
	if from := params.part.from; from == afterMark || from == beforeMark {
		at, exists = list.Index(params.part.mark)
	}
	switch params.part.from {
	case afterMark:
		p.from = at
		if exists {
			p.from++
		}
		if p.from >= p.Total { // nothing is after it any longer
			p.from = p.Total - perPage
		}
	case beforeMark:
		p.from = at - perPage
	case fromEnd:
		p.from = p.Total - perPage
	}
	p.from = max(0, p.from)
	p.to = min(p.from+perPage, p.Total)
	return p
}

// Empty reports whether there is nothing to show.
func (p pager) Empty() bool { return p.Total == 0 }

// Several reports whether the folder is too long for one page.
func (p pager) Several() bool { return p.to-p.from < p.Total }

// First is the number of the first entry shown, from 1.
func (p pager) First() int { return p.from + 1 }

// Last is the number of the last entry shown, from 1.
func (p pager) Last() int { return p.to }

// Start is the URL of the first part; "" if this is it.
func (p pager) Start() template.URL {
	if p.from == 0 {
		return ""
	}
	return p.link(part{})
}

// Previous is the URL of the part before this one; "" if there is none.
func (p pager) Previous() template.URL {
	if p.from == 0 {
		return ""
	}
	return p.link(part{beforeMark, p.list.Mark(p.from)})
}

// Next is the URL of the part after this one; "" if there is none.
func (p pager) Next() template.URL {
	if p.to == p.Total {
		return ""
	}
	return p.link(part{afterMark, p.list.Mark(p.to - 1)})
}

// End is the URL of the last part; "" if this is it.
func (p pager) End() template.URL {
	if p.to == p.Total {
		return ""
	}
	return p.link(part{from: fromEnd})
}

func (p pager) link(to part) template.URL {
	w := p.params
	w.part = to
	return w.link()
}

// linkTo returns the URL of the part with the entry at index i.
func (p pager) linkTo(i int) template.URL {
	if i < perPage || i >= p.Total {
		return p.link(part{})
	}
	return p.link(part{afterMark, p.list.Mark(i - i%perPage - 1)})
}
