package page

import "golang.org/x/text/language"

// translations are the same pages in each language there is, English first.
type translations struct {
	pages   []*Pages
	tags    []language.Tag
	matcher language.Matcher
}

func (t *translations) add(p *Pages) {
	t.pages, t.tags = append(t.pages, p), append(t.tags, p.words.tag)
	t.matcher = language.NewMatcher(t.tags)
}

// longestWish is how much of an Accept-Language header is looked at, in
// bytes: reading it takes a while.
const longestWish = 200

// In returns the pages in the language that suits a reader best, whose
// browser sent the header Accept-Language (RFC 9110 section 12.5.4).
// English serves for those that there are no words in.
func (p *Pages) In(acceptLanguage string) *Pages {
	t := p.others
	wished, _, err := language.ParseAcceptLanguage(acceptLanguage[:min(len(acceptLanguage), longestWish)])
	if err != nil || len(wished) == 0 {
		return t.pages[0]
	}
	_, i, confidence := t.matcher.Match(wished...)
	if confidence == language.No {
		return t.pages[0]
	}
	return t.pages[i]
}

// Language is that of the pages, a tag of BCP 47 such as "pt".
func (p *Pages) Language() string { return p.words.tag.String() }
