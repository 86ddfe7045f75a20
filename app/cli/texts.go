package cli

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"windowsill/server"
)

// printTexts prints what devices have sent, each text once and whole: the server
// takes none that is longer than [server.LongestText].
func (p *printer) printTexts(texts []server.Text) {
	for _, t := range texts {
		if t.ID <= p.text {
			continue
		}
		if missed := t.ID - p.text - 1; missed > 0 {
			fmt.Fprintf(p.out, "Texts came faster than they could be printed: %d are missing here.\n", missed)
		}
		p.text = t.ID
		if !t.ByOwner {
			fmt.Fprintf(p.out, "%s sent a text:\n%s", printable(t.Name), indented(t.Text))
		}
	}
}

// indented puts a text where nobody takes its lines for those of the program.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		b.WriteString("    ")
		for _, r := range line {
			writeVisible(&b, r)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// writeVisible writes what would drive the terminal, or reorder a line, as an
// escape such as \x1b.
func writeVisible(b *strings.Builder, r rune) {
	switch {
	case r == '\t':
		b.WriteString("    ")
	case unicode.IsGraphic(r):
		b.WriteRune(r)
	default:
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
}
