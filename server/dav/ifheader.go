package dav

import (
	"errors"
	"net/http"
	"strings"
)

// maxConditions is how many conditions an If header may have.
const maxConditions = 100

// ErrIfHeader says that an If header is malformed.
var ErrIfHeader = errors.New("malformed If header")

// condition is a state token or an entity tag (RFC 4918 10.4.2).
type condition struct {
	not   bool
	token string // "" if it is an entity tag
	etag  string // with its quotes
}

// ifList holds if all its conditions do.
type ifList struct {
	resource   string // the reference that tags it; "" for the request's own
	conditions []condition
}

// parseIf reads the If header, which holds if one of the lists does; nil if
// there is none.
func parseIf(h http.Header) ([]ifList, error) {
	text := strings.Join(h.Values("If"), " ")
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	p := ifParser{rest: text}
	for p.skip(); p.rest != ""; p.skip() {
		switch p.rest[0] {
		case '<':
			if p.tagged && p.fresh {
				return nil, ErrIfHeader // a tag without a list
			}
			p.tagged, p.fresh = true, true
			if p.resource = p.between('<', '>'); p.resource == "" {
				return nil, ErrIfHeader
			}
		case '(':
			if !p.list() {
				return nil, ErrIfHeader
			}
			p.fresh = false
		default:
			return nil, ErrIfHeader
		}
	}
	if p.fresh || len(p.lists) == 0 {
		return nil, ErrIfHeader
	}
	return p.lists, nil
}

type ifParser struct {
	rest     string
	resource string // of the lists that come
	tagged   bool
	fresh    bool // no list has followed resource yet
	count    int  // of conditions
	lists    []ifList
}

func (p *ifParser) skip() { p.rest = strings.TrimLeft(p.rest, " \t") }

// between takes what is between two characters, the first of which comes next;
// "" if it is not there.
func (p *ifParser) between(open, end byte) string {
	if p.rest == "" || p.rest[0] != open {
		return ""
	}
	i := strings.IndexByte(p.rest, end)
	if i < 0 {
		return ""
	}
	in := p.rest[1:i]
	p.rest = p.rest[i+1:]
	return in
}

// list takes a list in parentheses.
func (p *ifParser) list() (ok bool) {
	l := ifList{resource: p.resource}
	p.rest = p.rest[1:]
	for p.skip(); p.rest != ""; p.skip() {
		if p.rest[0] == ')' {
			p.rest = p.rest[1:]
			p.lists = append(p.lists, l)
			return len(l.conditions) > 0
		}
		c, ok := p.condition()
		if p.count++; !ok || p.count > maxConditions {
			return false
		}
		l.conditions = append(l.conditions, c)
	}
	return false
}

func (p *ifParser) condition() (c condition, ok bool) {
	if len(p.rest) > 3 && strings.EqualFold(p.rest[:3], "Not") {
		c.not = true
		p.rest = p.rest[3:]
		p.skip()
	}
	if p.rest != "" && p.rest[0] == '[' {
		c.etag = p.entityTag()
		return c, c.etag != ""
	}
	c.token = p.between('<', '>')
	return c, c.token != ""
}

// entityTag takes an entity tag in brackets. Between its quotes it may hold
// brackets.
func (p *ifParser) entityTag() string {
	from := 1
	if strings.HasPrefix(p.rest[from:], "W/") {
		from += 2
	}
	if len(p.rest) <= from || p.rest[from] != '"' {
		return ""
	}
	n := strings.IndexByte(p.rest[from+1:], '"')
	if n < 0 || !strings.HasPrefix(p.rest[from+1+n+1:], "]") {
		return ""
	}
	tag := p.rest[1 : from+1+n+1]
	p.rest = p.rest[from+1+n+2:]
	return tag
}
