package page

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestURLsInATextCanBeFollowed(t *testing.T) {
	for text, want := range map[string]string{
		"see https://example.org/a?b=c#d, please":      "https://example.org/a?b=c#d",
		"(http://192.168.1.2:8000/x)":                  "http://192.168.1.2:8000/x",
		"https://en.wikipedia.org/wiki/Sill_(window).": "https://en.wikipedia.org/wiki/Sill_(window)",
		"http://a.example\nhttps://b.example!":         "http://a.example https://b.example",
		"“https://example.org/é”":                      "https://example.org/é",
		"https://":                                     "",
		"javascript:alert(1) ftp://x.example":          "",
		"see www.example.org/a, please":                "http://www.example.org/a",
		"WWW.example.org":                              "http://WWW.example.org",
		"(www.example.org) www.例え.jp":                  "http://www.example.org http://www.例え.jp",
		"https://www.example.org/?to=www.a.example":    "https://www.example.org/?to=www.a.example",
		"awww.example.org x@www.example.org":           "",
		"/www.example.org -www.example.org":            "",
		"www. www.. www.a www.a.":                      "",
		"www.-a.b www.a..b www.a.b@c.example":          "",
		"www.example.orgです www.a.b:80x":                "",
		"Https://example.org Www.example.org:8080?a":   "Https://example.org http://Www.example.org:8080?a",
		"見てwww.example.org äwww.example.org":           "http://www.example.org http://www.example.org",
		`www.example.org"><script>`:                    "http://www.example.org",
		"no address":                                   "",
		`https://example.org/"><script>`:               "https://example.org/",
	} {
		var b bytes.Buffer
		if err := newPages(t).Texts(&b, Texts{Share: "S", Texts: []Text{{Text: text}}}); err != nil {
			t.Fatal(err)
		}
		said := withClass(parse(t, b.String()), "said")[0]
		var got []string
		for _, a := range elements(said, "a") {
			got = append(got, attr(a, "href"))
			if attr(a, "rel") != "noopener noreferrer" {
				t.Errorf("%q tells the other site where it was found", text)
			}
		}
		if strings.NewReplacer("%c3%a9", "é", "%e4%be%8b%e3%81%88", "例え", "%28", "(", "%29", ")").Replace(strings.Join(got, " ")) != want {
			t.Errorf("%q leads to %q, want %q", text, got, want)
		}
		if whole := textOf(said); whole != text {
			t.Errorf("%q is shown as %q", text, whole)
		}
	}
}

// textOf returns the text in an element, with the space around it.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
