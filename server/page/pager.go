package page

import (
	"html/template"

	"windowsill/server/share"
)

// perPage is how many entries one page shows: more would make a phone slow.
const perPage = 500

// pager says which part of a long folder a page shows, and leads to others.
type pager struct {
	Total    int // of all entries
	from, to int // the entries shown, half open
	list     *share.List
	wish     Wish // names all that shapes the page, so that its parts fit together
}

func newPager(list *share.List, wish Wish) pager {
	p := pager{Total: list.Len(), list: list, wish: wish}
	at, there := 0, false
	if from := wish.part.from; from == afterMark || from == beforeMark {
		at, there = list.Index(wish.part.mark)
	}
	switch wish.part.from {
	case afterMark:
		p.from = at
		if there {
			p.from++
		}
		if p.from >= p.Total { // all that came after it are gone
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

// Start is the link to the first part, "" if this is it.
func (p pager) Start() template.URL {
	if p.from == 0 {
		return ""
	}
	return p.link(part{})
}

// Previous is the link to the part before this one, "" if there is none.
func (p pager) Previous() template.URL {
	if p.from == 0 {
		return ""
	}
	return p.link(part{beforeMark, p.list.Mark(p.from)})
}

// Next is the link to the part after this one, "" if there is none.
func (p pager) Next() template.URL {
	if p.to == p.Total {
		return ""
	}
	return p.link(part{afterMark, p.list.Mark(p.to - 1)})
}

// End is the link to the last part, "" if this is it.
func (p pager) End() template.URL {
	if p.to == p.Total {
		return ""
	}
	return p.link(part{from: fromEnd})
}

func (p pager) link(to part) template.URL {
	w := p.wish
	w.part = to
	return w.link()
}

// linkTo leads to a part that holds the entry with an index.
func (p pager) linkTo(i int) template.URL {
	if i < perPage || i >= p.Total {
		return p.link(part{})
	}
	return p.link(part{afterMark, p.list.Mark(i - i%perPage - 1)})
}
