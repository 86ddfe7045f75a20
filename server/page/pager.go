package page

// perPage is how many entries one page shows: more would make a phone slow.
const perPage = 1000

// pager says which part of a long folder a page shows.
type pager struct {
	Page, Pages int // from 1; an empty folder has one page
	Total       int // of all entries
	from, to    int // the entries shown, half open
}

func newPager(total, page int) pager {
	pages := max(1, (total+perPage-1)/perPage)
	page = min(max(page, 1), pages)
	return pager{
		Page: page, Pages: pages, Total: total,
		from: (page - 1) * perPage,
		to:   min(page*perPage, total),
	}
}

// Empty reports whether there is nothing to show.
func (p pager) Empty() bool { return p.Total == 0 }

// First is the number of the first entry shown, from 1.
func (p pager) First() int { return p.from + 1 }

// Last is the number of the last entry shown, from 1.
func (p pager) Last() int { return p.to }

// Previous is the number of the page before this one, 0 if there is none.
func (p pager) Previous() int { return p.Page - 1 }

// Next is the number of the page after this one, 0 if there is none.
func (p pager) Next() int {
	if p.Page == p.Pages {
		return 0
	}
	return p.Page + 1
}

// Steps are the pages to offer: the first, the last, this one and its
// neighbours. A 0 stands for those left out between two of them.
func (p pager) Steps() []int {
	var steps []int
	for n := 1; n <= p.Pages; n++ {
		switch {
		case n == 1, n == p.Pages, n >= p.Page-1 && n <= p.Page+1:
			steps = append(steps, n)
		case steps[len(steps)-1] != 0:
			steps = append(steps, 0)
		}
	}
	return steps
}
