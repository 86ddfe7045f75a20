package page

import (
	"html/template"
	"strings"
)

// pluralForms is the template function "forms", for counts that only a script
// knows. It returns an attribute for each plural category of the language:
// data-one="{{.Count}} file" data-other="{{.Count}} files".
func (w *words) pluralForms(key string) template.HTMLAttr {
	m := w.forms[key]
	var b markup
	if m == nil {
		return template.HTMLAttr(b.raw(` data-other="`).text(key).raw(`"`).done())
	}
	for _, form := range [...]struct{ category, text string }{
		{"zero", m.Zero}, {"one", m.One}, {"two", m.Two}, {"few", m.Few}, {"many", m.Many}, {"other", m.Other},
	} {
		if form.text != "" {
			b.raw(` data-`, form.category, `="`).text(form.text).raw(`"`)
		}
	}
	return template.HTMLAttr(b.done())
}

// units is the template function "units": the units of sizes, from bytes on.
func (w *words) units() string {
	said := make([]string, len(units))
	for i, unit := range units {
		said[i] = w.text(unit)
	}
	return strings.Join(said, " ")
}
