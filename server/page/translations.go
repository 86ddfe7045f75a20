package page

import (
	"errors"
	"io/fs"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// translations are the same pages in each language there is, English first.
type translations struct {
	make    func(language.Tag) (*Pages, error)
	pages   []func() (*Pages, error) // each makes its pages when they are first wanted
	tags    []language.Tag
	matcher language.Matcher
}

// find finds out which languages there are.
func (t *translations) find(locales fs.FS) error {
	names, err := fs.Glob(locales, "*.json")
	if err != nil {
		return err
	}
	t.add(language.English)
	english := false
	for _, name := range names {
		tag, err := language.Parse(strings.TrimSuffix(name, ".json"))
		if err != nil {
			return err
		}
		if tag == language.English {
			english = true
			continue
		}
		t.add(tag)
	}
	if !english {
		return errors.New("en.json is missing")
	}
	t.matcher = language.NewMatcher(t.tags)
	return nil
}

func (t *translations) add(tag language.Tag) {
	t.tags = append(t.tags, tag)
	t.pages = append(t.pages, sync.OnceValues(func() (*Pages, error) { return t.make(tag) }))
}

// longestWish is how much of an Accept-Language header is looked at, in
// bytes: reading it takes a while.
const longestWish = 200

// In returns the pages in the language that suits a reader best, whose
// browser sent the header Accept-Language (RFC 9110 section 12.5.4).
// English serves for those that there are no words in.
func (p *Pages) In(acceptLanguage string) *Pages {
	wished, _, err := language.ParseAcceptLanguage(acceptLanguage[:min(len(acceptLanguage), longestWish)])
	if err != nil || len(wished) == 0 {
		return p.in(0)
	}
	_, i, confidence := p.others.matcher.Match(wished...)
	if confidence == language.No {
		return p.in(0)
	}
	return p.in(i)
}

// in returns the pages in the language with index i. One that cannot be read
// is shown in the language that can.
func (p *Pages) in(i int) *Pages {
	if pages, err := p.others.pages[i](); err == nil {
		return pages
	}
	return p
}

// Language is that of the pages, a tag of BCP 47 such as "pt".
func (p *Pages) Language() string { return p.words.tag.String() }
