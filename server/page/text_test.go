package page

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"windowsill/server/charset"
	"windowsill/server/share"
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
		if got := said(withTag(t, opened(t, "a.txt", content), "pre")); got != "naïve café" {
			t.Errorf("%s as it is: %q", name, got)
		}
		if got := strings.TrimSpace(said(withTag(t, opened(t, "a.md", content), "article"))); got != "naïve café" {
			t.Errorf("%s laid out: %q", name, got)
		}
	}
}

// readBy returns what somebody sees of a text, and the names of the encodings to
// choose from, the current one first.
func readBy(t *testing.T, r Formatting, name, content string) (text string, offered []string) {
	t.Helper()
	doc := look(t, Opened{
		Share: "S", List: folderOf(t, name), File: share.Entry{Name: name, Size: int64(len(content))}, Type: share.ContentType(name, nil),
		Content: strings.NewReader(content), Formatting: r,
	})
	for _, option := range elements(doc, "option") {
		if _, selected := attribute(option, "selected"); selected {
			offered = append([]string{attr(option, "value")}, offered...)
		} else {
			offered = append(offered, attr(option, "value"))
		}
	}
	for _, tag := range []string{"pre", "article", "td"} {
		for _, e := range elements(doc, tag) {
			text += said(e)
		}
	}
	return strings.TrimSpace(text), offered
}

