package page

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// alertKinds are the kinds of alerts that GitHub knows, in English; in lower case
// they are classes of the style.
var alertKinds = [...]string{"Note", "Tip", "Important", "Warning", "Caution"}

// markdownInput is the input of the job that formats Markdown: the labels of
// alertKinds in the reader's language, and after an empty line the text.
func markdownInput(w *words, body io.Reader) io.Reader {
	var labels strings.Builder
	for _, kind := range alertKinds {
		labels.WriteString(w.text(kind) + "\n")
	}
	return io.MultiReader(strings.NewReader(labels.String()+"\n"), body)
}

// alertKey is the attribute of a quote that is an alert. Its value is an alert.
const alertKey = "alert"

// alert is a quote that stands out.
type alert struct{ class, label string }

// findAlert marks a quote as an alert if it is one: not within anything else, with
// [!NOTE] or the like alone in its first line, and something below it.
// Labels are those of alertKinds.
func findAlert(n ast.Node, written []byte, labels []string) {
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || n.Parent().Kind() != ast.KindDocument {
		return
	}
	line := bytes.TrimSpace(first.Lines().Value(written))
	sign, _, more := bytes.Cut(line, []byte("\n"))
	if !more && first.NextSibling() == nil {
		return
	}
	sign = bytes.TrimSpace(sign)
	for i, kind := range alertKinds {
		if i >= len(labels) || !strings.EqualFold(string(sign), "[!"+kind+"]") {
			continue
		}
		n.SetAttributeString(alertKey, alert{strings.ToLower(kind), labels[i]})
		cutLine(first)
		if first.FirstChild() == nil {
			n.RemoveChild(n, first)
		}
		return
	}
}

// cutLine removes the first line of a paragraph.
func cutLine(p ast.Node) {
	for c := p.FirstChild(); c != nil; c = p.FirstChild() {
		p.RemoveChild(p, c)
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			return
		}
	}
}

// quote renders a quote, or the alert that it is.
func (safeRenderer) quote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	mark, _ := n.AttributeString(alertKey)
	a, isAlert := mark.(alert)
	switch {
	case isAlert && entering:
		w.WriteString(`<div class="alert ` + a.class + `" role="note">` + "\n<p>" + template.HTMLEscapeString(a.label) + "</p>\n")
	case isAlert:
		w.WriteString("</div>\n")
	case entering:
		w.WriteString("<blockquote>\n")
	default:
		w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}
