package page

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// doorStates are all there are.
var doorStates = []DoorState{DoorClosed, DoorWaiting, DoorRefused, DoorBlocked, DoorUnattended, DoorNobodyNew}

// door renders a door and parses it as a browser without script does.
func door(t testing.TB, d Door) *html.Node {
	t.Helper()
	var b bytes.Buffer
	if err := newPages(t).Door(&b, d); err != nil {
		t.Fatal(err)
	}
	doc, err := html.ParseWithOptions(&b, html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// field returns the field of that name, nil if there is none.
func field(n *html.Node, name string) *html.Node {
	for _, e := range elements(n, "") {
		if (e.Data == "input" || e.Data == "button") && attr(e, "name") == name {
			return e
		}
	}
	return nil
}

func TestDoor(t *testing.T) {
	for _, c := range []struct {
		name      string
		state     DoorState
		title     string
		says      string
		ask       string // the button's text; "" if there is none
		pin, goes bool   // has the field for the PIN; goes on by itself
	}{
		{"closed", DoorClosed, "Ask to come in", "The owner of this folder sees your request in their window.", "Ask to come in", true, false},
		{"waiting", DoorWaiting, "Waiting for the owner…", "This page continues by itself.", "", true, true},
		{"refused", DoorRefused, "Not now", "You can ask again in a minute.", "Ask again", true, false},
		{"blocked", DoorBlocked, "You cannot come in", "The owner of this folder does not let this device in.", "", false, false},
		{"with nobody new", DoorNobodyNew, "Nobody else is let in right now", "Come back later, or tell the owner of this folder that you are here.", "", false, false},
		{"with nobody there", DoorUnattended, "Type the PIN", "Ask the owner of this folder for its PIN.", "", true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := door(t, Door{State: c.state, To: "/a%20b/?page=2", Name: "iPhone"})
			if h1, title := saidIn(t, doc, "h1"), saidIn(t, doc, "title"); h1 != c.title || title != c.title+" · Windowsill" {
				t.Errorf("heading %q, title %q", h1, title)
			}
			if main := saidIn(t, doc, "main"); !strings.Contains(main, c.says) {
				t.Errorf("said %q, want %q", main, c.says)
			}
			button := field(doc, "ask")
			if (button != nil) != (c.ask != "") || button != nil && said(button) != c.ask {
				t.Errorf("button %v, want %q", button, c.ask)
			}
			if got := field(doc, "pin") != nil; got != c.pin {
				t.Errorf("field for the PIN: %v", got)
			}
			refresh, scripts := "", "revisit.js"
			if c.goes {
				refresh, scripts = "10; url=/a%20b/?page=2", "retry.js door.js revisit.js door-reload.js"
			}
			if got := refreshOf(doc); got != refresh {
				t.Errorf("without script the page goes on %q, want %q", got, refresh)
			}
			var got []string
			for _, e := range elements(doc, "script") {
				got = append(got, path.Base(attr(e, "src")))
			}
			if strings.Join(got, " ") != scripts {
				t.Errorf("scripts %q, want %q", got, scripts)
			}
			checkForms(t, doc, "/a%20b/?page=2")
		})
	}
}

// refreshOf returns when and where a page goes that has no script; "" if it
// stays.
func refreshOf(doc *html.Node) string {
	for _, n := range elements(doc, "noscript") {
		for _, meta := range elements(n, "meta") {
			if attr(meta, "http-equiv") == "refresh" {
				return attr(meta, "content")
			}
		}
	}
	return ""
}

// checkForms: each form works without script, and leads back to the address
// wanted.
func checkForms(t *testing.T, doc *html.Node, to string) {
	t.Helper()
	for _, form := range elements(doc, "form") {
		if attr(form, "method") != "post" || attr(form, "action") != "/.windowsill/enter" {
			t.Errorf("a form is sent by %s to %s", attr(form, "method"), attr(form, "action"))
		}
		if got := attr(field(form, "to"), "value"); got != to {
			t.Errorf("a form leads back to %q, want %q", got, to)
		}
		if n := len(elements(form, "button")); n != 1 {
			t.Errorf("a form has %d buttons, so that the Enter key is not clear", n)
		}
		for _, input := range elements(form, "input") {
			if attr(input, "type") != "hidden" && !labelled(form, attr(input, "id")) {
				t.Errorf("the field %s has no label", attr(input, "name"))
			}
		}
	}
}

func labelled(form *html.Node, id string) bool {
	return id != "" && slices.ContainsFunc(elements(form, "label"), func(l *html.Node) bool {
		return attr(l, "for") == id && said(l) != ""
	})
}

func TestDoorFields(t *testing.T) {
	doc := door(t, Door{Name: "iPhone"})
	for _, c := range []struct{ name, key, want string }{
		{"name", "value", "iPhone"},
		{"name", "maxlength", "40"},
		{"name", "autocomplete", "nickname"},
		{"ask", "value", "1"},
		{"pin", "value", ""},
		{"pin", "inputmode", "numeric"}, // a phone shows digits only
		{"pin", "autocomplete", "one-time-code"},
		{"pin", "pattern", " *[0-9]{3} *[0-9]{3} *"},
		{"pin", "maxlength", "9"},
	} {
		if got := attr(field(doc, c.name), c.key); got != c.want {
			t.Errorf("field %s has %s=%q, want %q", c.name, c.key, got, c.want)
		}
	}
}

func TestDoorSaysWhatWentWrong(t *testing.T) {
	for _, state := range doorStates {
		for _, trouble := range []string{"", "This PIN is not right."} {
			var got []string
			for _, e := range elements(door(t, Door{State: state, Trouble: trouble}), "") {
				if attr(e, "role") == "alert" {
					got = append(got, said(e))
				}
			}
			if strings.Join(got, "|") != trouble || trouble == "" && got != nil {
				t.Errorf("state %d alerts %q, want %q", state, got, trouble)
			}
		}
	}
}

func TestRefusalIsNotSaidTwice(t *testing.T) {
	doc := door(t, Door{State: DoorRefused, Trouble: "You can ask again in a minute."})
	if n := strings.Count(saidIn(t, doc, "main"), "ask again in a minute"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

// doorElements and doorAttributes are those of the page of the door. Nothing that
// a device sends may add others.
var (
	doorElements   = strings.Fields("html head meta link title noscript script body main div p img h1 form input label button footer")
	doorAttributes = strings.Fields("lang dir charset name content media rel href http-equiv src defer nomodule class data-lost width height alt role method action type value for id maxlength autocomplete autofocus aria-describedby required inputmode pattern title")
)

// checkDoor reports what the texts in d have broken.
func checkDoor(t *testing.T, d Door) {
	t.Helper()
	doc := door(t, d)
	for _, e := range elements(doc, "") {
		if !slices.Contains(doorElements, e.Data) {
			t.Errorf("%+v brought an element <%s>", d, e.Data)
		}
		for _, a := range e.Attr {
			if !slices.Contains(doorAttributes, a.Key) {
				t.Errorf("%+v brought an attribute %s to <%s>", d, a.Key, e.Data)
			}
		}
		if attr(e, "role") == "alert" && said(e) != strings.TrimSpace(asParsed(d.Trouble)) {
			t.Errorf("trouble %q reads %q", d.Trouble, said(e))
		}
	}
	if got, want := len(elements(doc, "form")), map[DoorState]int{DoorClosed: 2, DoorWaiting: 1, DoorRefused: 2, DoorUnattended: 1}[d.State]; got != want {
		t.Fatalf("%+v has %d forms, want %d", d, got, want)
	}
	checkForms(t, doc, onThisHost(d.To))
	checkOnThisHost(t, onThisHost(d.To))
	if at := refreshOf(doc); at != "" {
		checkOnThisHost(t, strings.TrimPrefix(at, "10; url="))
	}
	if name := field(doc, "name"); name != nil && attr(name, "value") != visible(d.Name) {
		t.Errorf("name %q became %q", d.Name, attr(name, "value"))
	}
}

// checkOnThisHost: the address has a path only, even for a browser, which
// skips controls and takes a backslash for a slash.
func checkOnThisHost(t *testing.T, address string) {
	t.Helper()
	to, err := url.Parse(address)
	path, _, _ := strings.Cut(address, "?")
	if err != nil || strings.ContainsAny(path, "\\\t\r\n ") || to.Scheme != "" || to.Host != "" || !strings.HasPrefix(to.Path, "/") || strings.HasPrefix(address, "//") {
		t.Errorf("the waiting page goes to %q, %v", address, err)
	}
}

func TestWaitingPageStaysOnThisHost(t *testing.T) {
	for _, c := range []struct{ to, want string }{
		{"", "/"}, {"/", "/"}, {"/a%20b/?page=2", "/a%20b/?page=2"}, {"/?a=1&b=2", "/?a=1&b=2"}, {"/a//b", "/a//b"},
		{"//evil.example", "/"}, {"https://evil.example", "/"}, {"javascript:alert(1)", "/"}, {"evil", "/"}, {"@evil.example", "/"},
		{`\\evil.example`, "/"}, {`/\evil.example`, "/%5Cevil.example"}, {"/\t/evil.example", "/"}, {"///evil.example", "/"}, {"http:/evil", "/"}, {"/a#b", "/a"}, {"/%zz", "/"},
		{"/; url=//evil.example", "/;%20url=//evil.example"}, {`/"'>`, "/%22%27%3E"},
	} {
		doc := door(t, Door{State: DoorWaiting, To: c.to})
		_, got, _ := strings.Cut(refreshOf(doc), "url=")
		if got != c.want {
			t.Errorf("%q: the page goes to %q, want %q", c.to, got, c.want)
		}
		if to := attr(field(doc, "to"), "value"); to != c.want {
			t.Errorf("%q: the field holds %q, want %q", c.to, to, c.want)
		}
	}
}

// asParsed is what a browser makes of a text in a page: HTML knows neither
// NUL nor carriage returns.
func asParsed(s string) string {
	return strings.NewReplacer("\x00", "\ufffd", "\r\n", "\n", "\r", "\n").Replace(s)
}

func TestHostileNamesAtTheDoorAreOnlyText(t *testing.T) {
	for _, text := range hostile {
		for _, state := range doorStates {
			checkDoor(t, Door{State: state, To: text, Name: text, Trouble: text})
		}
	}
}

func TestDoorShowsNoInvisibleName(t *testing.T) {
	got := attr(field(door(t, Door{Name: "evil\u202egpj\n"}), "name"), "value")
	if !utf8.ValidString(got) || strings.ContainsFunc(got, invisible) {
		t.Errorf("the field holds %q", got)
	}
}

func FuzzDoor(f *testing.F) {
	for i, text := range hostile {
		f.Add(uint8(i), text, text, text)
	}
	f.Fuzz(func(t *testing.T, state uint8, to, name, trouble string) {
		checkDoor(t, Door{State: doorStates[int(state)%len(doorStates)], To: to, Name: name, Trouble: trouble})
	})
}
