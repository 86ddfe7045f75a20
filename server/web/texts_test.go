package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"windowsill/server/access"
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
	must(t, s.SendText("https://example.org/?a=1&b=2", 0))

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
		must(t, s.SendText("again", 0))
	}
	if sent := s.texts.All(); len(sent) != maxTexts || sent[0].Text != "again" {
		t.Errorf("%d texts are kept", len(sent))
	}
}

func TestOpenPageIsToldOfTheOwnersText(t *testing.T) {
	s, home := start(t, t.TempDir(), setup{})
	if err := s.SendText(" ", 0); !errors.Is(err, ErrNoText) {
		t.Errorf("nothing to send: %v", err)
	}
	next := listenTo(t, home+"/.windowsill/live")
	must(t, s.SendText("hello", 0))
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
	must(t, s.SendText("hello", 0))
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
	must(t, s.SendText("by mistake", 0))
	must(t, s.SendText("on purpose", 0))
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

// What the owner sends to one device must not reach another by any way.
func TestTextForOneDevice(t *testing.T) {
	s, _ := start(t, t.TempDir(), setup{})
	phone, tablet, stranger := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24"), clientOf(t, s, "192.168.1.25")
	enterByKey(s, phone)
	enterByKey(s, tablet)
	var to uint64
	for _, d := range s.guard.Devices() {
		if d.Addr == netip.MustParseAddr("192.168.1.23") {
			to = d.ID
		}
	}
	if err := s.SendText("for nobody", to+1000); !errors.Is(err, ErrNoDevice) {
		t.Errorf("a device that is not there: %v", err)
	}
	must(t, s.SendText("only for the phone", to))
	s.guard.SetPolicy(access.Policy{Open: true}) // so that the stranger is in, without a number
	for _, c := range []struct {
		name string
		*client
		gets bool
	}{{"phone", phone, true}, {"tablet", tablet, false}, {"stranger", stranger, false}} {
		for _, target := range []string{"/.windowsill/text", "/", "/?json"} {
			page := c.send(http.MethodGet, target, browser).Body.String()
			if got, want := strings.Contains(page, "only for the phone"), c.gets && target == "/.windowsill/text"; got != want {
				t.Errorf("%s reads it at %s: %v", c.name, target, got)
			}
			if got, want := strings.Contains(page, `href="/.windowsill/text"`), c.gets; target == "/" && got != want {
				t.Errorf("%s is led to it: %v", c.name, got)
			}
		}
	}
	s.TakeBack(s.texts.All()[0].ID)
	if page := phone.send(http.MethodGet, "/.windowsill/text", browser).Body.String(); strings.Contains(page, "only for") {
		t.Error("It cannot be taken back.")
	}
}

func TestOnlyTheDevicesPagesAreToldOfItsText(t *testing.T) {
	var s streams
	one, err := s.open(1, netip.Addr{})
	must(t, err)
	two, err := s.open(2, netip.Addr{})
	must(t, err)
	none, err := s.open(0, netip.MustParseAddr("192.168.1.5"))
	must(t, err)
	told := func() string { return fmt.Sprint(len(one.text), len(two.text), len(none.text)) }
	if s.sendText(2); told() != "0 1 0" {
		t.Error(told())
	}
	if s.sendText(0); told() != "1 1 1" {
		t.Error(told())
	}
}
