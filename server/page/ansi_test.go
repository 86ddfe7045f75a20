package page

import (
	"strings"
	"testing"
)

func TestLogsHaveTheColoursOfATerminal(t *testing.T) {
	for in, want := range map[string]string{
		"a \x1b[31mred\x1b[0m b\n":            `a <i class="c1">red</i> b` + "\n",
		"\x1b[1;92mok\x1b[m.\n":               `<i class="c2 bold">ok</i>.` + "\n",
		"\x1b[33ma\nb\x1b[39mc\n":             `<i class="c3">a` + "\n</i>|" + `<i class="c3">b</i>c` + "\n",
		"\x1b[38;5;31mx\x1b[48;2;1;2;3my\n":   "xy\n",
		"\x1b[2K\x1b[1Gdone\x1b[?25h\n":       "done\n",
		"\x1b]0;title\x07\n":                  "␛]0;title␇\n",
		"\x1b[31<b>\x1b[31m<b>\x1b[0m\x1b[\n": "&gt;" + `<i class="c1">&lt;b&gt;</i>` + "␛[\n",
		"end \x1b[3":                          "end ␛[3",
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
