package page

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestTextIsReadInItsEncoding(t *testing.T) {
	for name, content := range map[string]string{
		"UTF-8":              "naïve café",
		"UTF-8 with a mark":  "\xef\xbb\xbfnaïve café",
		"Latin-1":            "na\xefve caf\xe9",
		"UTF-16, little end": "\xff\xfen\x00a\x00\xef\x00v\x00e\x00 \x00c\x00a\x00f\x00\xe9\x00",
		"UTF-16, big end":    "\xfe\xff\x00n\x00a\x00\xef\x00v\x00e\x00 \x00c\x00a\x00f\x00\xe9",
		"UTF-16, no mark":    "n\x00a\x00\xef\x00v\x00e\x00 \x00c\x00a\x00f\x00\xe9\x00",
	} {
		text, err := readText(strings.NewReader(content), "text/plain")
		if err != nil || text.body != "naïve café" {
			t.Errorf("%s: %q, %v", name, text.body, err)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	for name, content := range map[string]string{
		"lines":         strings.Repeat("a line of some length\n", 100_000),
		"one line":      strings.Repeat("ä", longestText),
		"empty lines":   strings.Repeat("\n", 2*mostLines),
		"short, in all": "a\n",
	} {
		text, err := readText(strings.NewReader(content), "text/plain")
		if err != nil {
			t.Fatal(err)
		}
		text.size = int64(len(content))
		if text.Cut() != (name != "short, in all") || len(text.body) > longestText {
			t.Errorf("%s: %d of %d bytes", name, text.shown, text.size)
		}
		if strings.Count(text.body, "\n") > mostLines || strings.ContainsRune(text.body, '\uFFFD') {
			t.Errorf("%s: too many lines, or a character that was cut", name)
		}
	}
}

func TestLinesAreWhatTheyWere(t *testing.T) {
	const content = "one\n\n\tthree <b> & \x1b[31m\r\nfour"
	doc := opened(t, "a.go", content)
	if got, want := said(withTag(t, doc, "pre")), "one\n\n\tthree <b> & ␛[31m\nfour"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if n := len(elements(withTag(t, doc, "pre"), "span")); n != 4 {
		t.Errorf("%d lines", n)
	}
}

func TestTableOfWhatIsSeparated(t *testing.T) {
	for name, content := range map[string]string{
		"a.csv": "Name,Age\n\"Doe, J.\",5\n", "b.csv": "Name;Age\nDoe, J.;5\n", "c.csv": "Name\tAge\nDoe, J.\t5\n", "d.tsv": "Name\tAge\nDoe, J.\t5\n",
	} {
		var cells []string
		for _, tag := range []string{"th", "td"} {
			for _, cell := range elements(opened(t, name, content), tag) {
				cells = append(cells, said(cell))
			}
		}
		if got := strings.Join(cells, "|"); got != "Name|Age|Doe, J.|5" {
			t.Errorf("%s: %s", name, got)
		}
	}
	doc := opened(t, "a.csv", strings.Repeat(strings.Repeat("x,", 200)+"\n", 2000))
	if n := len(elements(doc, "tr")); n > mostRows {
		t.Errorf("%d rows", n)
	}
	if n := len(elements(elements(doc, "tr")[1], "td")); n > mostColumns || !strings.Contains(said(doc), "The table goes on.") {
		t.Errorf("%d columns", n)
	}
}

// hostileMarkdown is what might lead somewhere, or run.
var hostileMarkdown = []string{
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=alert(1)>b</b>",
	"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java&#115;cript:alert(1))", "[a](java&Tab;script:alert(1))",
	"[a](&amp;#106;avascript:alert(1))", `[a](java\script:alert(1))`, "[a](<java\tscript:alert(1)>)", "[a](data:text/html,x)", "[a](vbscript:x)", "[a](file:///etc/passwd)",
	"<javascript:alert(1)>", "![a](javascript:alert(1))", "![a](https://evil.example/x.png)", "![a](//evil.example/x.png)", `![a](/\evil.example/x.png)`, "![a](data:image/png;base64,AA)",
	"[a]: javascript:alert(1)\n\n[a]", "[a](x \"\\\" onclick=alert(1)\")", "# a {onclick=alert(1)}", "[a](%6aavascript:alert(1))", "![a\" onerror=\"alert(1)](x.png)",
	"|a|\n|:-:|\n|<script>|", "```\"><script>\n</script>\n```",
}

func TestMarkdownIsHarmless(t *testing.T) {
	for _, content := range hostileMarkdown {
		article := withTag(t, opened(t, "a.md", content), "article")
		for _, e := range elements(article, "") {
			checkHarmless(t, content, e)
		}
	}
}

func checkHarmless(t *testing.T, content string, e *html.Node) {
	t.Helper()
	if slices.Contains(strings.Fields("script iframe object embed form input style link meta base svg"), e.Data) {
		t.Errorf("%q brought <%s>", content, e.Data)
	}
	for _, a := range e.Attr {
		switch a.Key {
		case "href", "src":
			if low := strings.ToLower(a.Val); strings.HasPrefix(low, "javascript") || strings.HasPrefix(low, "data") || strings.HasPrefix(low, "vb") || strings.HasPrefix(low, "file") ||
				a.Key == "src" && (strings.Contains(low, "//") || strings.Contains(low, `\`)) {
				t.Errorf("%q leads to %q", content, a.Val)
			}
		case "id", "class", "align", "alt", "rel", "loading", "start", "dir":
		default:
			t.Errorf("%q brought %s=%q", content, a.Key, a.Val)
		}
	}
}

func TestWhereLinksOfAMarkdownLead(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/?a=b&c": "https://example.org/?a=b&c", "mailto:a@example.org": "mailto:a@example.org",
		"other.md": "other.md?open", "sub/pic.jpg": "sub/pic.jpg?open", "../a%20b.txt#c": "../a%20b.txt?open#text-c", "#usage": "#text-usage",
		"page.html": "page.html", "a.zip": "a.zip", "docs/": "docs/", "docs": "docs", "a.md?x": "a.md?x", "/top.md": "/top.md?open",
	} {
		links := elements(withTag(t, opened(t, "a.md", "[x]("+address+")"), "article"), "a")
		if len(links) != 1 || attr(links[0], "href") != want {
			t.Errorf("%s: %d links, want one to %s", address, len(links), want)
		}
	}
}

func FuzzReadText(f *testing.F) {
	for _, content := range append(hostileMarkdown, "", "\xff\xfe\x00", "\xfe\xff\xd8", "a\x00b\x00") {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		text, err := readText(strings.NewReader(string(content)), "text/markdown")
		if err != nil {
			t.Fatal(err)
		}
		made, err := text.HTML()
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range elements(parse(t, string(made)), "") {
			if e.Data == "script" {
				t.Errorf("%q brought a script", content)
			}
		}
	})
}

func TestTasksOfAMarkdownAreShownAsSigns(t *testing.T) {
	article := withTag(t, opened(t, "a.md", "- [ ] towels\n- [x] tickets\n"), "article")
	if got, want := strings.Join(strings.Fields(said(article)), " "), "☐ towels ☑ tickets"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if n := len(elements(article, "input")); n != 0 {
		t.Errorf("%d fields that do nothing", n)
	}
}
