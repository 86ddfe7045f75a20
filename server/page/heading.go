package page

import (
	"html/template"
	"strings"
)

// heading is which folder of the share a page is about.
type heading struct {
	Name  string
	Above []crumb // the folders that this one is in, the share first; none for the share
	Here  crumb   // the folder itself
}

// crumb is a folder on the path to the one that is shown.
type crumb struct {
	Name string
	Href template.URL // absolute path
}

func newHeading(share, path string) heading {
	v := heading{Here: crumb{visible(share), "/"}}
	var href strings.Builder
	href.WriteByte('/')
	for name := range strings.FieldsFuncSeq(path, isSlash) {
		v.Above = append(v.Above, v.Here)
		writeEscaped(&href, name)
		href.WriteByte('/')
		v.Here = crumb{visible(name), template.URL(href.String())}
	}
	v.Name = v.Here.Name
	return v
}

func isSlash(c rune) bool { return c == '/' }

// tabTitle is the title of the browser's tab: that of the page, then the share's
// name.
func (v heading) tabTitle(own string) string {
	if len(v.Above) == 0 {
		return own
	}
	return own + " · " + v.Above[0].Name
}

// Deep reports whether the folder is further down than its parent alone can lead
// back from.
func (v heading) Deep() bool { return len(v.Above) > 1 }

// Up is the folder's parent.
func (v heading) Up() crumb { return v.Above[len(v.Above)-1] }
