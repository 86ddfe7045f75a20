package page

import (
	"fmt"
	"html/template"
	"io"
	"strings"
)

// PictureSign is the path of an SVG file, 24 units wide and high, that stands for
// pictures.
const PictureSign = "M6 4h12a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zM8.25 7.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 0 0 0-3.5zM6 17.5h12a.6.6 0 0 0 .5-.95l-3.9-5.5a.75.75 0 0 0-1.2 0L10.7 14.8l-1.2-1.4a.75.75 0 0 0-1.15.05l-2.8 3.1a.6.6 0 0 0 .45.95z"

// Unseen writes an SVG picture for one that cannot be shown, which says so: where no
// script runs, an <img> has nothing better to fall back on. Each sentence has a line.
func (p *Pages) Unseen(w io.Writer) error {
	said := p.words.text("This picture cannot be shown here. Download it to see it.")
	var lines strings.Builder
	for i, sentence := range sentences(said) {
		fmt.Fprintf(&lines, `<text x="180" y="%d">%s</text>`, 112+22*i, template.HTMLEscapeString(sentence))
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="160" direction="%s">`+
		`<path transform="translate(152 24) scale(2.33)" fill="#c3c8d2" fill-rule="evenodd" d="%s"/>`+
		`<g fill="#c3c8d2" font-family="system-ui, sans-serif" font-size="15" text-anchor="middle">%s</g></svg>`,
		p.words.direction(), PictureSign, lines.String())
	return err
}

// sentences splits a text behind each full stop.
func sentences(text string) []string {
	return strings.FieldsFunc(strings.NewReplacer(". ", ".\n", "。", "。\n", "। ", "।\n").Replace(text), func(c rune) bool { return c == '\n' })
}
