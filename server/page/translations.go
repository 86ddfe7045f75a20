package page

import (
	"errors"
	"io/fs"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// translations are the pages in all languages, English first.
type translations struct {
	make    func(language.Tag) (*Pages, error)
	pages   []func() (*Pages, error) // each makes its pages when they are first needed
	tags    []language.Tag
	matcher language.Matcher
}

// find finds the languages.
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

// maxAcceptLanguage is how many bytes of an Accept-Language header are parsed,
// since that takes a while.
const maxAcceptLanguage = 200

// LanguagesIn returns the languages in an Accept-Language header, best first.
func LanguagesIn(header string) []language.Tag {
	wanted, _, err := language.ParseAcceptLanguage(header[:min(len(header), maxAcceptLanguage)])
	if err != nil {
		return nil
	}
	return wanted
}

// In returns the pages in the language that matches an Accept-Language header best
// (RFC 9110 section 12.5.4), or else in English.
func (p *Pages) In(acceptLanguage string) *Pages {
	wanted := LanguagesIn(acceptLanguage)
	if len(wanted) == 0 {
		return p.in(0)
	}
	_, i, confidence := p.others.matcher.Match(wanted...)
	if confidence == language.No {
		return p.in(0)
	}
	return p.in(i)
}

// in returns the pages in the language with index i, or p if that cannot be read.
func (p *Pages) in(i int) *Pages {
	if pages, err := p.others.pages[i](); err == nil {
		return pages
	}
	return p
}

// Language returns the language of the pages, a BCP 47 tag such as "pt".
func (p *Pages) Language() string { return p.words.tag.String() }
