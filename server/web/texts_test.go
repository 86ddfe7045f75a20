package web

import (
	"windowsill/server/access"

	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// sendText sends the form of the page of texts.
func sendText(c *client, text string, headers ...string) int {
	headers = append(headers, "Content-Type: application/x-www-form-urlencoded")
	return c.sendBody(http.MethodPost, "/.windowsill/text", url.Values{"text": {text}}.Encode(), headers...).Code
}

func TestTextsGoToTheOwnerAndBackAndToNobodyElse(t *testing.T) {
	s, _ := start(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Add}})
	phone, tablet := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
	enterByKey(s, phone)
	enterByKey(s, tablet)
	const hostile = "<script>alert(1)</script>\r\n\"&\u202e"
	if code := sendText(phone, hostile, browser); code != http.StatusSeeOther {
		t.Errorf("status %d", code)
	}
	must(t, s.SendText("https://example.org/?a=1&b=2"))

	sent := s.texts.All()
	if len(sent) != 2 || sent[0].Text != strings.ReplaceAll(hostile, "\r\n", "\n") || sent[0].ByOwner || sent[0].Device == 0 || !sent[1].ByOwner || sent[1].ID <= sent[0].ID {
		t.Errorf("%+v", sent)
	}
	of := func(c *client) string { return c.send(http.MethodGet, "/.windowsill/text", browser).Body.String() }
	for _, want := range []string{"&lt;script&gt;alert(1)", `<a href="https://example.org/?a=1&amp;b=2"`, "From the owner", "From this device"} {
		if !strings.Contains(of(phone), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if page := of(phone); strings.Contains(page, "<script>alert") {
		t.Error("a text is markup")
	}
	if page := of(tablet); strings.Contains(page, "alert(1)") || !strings.Contains(page, "example.org") {
		t.Error("another device reads the wrong texts")
	}
	log := s.recorder.Snapshot().Log
	for i := range log.Len() {
		if row := log.At(i); strings.Contains(row.Note+row.Target, "alert") || strings.Contains(row.Note, "example") {
			t.Errorf("the log holds a text: %+v", row)
		}
	}
}

func TestTextsAreBounded(t *testing.T) {
	s, _ := start(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Add}})
	c := clientOf(t, s, "192.168.1.23")
	enterByKey(s, c)
	for text, want := range map[string]int{
		"": 400, " \n": 400, strings.Repeat("x", LongestText): 201, strings.Repeat("x", LongestText+1): 413,
		strings.Repeat("é", LongestText): 413, strings.Repeat("x", 1<<20): 413, "\xff": 201,
	} {
		if got := sendText(c, text); got != want {
			t.Errorf("%.10q, %d bytes: status %d, want %d", text, len(text), got, want)
		}
	}
	for range 2 * maxTexts {
		must(t, s.SendText("again"))
	}
	if sent := s.texts.All(); len(sent) != maxTexts || sent[0].Text != "again" {
		t.Errorf("%d texts are kept", len(sent))
	}
}

func TestOpenPageIsToldOfTheOwnersText(t *testing.T) {
	s, home := start(t, t.TempDir(), setup{})
	if err := s.SendText(" "); !errors.Is(err, ErrNoText) {
		t.Errorf("nothing to send: %v", err)
	}
	next := listenTo(t, home+"/.windowsill/live")
	must(t, s.SendText("hello"))
	if got := next(); got != "text" {
		t.Errorf("the open page hears %q", got)
	}
}

func TestFolderLinksToTextsWhenThereIsSomethingToDo(t *testing.T) {
	s, home := start(t, t.TempDir(), setup{})
	leads := func() bool {
		_, page := get(t, http.MethodGet, home+"/", browser)
		return strings.Contains(page, `href="/.windowsill/text"`)
	}
	if leads() {
		t.Error("there is nothing to read, and nobody may send")
	}
	must(t, s.SendText("hello"))
	if !leads() {
		t.Error("no way to the owner's text")
	}
	s.guard.SetPolicy(access.Policy{Allow: access.Add})
	if !leads() {
		t.Error("no way to send one")
	}
}

func TestTakeBackAText(t *testing.T) {
	s, _ := start(t, t.TempDir(), setup{Policy: access.Policy{Allow: access.Add}})
	phone := clientOf(t, s, "192.168.1.23")
	enterByKey(s, phone)
	sendText(phone, "from the phone", browser)
	must(t, s.SendText("by mistake"))
	must(t, s.SendText("on purpose"))
	for _, text := range s.texts.All() {
		if text.Text != "on purpose" {
			s.TakeBack(text.ID)
		}
	}
	page := phone.send(http.MethodGet, "/.windowsill/text", browser).Body.String()
	for text, want := range map[string]bool{"from the phone": true, "by mistake": false, "on purpose": true} {
		if got := strings.Contains(page, text); got != want {
			t.Errorf("%q is on the page: %v, want %v", text, got, want)
		}
	}
}
