package page

import (
	"slices"
	"testing"
)

func TestPager(t *testing.T) {
	for _, c := range []struct {
		total, page     int
		wantPage, pages int
		from, to        int
		previous, next  int
	}{
		{0, 0, 1, 1, 0, 0, 0, 0},
		{0, 7, 1, 1, 0, 0, 0, 0},
		{1, 1, 1, 1, 0, 1, 0, 0},
		{999, 1, 1, 1, 0, 999, 0, 0},
		{1000, 2, 1, 1, 0, 1000, 0, 0},
		{1001, -5, 1, 2, 0, 1000, 0, 2},
		{1001, 2, 2, 2, 1000, 1001, 1, 0},
		{100_000, 0, 1, 100, 0, 1000, 0, 2},
		{100_000, 50, 50, 100, 49_000, 50_000, 49, 51},
		{100_000, 1 << 62, 100, 100, 99_000, 100_000, 99, 0},
	} {
		p := newPager(c.total, c.page)
		if p.Page != c.wantPage || p.Pages != c.pages || p.from != c.from || p.to != c.to {
			t.Errorf("page %d of %d entries: %+v", c.page, c.total, p)
		}
		if p.Previous() != c.previous || p.Next() != c.next {
			t.Errorf("page %d of %d entries: previous %d, next %d", c.page, c.total, p.Previous(), p.Next())
		}
	}
}

func TestPagesOffered(t *testing.T) {
	for _, c := range []struct {
		page, pages int
		want        []int
	}{
		{1, 1, []int{1}},
		{1, 2, []int{1, 2}},
		{1, 9, []int{1, 2, 0, 9}},
		{3, 5, []int{1, 2, 3, 4, 5}},
		{50, 100, []int{1, 0, 49, 50, 51, 0, 100}},
		{100, 100, []int{1, 0, 99, 100}},
	} {
		if got := newPager(c.pages*perPage, c.page).Steps(); !slices.Equal(got, c.want) {
			t.Errorf("page %d of %d offers %v, want %v", c.page, c.pages, got, c.want)
		}
	}
}
