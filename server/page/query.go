package page

import "strings"

// query is the part of a relative address that follows the path. It holds
// ASCII letters, digits and "-._~%?=&" alone, so that it is safe in HTML.
type query struct{ b strings.Builder }

// add adds a parameter, unless its value is empty.
func (q *query) add(name, value string) {
	if value != "" {
		q.flag(name)
		q.b.WriteByte('=')
		writeEscaped(&q.b, value)
	}
}

// flag adds a parameter that needs no value.
func (q *query) flag(name string) {
	if q.b.Len() > 0 {
		q.b.WriteByte('&')
	}
	q.b.WriteString(name)
}

// String returns the query without its question mark.
func (q *query) String() string { return q.b.String() }
