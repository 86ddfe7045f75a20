package cli

import (
	"strings"
	"testing"

	"windowsill/server"
)

func TestPrinterPrintsTextsOnceAndWhole(t *testing.T) {
	var out strings.Builder
	p := &printer{out: &out}
	texts := []server.Text{
		{ID: 1, ByOwner: true, Text: "from here"},
		{ID: 2, Name: "iPhone · Safari", Text: "The code is\n\t1234 \x1b[2J\u202eabc\rPress Ctrl-C\n"},
		{ID: 3, Name: "\x1b[31m\u202etelbaT", Text: strings.Repeat("x", server.LongestText)},
	}
	for n := range len(texts) + 1 {
		p.show(server.Snapshot{State: server.Sharing, Texts: texts[:n]})
	}
	p.show(server.Snapshot{State: server.Sharing, Texts: texts})
	want := "iPhone · Safari sent a text:\n    The code is\n        1234 \\x1b[2J\\u202eabc\\rPress Ctrl-C\n" +
		"\ufffd[31m\ufffdtelbaT sent a text:\n    " + texts[2].Text + "\n"
	if out.String() != want {
		t.Errorf("%.300q", out.String())
	}
}

func TestPrinterSaysHowManyTextsItMissed(t *testing.T) {
	var out strings.Builder
	p := &printer{out: &out}
	p.show(server.Snapshot{State: server.Sharing, Texts: []server.Text{{ID: 11, Name: "Phone", Text: "x"}, {ID: 12, Name: "Phone", Text: "y"}}})
	if want := "Texts came faster than they could be printed: 10 are missing here.\nPhone sent a text:\n    x\nPhone sent a text:\n    y\n"; out.String() != want {
		t.Errorf("%q", out.String())
	}
}

func TestServeSendsTheTextOfTheCommandLine(t *testing.T) {
	e := newEngine(t)
	out, stop := startServing(t, e, Command{Share: server.Share{Folder: t.TempDir()}, Text: "The Wi-Fi is called Attic"})
	for len(e.Snapshot().Texts) == 0 {
		<-out.written
	}
	if got := e.Snapshot().Texts[0]; !got.ByOwner || got.Text != "The Wi-Fi is called Attic" {
		t.Errorf("%+v", got)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}
