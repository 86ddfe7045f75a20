package page

import "strings"

// query is the query of a relative URL. It consists of ASCII letters, digits and
// "-._~%?=&", so it is safe in HTML.
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
