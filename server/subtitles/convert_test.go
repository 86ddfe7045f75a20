package subtitles

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/language"

	"windowsill/server/charset"
)

// conversions are files as people have them, and the cues that come of them.
var conversions = []struct{ what, name, file, want string }{
	{"plain", "a.srt", "1\n00:00:01,000 --> 00:00:02,500\nHello\nworld\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n",
		"00:00:01.000 --> 00:00:02.500\nHello\nworld\n\n00:00:03.000 --> 00:00:04.000\nBye\n"},
	{"of Windows", "a.srt", "\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nBye\r\n",
		"00:00:01.000 --> 00:00:02.500\nHello\n\n00:00:03.000 --> 00:00:04.000\nBye\n"},
	{"of old Macs", "a.srt", "1\r00:00:01,000 --> 00:00:02,500\rHello\r\r", "00:00:01.000 --> 00:00:02.500\nHello\n"},
	{"no empty line between", "a.srt", "1\n00:00:01,000 --> 00:00:02,500\nHello\n2\n00:00:03,000 --> 00:00:04,000\nBye",
		"00:00:01.000 --> 00:00:02.500\nHello\n\n00:00:03.000 --> 00:00:04.000\nBye\n"},
	{"an empty line in the text", "a.srt", "1\n00:00:01,000 --> 00:00:02,500\nHello\n\nagain\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n",
		"00:00:01.000 --> 00:00:02.500\nHello\nagain\n\n00:00:03.000 --> 00:00:04.000\nBye\n"},
	{"a number as text", "a.srt", "1\n00:00:01,000 --> 00:00:02,500\nHow old?\n42\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n",
		"00:00:01.000 --> 00:00:02.500\nHow old?\n42\n\n00:00:03.000 --> 00:00:04.000\nBye\n"},
	{"no numbers, points, coordinates, short", "a.srt", "0:0:1.5 --> 0:0:2.05 X1:10 Y1:30\nHello\n\n0:59:03:250 --> 1:0:4\nBye\n",
		"00:00:01.500 --> 00:00:02.050\nHello\n\n00:59:03.250 --> 01:00:04.000\nBye\n"},
	{"a spoilt time", "a.srt", "1\n00:00:01,000 --> xx\nLost\n\n2\n00:00:03,000 --> 00:00:04,000\nBye\n", "00:00:03.000 --> 00:00:04.000\nBye\n"},
	{"an arrow in the text", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\na --> b\n", "00:00:01.000 --> 00:00:02.000\na --&gt; b\n"},
	{"tags", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n<I>a</I> <font color=\"red\">b</font> {\\an8}c <script>d</script> {e}\n",
		"00:00:01.000 --> 00:00:02.000 line:0\n<i>a</i> b c d {e}\n"},
	{"signs and entities", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nTom & Jerry &amp; 1 < 2 > 0 &#10;&#10;x\n",
		"00:00:01.000 --> 00:00:02.000\nTom &amp; Jerry &amp; 1 &lt; 2 &gt; 0   x\n"},
	{"nothing to show", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:05,000 --> 00:00:04,000\nBack\n", ""},
	{"a long film", "a.srt", "1\n123:00:01,000 --> 123:00:02,000\nLate\n", "123:00:01.000 --> 123:00:02.000\nLate\n"},

	{"SubStation", "a.ass", "[Script Info]\n\n[V4+ Styles]\nFormat: Name, Fontsize\nStyle: Default,none\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n" +
		"Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\i1}Hello{\\i0}\\NTom & <Jerry>, yes\\hno{a note}\nComment: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,hidden\n",
		"00:00:01.000 --> 00:00:02.500\nHello\nTom &amp; , yes\u00a0no\n"},
	{"drawings and layers", "a.ssa", "Dialogue: 0,0:00:01.00,0:00:02.50,D,,0,0,0,,{\\p1}m 0 0 l 1 1{\\c&H1&}l 2 2{\\p0}\nDialogue: 0,0:00:01.00,0:00:02.50,D,,0,0,0,,{\\an5}Sign\nDialogue: 1,0:00:01.00,0:00:02.50,D,,0,0,0,,{\\blur2}Sign\nDialogue: 0,0:00:01.00\n",
		"00:00:01.000 --> 00:00:02.500 line:45%\nSign\n"},
	{"other columns", "a.ass", "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,a, b\n", "00:00:01.000 --> 00:00:02.000\na, b\n"},

	{"WebVTT", "a.vtt", "WEBVTT - title\n\nNOTE x\n\nid\n00:01.000 --> 00:02.000 align:start\n<v Tom>Hello</v>\n", "NOTE x\n\nid\n00:00:01.000 --> 00:00:02.000 align:start\n<v Tom>Hello</v>\n"},
	{"WebVTT with commas and without a header", "a.vtt", "00:01,000 --> 00:02,000\nHello\n", "00:00:01.000 --> 00:00:02.000\nHello\n"},
}

func TestConvert(t *testing.T) {
	for _, c := range conversions {
		for how, wrap := range map[string]func(io.Reader) io.Reader{"at once": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader} {
			var b bytes.Buffer
			if err := convert(&b, wrap(strings.NewReader(strings.TrimPrefix(c.file, "\xef\xbb\xbf"))), c.name); err != nil {
				t.Fatal(err)
			}
			got, ok := strings.CutPrefix(b.String(), "WEBVTT\n")
			if got = strings.TrimPrefix(got, "\n"); !ok || got != c.want {
				t.Errorf("%s, %s:\n%q, want\n%q", c.what, how, got, c.want)
			}
		}
	}
}

// The language in a name is a better hint than what the visitor's browser asks for.
func TestConvertFromAnyEncoding(t *testing.T) {
	for _, c := range []struct {
		name, text string
		encoding   charset.Name
	}{
		{"film.srt", "Привет, как дела?", "utf-8"},
		{"film.srt", "Привет, как дела?", "utf-16le"},
		{"film.ru.srt", "Привет, как дела?", "windows-1251"},
		{"film.ja.srt", "お元気ですか。", "shift_jis"},
		{"film.zh-CN.ass", "你好，最近怎么样？", "gb18030"},
		{"film.de.srt", "Schöne Grüße", "windows-1252"},
	} {
		line := "1\n00:00:01,000 --> 00:00:02,000\n"
		if formatOf(c.name) == subStation {
			line = "Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,"
		}
		file, err := c.encoding.Encoding().NewEncoder().String(line + c.text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := Convert(&b, strings.NewReader(file), c.name, []language.Tag{language.English}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), " --> 00:00:02.000\n"+c.text+"\n") {
			t.Errorf("%s in %s: %q", c.name, c.encoding, b.String())
		}
	}
}

func TestErrorsOfReadingAndWritingAreTold(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("1\n00:00:01,000 --> 00:00:02,000\na\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if err := convert(io.Discard, broken, "a.srt"); err != io.ErrUnexpectedEOF {
		t.Errorf("reading: %v", err)
	}
	r, w := io.Pipe()
	r.Close()
	if err := convert(w, strings.NewReader(conversions[0].file), "a.srt"); err != io.ErrClosedPipe {
		t.Errorf("writing: %v", err)
	}
}

// Whatever a file holds, each cue has its own text: none opens another one.
func FuzzConvert(f *testing.F) {
	for _, c := range conversions {
		f.Add(c.name, c.file)
	}
	f.Fuzz(func(t *testing.T, name, file string) {
		var b bytes.Buffer
		if err := convert(&b, strings.NewReader(file), name); err != nil {
			t.Fatal(err)
		}
		if format := formatOf(name); format != subRip && format != subStation {
			return
		}
		for i, block := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n\n") {
			first, text, _ := strings.Cut(block, "\n")
			if i == 0 && block == "WEBVTT" {
				continue
			}
			if _, _, _, ok := readTiming(first); !ok || text == "" || strings.Contains(text, "-->") {
				t.Errorf("%q", block)
			}
		}
	})
}
