package page

import (
	"errors"
	"html/template"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tasks "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	mdtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"windowsill/server/share"
)

// markdown renders Markdown, without HTML in it. It is safe for concurrent use.
var markdown = goldmark.New(
	goldmark.WithExtensions(
		// The Content-Security-Policy of our pages forbids style attributes.
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		extension.Strikethrough, extension.Linkify, extension.TaskList,
		extension.NewFootnote(extension.WithFootnoteIDPrefix(anchors)),
	),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(safeRenderer{}, 100))),
)

// maxNesting is how deep lists, quotes and emphasis may be nested. Browsers stop
// at 512 elements, and an entry of a list is two.
const maxNesting = 100

// layOutMarkdown writes a document as HTML. The input is that of [markdownInput].
func layOutMarkdown(in []byte, out io.Writer) error {
	labels, text, _ := strings.Cut(string(in), "\n\n")
	matter, body := cutFrontMatter(text)
	if matter != "" {
		matter = "<pre><code>" + template.HTMLEscapeString(matter) + "</code></pre>\n"
	}
	written := []byte(body)
	doc := markdown.Parser().Parse(mdtext.NewReader(written))
	if err := prepare(doc, written, strings.Split(labels, "\n")); err != nil {
		return err
	}
	if _, err := io.WriteString(out, allOfIt+matter); err != nil {
		return err
	}
	return markdown.Renderer().Render(out, written, doc)
}

// prepare gives each heading its anchor, and finds alerts. The error says that the
// document is nested too deeply.
func prepare(doc ast.Node, written []byte, labels []string) error {
	s, depth := slugs{}, 0
	return ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > maxNesting {
			return ast.WalkStop, errors.New("it is nested too deeply")
		}
		switch n.Kind() {
		case ast.KindHeading:
			n.SetAttributeString("id", s.next(plainText(n, written)))
		case ast.KindBlockquote:
			findAlert(n, written, labels)
		}
		return ast.WalkContinue, nil
	})
}

// safeRenderer renders the parts of Markdown whose usual rendering could lead
// out of the page.
type safeRenderer struct{}

// RegisterFuncs registers these parts.
func (c safeRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, c.heading)
	r.Register(ast.KindBlockquote, c.quote)
	r.Register(ast.KindLink, c.link)
	r.Register(ast.KindAutoLink, c.autoLink)
	r.Register(ast.KindImage, c.image)
	r.Register(tasks.KindTaskCheckBox, c.task)
}

// anchors is a prefix for the anchors in a text, so that they differ from those of
// the page.
const anchors = "text-"

// heading renders a heading below the page's own.
func (safeRenderer) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	tag := "h" + string('0'+rune(min(n.Level+1, 6)))
	if !entering {
		w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	w.WriteString("<" + tag)
	if id, ok := n.AttributeString("id"); ok {
		if name, ok := id.(string); ok {
			w.WriteString(` id="` + anchors + template.HTMLEscapeString(name) + `"`)
		}
	}
	w.WriteString(">")
	return ast.WalkContinue, nil
}

func (safeRenderer) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	to, ok := follow(util.URLEscape(node.(*ast.Link).Destination, true))
	switch {
	case ok && entering:
		w.WriteString(anchor(to))
	case ok:
		w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (safeRenderer) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	address := string(util.URLEscape(n.URL(source), false))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	label := template.HTMLEscapeString(string(n.Label(source)))
	if to, ok := follow([]byte(address)); ok {
		label = anchor(to) + label + "</a>"
	}
	w.WriteString(label)
	return ast.WalkContinue, nil
}

// task renders the box of a task list as a symbol, because it cannot be ticked.
func (safeRenderer) task(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if sign := "☐"; entering {
		if node.(*tasks.TaskCheckBox).IsChecked {
			sign = "☑"
		}
		w.WriteString(`<span class="task">` + sign + "</span> ")
	}
	return ast.WalkContinue, nil
}

// image renders a picture of the share, and only the description of others.
func (safeRenderer) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	alt := template.HTMLEscapeString(plainText(n, source))
	if u, err := url.Parse(string(util.URLEscape(n.Destination, true))); err == nil && isInside(u) && u.Path != "" {
		w.WriteString(`<img src="` + template.HTMLEscapeString((&url.URL{Path: u.Path, RawPath: u.RawPath}).String()) + `" alt="` + alt + `" loading="lazy">`)
	} else {
		w.WriteString(alt)
	}
	return ast.WalkSkipChildren, nil
}

// plainText returns the text in a node, without formatting, and without pictures,
// which are not part of a heading's anchor.
func plainText(n ast.Node, written []byte) string {
	var said strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Image:
			if c != n {
				return ast.WalkSkipChildren, nil
			}
		case *ast.AutoLink:
			said.Write(c.Label(written))
		case *ast.String:
			said.Write(c.Value)
		case *ast.Text:
			value := c.Segment.Value(written)
			if c.Parent().Kind() != ast.KindCodeSpan {
				value = unescape(value)
			}
			said.Write(value)
		}
		return ast.WalkContinue, nil
	})
	return said.String()
}

// unescape resolves escapes and entities.
func unescape(value []byte) []byte {
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
}

func anchor(to string) string {
	return `<a rel="noopener noreferrer" href="` + template.HTMLEscapeString(to) + `">`
}

// isInside reports whether a URL is one in the share.
func isInside(u *url.URL) bool {
	return u.Scheme == "" && u.Host == "" && u.Opaque == "" && u.User == nil && !strings.HasPrefix(u.Path, "//")
}

// follow returns the URL for a link in a text: to the web, to a mail address, or to
// a file of the share, opened as from its folder. Other links are left out.
func follow(address []byte) (to string, ok bool) {
	u, err := url.Parse(string(address))
	switch {
	case err != nil:
		return "", false
	case u.Scheme == "http", u.Scheme == "https", u.Scheme == "mailto", u.Scheme == "" && u.Host != "":
		return u.String(), true
	case !isInside(u):
		return "", false
	}
	if u.Fragment != "" {
		u.Fragment, u.RawFragment = anchors+u.Fragment, ""
	}
	if u.Path != "" && u.RawQuery == "" {
		if e := (share.Entry{Name: path.Base(u.Path)}); opens(e) && !showsItself(e) {
			u.RawQuery = "open"
		}
	}
	return u.String(), true
}
