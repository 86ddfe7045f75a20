package subtitles

import (
	"strings"
	"testing"
	"time"
)

func TestSubtitlesInAFilmBecomeWebVTT(t *testing.T) {
	for format, texts := range map[string]map[string]string{
		"srt": {
			"a <i>b</i>\r\nc": "a <i>b</i>\nc", "1 < 2 & \"3\"": "1 &lt; 2 &amp; \"3\"", "{\\an8}up": " line:0|up",
			"a\n\nb": "a\nb", "<script>x</script>": "x", "\xff": "\ufffd", " \n ": "",
		},
		"ass": {"0,0,Default,,0,0,0,,a, b\\Nc": "a, b\nc", "1,0,Default,,0,0,0,,{\\p1}m 0 0{\\p0}": "", "odd": "odd"},
		"txt": {"a <i>b</i>": "a &lt;i&gt;b&lt;/i&gt;", "a\rb": "a\nb"},
		"vtt": {"<v Ann>a</v>\n\n&amp;": "<v Ann>a</v>\n&amp;", "a --> b": "a → b"},
	} {
		for text, want := range texts {
			settings := ""
			if before, after, ok := strings.Cut(want, "|"); ok {
				settings, want = before, after
			}
			if want != "" {
				want = "\n00:00:01.000 --> 01:00:02.500" + settings + "\n" + want + "\n"
			}
			var b strings.Builder
			if err := ConvertEvents(&b, []Event{{time.Second, time.Hour + 2500*time.Millisecond, text}}, format); err != nil {
				t.Fatal(err)
			}
			if got := b.String(); got != "WEBVTT\n"+want {
				t.Errorf("%s %q: %q, want %q", format, text, got, want)
			}
		}
	}
}