func TestReaderSeesTextsOfTheirLanguage(t *testing.T) {
	for _, c := range []struct{ languages, name, content, want string }{
		{"ru-RU,ru;q=0.9,en;q=0.8", "a.txt", "\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"},
		{"ru", "a.md", "\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"}, // KOI8-R
		{"ja,en;q=0.5", "a.txt", "\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd", "こんにちは"},
		{"zh-TW,zh;q=0.9", "a.csv", "\xa6W\xbaA,\xbc\xc6\n\xa7A\xa6n,1\n", "你好1"},
		{"zh-CN", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n\xc4\xe3\xba\xc3\xa3\xac\xca\xc0\xbd\xe7\n", "1\n00:00:01,000 --> 00:00:02,000\n你好，世界"},
		{"", "a.txt", "Stra\xc3\x9fe \xff", "Straße \uFFFD"},
	} {
		got, offered := readBy(t, Formatting{Languages: c.languages}, c.name, c.content)
		if got != c.want {
			t.Errorf("%q for %q: %q, want %q (%v)", c.content, c.languages, got, c.want, offered[:1])
		}
		if len(offered) < 20 {
			t.Errorf("%q: no other encoding is offered", c.content)
		}
	}
}

func TestReaderMayChooseAnotherEncoding(t *testing.T) {
	const content = "\xcf\xf0\xe8\xe2\xe5\xf2"
	got, offered := readBy(t, Formatting{Encoding: "windows-1251", Languages: "de"}, "a.txt", content)
	if got != "Привет" || offered[0] != "windows-1251" {
		t.Errorf("%q in %s", got, offered[0])
	}
	guessed, _ := readBy(t, Formatting{Languages: "de"}, "a.txt", content)
	if again, offered := readBy(t, Formatting{Encoding: "../no such", Languages: "de"}, "a.txt", content); again != guessed || len(offered) == 0 {
		t.Errorf("%q, not %q, for an encoding that there is not", again, guessed)
	}
	for name, content := range map[string]string{"UTF-8": "Grüße", "ASCII": "hello", "marked": "\xef\xbb\xbfGrüße"} {
		if _, offered := readBy(t, Formatting{Languages: "de"}, "a.txt", content); len(offered) > 0 {
			t.Errorf("%s can be nothing else, but %d are offered", name, len(offered))
		}
	}
	if got, offered := readBy(t, Formatting{Encoding: "windows-1252"}, "a.txt", "Grüße"); got != "GrÃ¼ÃŸe" || offered[0] != "windows-1252" {
		t.Errorf("a way back is missing: %q, %v", got, offered)
	}
}

func TestLongTextInAnyEncodingIsCutBetweenCharacters(t *testing.T) {
	for _, n := range []charset.Name{charset.UTF16LE, charset.UTF16BE, charset.UTF32LE, charset.UTF32BE, "gb18030"} {
		content, err := n.Encoding().NewEncoder().String(strings.Repeat("一行文字\n", maxText/8))
		if err != nil {
			t.Fatal(err)
		}
		text, _ := readBy(t, Formatting{Languages: "zh-CN"}, "a.txt", content)
		if strings.ContainsRune(text, '\uFFFD') || !strings.HasPrefix(text, "一行文字\n一行文字") {
			t.Errorf("%s: %.40q", n, text)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	for name, c := range map[string]struct{ content, shown string }{
		"lines":                        {strings.Repeat("a line of some length\n", 100_000), "660 kB of 2.2 MB"},
		"one line":                     {strings.Repeat("ä", maxText), "1 MB of 2.1 MB"},
		"one line, cut in a character": {"a" + strings.Repeat("ä", maxText), "1 MB of 2.1 MB"},
		"empty lines":                  {"a" + strings.Repeat("\n", 2*maxLines), "30 kB of 60 kB"},
		"UTF-16":                       {strings.Repeat("a\x00\n\x00", maxText), "120 kB of 4.2 MB"},
		"UTF-16, one line":             {strings.Repeat("a\x00", maxText), "1 MB of 2.1 MB"},
		"quotes":                       {strings.Repeat("''", maxText/2), "839.7 kB of 1 MB"}, // five bytes of HTML each
		"short, in all":                {"a\n", ""},
		"just short enough":            {strings.Repeat("a", maxText), ""},
	} {
		doc := opened(t, "a.txt", c.content)
		var shown string
		for _, p := range withClass(doc, "total") {
			shown, _, _ = strings.Cut(strings.ReplaceAll(said(p), noBreak, " "), ". Download")
		}
		if want := c.shown; strings.TrimPrefix(shown, "This is the beginning: ") != want {
			t.Errorf("%s: %q, want %q", name, shown, want)
		}
		text := said(withClass(doc, "lines")[0])
		if strings.Count(text, "\n") > maxLines+maxLines/linesPerBlock+2 || strings.ContainsRune(text, '\uFFFD') {
			t.Errorf("%s: too many lines, or a character that was cut", name)
		}
	}
}

// However long a text is, and whatever is in it, its page has a bound.
func TestPageOfATextIsNeverTooLarge(t *testing.T) {
	for name, content := range map[string]string{
		"a.txt": strings.Repeat("\"", 2*maxText), "b.txt": strings.Repeat("\x01\n", maxText), "c.txt": strings.Repeat("\r", 2*maxText),
		"d.txt": strings.Repeat("\x80\xff", maxText), "e.csv": strings.Repeat(strings.Repeat("\"\"\"\",", 30)+"\n", 10_000), "f.csv": strings.Repeat(",", 2*maxText),
		"g.csv": strings.Repeat(strings.Repeat("'", 900)+",", maxText/900),
	} {
		var b bytes.Buffer
		write(t, Opened{Share: "S", List: folderOf(t, name), File: share.Entry{Name: name, Size: int64(len(content))}, Type: share.ContentType(name, nil), Content: strings.NewReader(content)}, &b)
		if most := maxHTML + 20_000; b.Len() > most {
			t.Errorf("%s takes %d bytes, more than %d", name, b.Len(), most)
		}
	}
}

func TestTextThatCannotBeReadIsAnError(t *testing.T) {
	broken := errors.New("broken")
	for name, content := range map[string]io.ReadSeeker{
		"a.txt": &failing{strings.NewReader("text"), broken, 0}, "b.txt": &failing{strings.NewReader("text"), broken, 1}, "c.md": &failing{strings.NewReader("text"), broken, 1},
	} {
		look := newPages(t).Open(Opened{Share: "S", List: folderOf(t, name), File: share.Entry{Name: name, Size: 4}, Type: share.ContentType(name, nil), Content: content, Formatting: Formatting{Workers: workers}})
		if err := cmp.Or(look.Read(t.Context()), look.HTML(io.Discard)); err != broken {
			t.Errorf("%s: %v, want %v", name, err, broken)
		}
		look.Close()
	}
}

// failing is a file that can be read so many times.
type failing struct {
	*strings.Reader
	err  error
	good int
}

func (f *failing) Read(p []byte) (int, error) {
	if f.good--; f.good < 0 {
		return 0, f.err
	}
	n, _ := f.Reader.Read(p)
	return n, io.EOF
}

func TestLinesAreWhatTheyWere(t *testing.T) {
	const content = "one\n\n\tthree <b> & \x1b]31m\r\nfour"
	doc := opened(t, "a.go", content)
	if got, want := said(withTag(t, doc, "pre")), "one\n\n\tthree <b> & ␛]31m\nfour"; got != want {
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
	if n := len(elements(doc, "tr")); n > maxRows {
		t.Errorf("%d rows", n)
	}
	if n := len(elements(elements(doc, "tr")[1], "td")); n > maxColumns || !strings.Contains(said(doc), "The table goes on.") {
		t.Errorf("%d columns", n)
	}
}

// Tables as banks and spreadsheets export them.
func TestTablesAsTheyAreExported(t *testing.T) {
	for name, c := range map[string]struct{ content, head, last string }{
		"sep line":             {"sep=;\nName;Preis;Zahl\nApfel;1,20;3\n", "Name|Preis|Zahl", "Apfel|1,20|3"},
		"sep line of Windows":  {"\uFEFF\"sep=,\"\r\na,b\r\n1;2,3\r\n", "a|b", "1;2|3"},
		"title above":          {"Kontoauszug\n\nDatum;Betrag;Text\n01.02.2026;-12,50;Laden\n", "Datum|Betrag|Text", "01.02.2026|-12,50|Laden"},
		"title with a comma":   {"Stand 01.01.2026, 10:00\nDatum;Betrag;Text\n01.02.2026;-12,50;Laden\n", "Datum|Betrag|Text", "01.02.2026|-12,50|Laden"},
		"separator in quotes":  {"\"Name, first\";\"Age, years\"\n\"Doe, John\";\"5\"\n", "Name, first|Age, years", "Doe, John|5"},
		"decimal commas":       {"a;b\n1,5;2,5\n", "a|b", "1,5|2,5"},
		"unclosed quote":       {"a,b\n1,\"un\n2,x\n3,y\n", "a|b", "3|y"},
		"quotes in quotes":     {"a,b\n\"say \"\"hi\"\"\",\"two\nlines\"\n", "a|b", "say \"hi\"|two\nlines"},
		"careless quotes":      {"a,b\n\"5\" disk\",x\n", "a|b", "5\" disk|x"},
		"one column":           {"a\nb\n", "a", "b"},
		"no line end, no cell": {"a,b\n1,", "a|b", "1|"},
	} {
		doc := opened(t, "a.csv", c.content)
		rows := elements(doc, "tr")
		said := func(row *html.Node, tag string) string {
			var cells []string
			for _, cell := range elements(row, tag) {
				cells = append(cells, said(cell))
			}
			return strings.Join(cells, "|")
		}
		if head, last := said(rows[0], "th"), said(rows[len(rows)-1], "td"); head != c.head || last != c.last {
			t.Errorf("%s: head %q, last row %q; want %q, %q", name, head, last, c.head, c.last)
		}
	}
	if doc := opened(t, "a.csv", "a,b\n1,\"un\n2,x\n"); !strings.Contains(said(doc), "A quotation mark in this table is never closed") {
		t.Error("Nobody says that a quotation mark is never closed.")
	}
}

// hostileMarkdown is what might lead somewhere, or run.
var hostileMarkdown = []string{
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=alert(1)>b</b>",
	"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java&#115;cript:alert(1))", "[a](java&Tab;script:alert(1))",
	"[a](&amp;#106;avascript:alert(1))", `[a](java\script:alert(1))`, "[a](<java\tscript:alert(1)>)", "[a](data:text/html,x)", "[a](vbscript:x)", "[a](file:///etc/passwd)",
	"<javascript:alert(1)>", "![a](javascript:alert(1))", "![a](https://evil.example/x.png)", "![a](//evil.example/x.png)", `![a](/\evil.example/x.png)`, "![a](data:image/png;base64,AA)",
	"[a]: javascript:alert(1)\n\n[a]", "[a](x \"\\\" onclick=alert(1)\")", "# a {onclick=alert(1)}", "[a](%6aavascript:alert(1))", "![a\" onerror=\"alert(1)](x.png)",
	"a[^\"><b>]\n\n[^\"><b>]: [x](javascript:alert(1))", "> [!NOTE]\n> <script>alert(1)</script>", "> [!\"><b>]\n> a",
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
		case "id", "class", "align", "alt", "rel", "loading", "start", "dir", "role":
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

func FuzzMarkdown(f *testing.F) {
	for _, content := range append(hostileMarkdown, "", "---\na: <b>\n---\n# a", "# a\n# a\n# a-1", "> [!NOTE]\n> a", "> [!tip]  \n> # a", "a[^1] b[^1] ![c[^1]](d)\n\n[^1]: e[^2]\n[^2]: f[^1]") {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var made bytes.Buffer
		if layOutMarkdown(append([]byte("Note\nTip\nImportant\nWarning\nCaution\n\n"), content...), &made) != nil {
			return
		}
		seen := map[string]bool{}
		for _, e := range elements(parse(t, made.String()[len(allOfIt):]), "") {
			if id := attr(e, "id"); e.Data == "script" || id != "" && seen[id] {
				t.Errorf("%q brought <%s id=%q>, which must not be, or not twice", content, e.Data, id)
			} else {
				seen[id] = true
			}
		}
	})
}

func FuzzText(f *testing.F) {
	for _, content := range []string{"", "a\r\n\rb\n", "\xff\xfe\x00", "\xfe\xff\xd8", "a\x00b\x00", "<script>&'\"\x7f\x01", "\xef\xbb\xbfä\xc3"} {
		f.Add([]byte(content), "text/plain")
	}
	f.Add([]byte("<meta charset=iso-2022-kr>\xff"), "text/html")
	f.Fuzz(func(t *testing.T, content []byte, ctype string) {
		text, err := newText(bytes.NewReader(content), int64(len(content)), ctype, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		var made strings.Builder
		for piece := range text.Lines() {
			made.WriteString(string(piece))
		}
		if text.unread != nil || !utf8.ValidString(made.String()) {
			t.Errorf("%q is %q, %v", content, made.String(), text.unread)
		}
		for _, e := range elements(withTag(t, parse(t, made.String()), "body"), "") {
			if e.Data != "body" && e.Data != "pre" && e.Data != "span" {
				t.Errorf("%q brought <%s>", content, e.Data)
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

// As GitHub shows them, but in the reader's language.
func TestAlertsOfAMarkdown(t *testing.T) {
	for content, want := range map[string]string{
		"> [!NOTE]\n> a *b*":               "note: Note a b",
		"> [!tip]  \n> a\n> - b":           "tip: Tip a b",
		"> [!IMPORTANT]\n>\n> a":           "important: Important a",
		"> [!WARNING]\n> a\n>\n> b":        "warning: Warning a b",
		"> [!CAUTION]\n> > [!NOTE]\n> > a": "caution: Caution [!NOTE] a",
		"> [!NOTE]":                        "", // GitHub shows these as quotes
		"> [!NOTE] a\n> b":                 "",
		"> [!OTHER]\n> a":                  "",
		"> a\n> [!NOTE]":                   "",
		"- > [!NOTE]\n  > a":               "",
	} {
		article, got := withTag(t, opened(t, "a.md", content), "article"), ""
		for _, e := range withClass(article, "alert") {
			got += strings.Fields(attr(e, "class"))[1] + ": " + strings.Join(strings.Fields(said(e)), " ")
		}
		if got != want {
			t.Errorf("%q shows the alert %q, want %q", content, got, want)
		}
		if want == "" && len(elements(article, "blockquote")) != 1 {
			t.Errorf("%q is not shown as a quote", content)
		}
	}
}

func TestFootnotesOfAMarkdown(t *testing.T) {
	article := withTag(t, opened(t, "a.md", "# Trip\n\na[^x] and b[^1], again[^x]\n\n[^1]: second\n[^x]: first, see [map](map.jpg)\n[^y]: nobody asks\n"), "article")
	targets := map[string]bool{}
	for _, e := range elements(article, "") {
		targets[attr(e, "id")] = true
	}
	links := elements(article, "a")
	for _, a := range links {
		if to := attr(a, "href"); strings.HasPrefix(to, "#") && !targets[to[1:]] {
			t.Errorf("a link to %s, which is not there", to)
		}
	}
	notes := elements(article, "li")
	if len(links) != 7 || len(notes) != 2 || !strings.HasPrefix(strings.TrimSpace(said(notes[0])), "first") {
		t.Errorf("%d links and %d notes, want 7 and 2, the first of them first", len(links), len(notes))
	}
}
