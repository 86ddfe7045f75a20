package dav

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

const (
	maxBody  = 256 << 10 // bytes of XML in a request
	maxDepth = 32        // elements in each other
)

// ErrBody says that the XML in a request is not what it should be.
var ErrBody = errors.New("malformed XML")

const davSpace = "DAV:"

// element is an XML element with its namespaces resolved.
type element struct {
	name     xml.Name // Space is the namespace, not the prefix
	attrs    []xml.Attr
	lang     string // xml:lang in force; "" if none is
	children []node
}

// node is an element, or text.
type node struct {
	element *element // nil for text
	text    string
}

// elements returns the elements directly in e.
func (e *element) elements() (in []*element) {
	for _, n := range e.children {
		if n.element != nil {
			in = append(in, n.element)
		}
	}
	return in
}

// find returns the first element of a name in DAV: directly in e, or nil.
func (e *element) find(local string) *element {
	for _, in := range e.elements() {
		if in.is(local) {
			return in
		}
	}
	return nil
}

func (e *element) is(local string) bool { return e.name == xml.Name{Space: davSpace, Local: local} }

// text returns the text directly in e.
func (e *element) text() string {
	var s strings.Builder
	for _, n := range e.children {
		s.WriteString(n.text)
	}
	return strings.TrimSpace(s.String())
}

// xmlReader resolves namespaces by itself. encoding/xml takes an undeclared
// prefix for a namespace, where RFC 4918 8.2 wants the request refused.
type xmlReader struct {
	open   []*element
	spaces []scope // those of open
	root   *element
}

// scope maps prefixes to namespaces.
type scope map[string]string

// readXML reads a document; nil if it is empty. The error is ErrBody.
func readXML(r io.Reader) (*element, error) {
	limited := &io.LimitedReader{R: r, N: maxBody + 1}
	d := xml.NewDecoder(limited)
	var x xmlReader
	for {
		token, err := d.RawToken()
		if err == io.EOF && len(x.open) == 0 && limited.N > 0 {
			return x.root, nil
		}
		if err != nil || x.take(token) != nil {
			return nil, ErrBody
		}
	}
}

func (x *xmlReader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return x.start(t)
	case xml.EndElement:
		return x.end(t)
	case xml.CharData:
		if len(x.open) == 0 {
			if strings.TrimSpace(string(t)) != "" {
				return ErrBody
			}
			return nil
		}
		in := x.open[len(x.open)-1]
		in.children = append(in.children, node{text: string(t)})
	case xml.Directive:
		return ErrBody // a document type, whose entities cost more than they are worth
	}
	return nil
}

func (x *xmlReader) start(t xml.StartElement) error {
	if len(x.open) == maxDepth || len(x.open) == 0 && x.root != nil {
		return ErrBody
	}
	s, err := x.scope(t.Attr)
	if err != nil {
		return err
	}
	x.spaces = append(x.spaces, s)
	e := &element{}
	if len(x.open) > 0 {
		e.lang = x.open[len(x.open)-1].lang
	}
	if e.name, err = x.resolve(t.Name, true); err != nil {
		return err
	}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name == (xml.Name{Local: "xmlns"}) {
			continue
		}
		name, err := x.resolve(a.Name, false)
		if err != nil {
			return err
		}
		if name == (xml.Name{Space: xmlSpace, Local: "lang"}) {
			e.lang = a.Value
			continue
		}
		e.attrs = append(e.attrs, xml.Attr{Name: name, Value: a.Value})
	}
	if len(x.open) == 0 {
		x.root = e
	} else {
		in := x.open[len(x.open)-1]
		in.children = append(in.children, node{element: e})
	}
	x.open = append(x.open, e)
	return nil
}

// scope returns the prefixes that an element declares; nil for none. A prefix
// cannot stand for no namespace (Namespaces in XML 1.0, section 3).
func (x *xmlReader) scope(attrs []xml.Attr) (scope, error) {
	var s scope
	for _, a := range attrs {
		prefix := a.Name.Local
		switch {
		case a.Name == (xml.Name{Local: "xmlns"}):
			prefix = ""
		case a.Name.Space != "xmlns":
			continue
		case a.Value == "":
			return nil, ErrBody
		}
		if s == nil {
			s = scope{}
		}
		s[prefix] = a.Value
	}
	return s, nil
}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// resolve replaces a prefix by its namespace. Attributes without one are in
// none.
func (x *xmlReader) resolve(name xml.Name, isElement bool) (xml.Name, error) {
	prefix := name.Space
	switch {
	case prefix == "xml":
		return xml.Name{Space: xmlSpace, Local: name.Local}, nil
	case prefix == "" && !isElement:
		return name, nil
	}
	for i := len(x.spaces) - 1; i >= 0; i-- {
		if space, ok := x.spaces[i][prefix]; ok {
			return xml.Name{Space: space, Local: name.Local}, nil
		}
	}
	if prefix != "" {
		return name, ErrBody
	}
	return name, nil
}

// end closes an element: raw tokens are not matched by the decoder.
func (x *xmlReader) end(t xml.EndElement) error {
	last := len(x.open) - 1
	if last < 0 {
		return ErrBody
	}
	if name, err := x.resolve(t.Name, true); err != nil || name != x.open[last].name {
		return ErrBody
	}
	x.open, x.spaces = x.open[:last], x.spaces[:last]
	return nil
}
