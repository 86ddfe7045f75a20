package page

import (
	"strings"
	"testing"
)

func TestLogsHaveTheColoursOfATerminal(t *testing.T) {
	for in, want := range map[string]string{
		"a \x1b[31mred\x1b[0m b\n":                                         `a <i class="c1">red</i> b` + "\n",
		"\x1b[1;92mok\x1b[m.\n":                                            `<i class="c2 bold">ok</i>.` + "\n",
		"\x1b[33ma\nb\x1b[39mc\n":                                          `<i class="c3">a` + "\n</i>|" + `<i class="c3">b</i>c` + "\n",
		"\x1b[38;5;31mx\x1b[48;2;1;2;3my\n":                                "xy\n",
		"\x1b[2K\x1b[1Gdone\x1b[?25h\n":                                    "done\n",
		"\x1b]0;a: title\x07$ \x1b]2;é\x1b\\.\n":                           "$ .\n",
		"\x1b]8;;http://a/?b;c\x1b\\a \x1b[36mlink\x1b[m\x1b]8;;\x1b\\.\n": `a <i class="c6">link</i>.` + "\n",
		"\x1b(B\x1b[?25l\x1b7\x1b[2;3Ha\x1b8\x1b=\x1b#8\x1b[1 q\x0fb\n":    "ab\n",
		"\x1bPq#0\x1b\\\x1b_Gi=1;A\x1b\\\x1b^p\x1b\\\x1bXs\x1b\\a\n":       "a\n",
		"\x1b]1337;File=:" + strings.Repeat("Q", maxString-20) + "\ap\n":   "p\n",
		"\x1b]" + strings.Repeat("Q", maxString) + "\a\n":                  "␛]" + strings.Repeat("Q", maxString) + "␇\n",
		"\x1b[>4;1mvim\x1b[>4m\n":                                          "vim\n",
		"\x1b]0;never ended\nb\n":                                          "␛]0;never ended\n|b\n",
		"\x1b]0;broken\x1b[31mr\n":                                         `␛]0;broken<i class="c1">r` + "\n</i>",
		"\x1b[3\x1b[31mr\n":                                                `␛[3<i class="c1">r` + "\n</i>",
		"a\x1b":                                                            "a␛",
		"a\x1b\nb\x1b\x1b(0c\n":                                            "a␛\n|b␛c\n",
		"\x1b[31<b>\x1b[31m<b>\x1b[0m\x1b[\n":                              "&gt;" + `<i class="c1">&lt;b&gt;</i>` + "␛[\n",
		"end \x1b[3":                                                       "end ␛[3",
	} {
		for _, size := range []int{1, 2, 1000} {
			var w lineWriter
			for i := 0; i < len(in); i += size {
				w.write([]byte(in[i:min(i+size, len(in))]))
			}
			w.close()
			if got := linesOf(string(w.take())); got != want {
				t.Errorf("%q, %d at a time: %q, want %q", in, size, got, want)
			}
		}
	}
}

// linesOf returns what is in the elements of lines, with a bar between.
func linesOf(html string) string {
	html = strings.TrimSuffix(strings.TrimPrefix(html, `<pre dir="auto"><span>`), "</pre>")
	return strings.TrimSuffix(strings.ReplaceAll(html, "</span><span>", "|"), "</span>")
}
