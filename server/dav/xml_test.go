package dav

import (
	"strings"
	"testing"
)

// documents are bodies of requests, and what they are when each element
// declares its own namespace; "" if they are refused.
var documents = []struct{ body, want string }{
	{`<D:a xmlns:D="DAV:"><D:b/></D:a>`, `<D:a xmlns:D="DAV:"><D:b xmlns:D="DAV:"></D:b></D:a>`},
	{`<a xmlns="DAV:"><b xmlns="x">&amp;&#65536;</b></a>`, `<D:a xmlns:D="DAV:"><b xmlns="x">&amp;` + "\U00010000" + `</b></D:a>`},
	{`<p:a xmlns:p="x" xmlns:q="y" q:k="1" l="2"/>`, `<a xmlns="x" xmlns:a0="y" a0:k="1" l="2"></a>`},
	{`<a xml:lang="de"><b/></a>`, `<a xmlns="" xml:lang="de"><b xmlns="" xml:lang="de"></b></a>`},
	{`<?xml version="1.0"?><!-- c --><a/>`, `<a xmlns=""></a>`},
	{`<D:a/>`, ""}, {`<a xmlns:b=""/>`, ""}, {`<a><b></a></b>`, ""}, {`<a/><b/>`, ""}, {`<a>`, ""}, {`text`, ""}, {`<a/>text`, ""}, {`</a>`, ""},
	{`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, ""}, {`<a b:c="1"/>`, ""},
	{strings.Repeat("<a>", maxDepth+1) + strings.Repeat("</a>", maxDepth+1), ""},
	{"<a>" + strings.Repeat(" ", maxBody) + "</a>", ""},
}

func TestReadXML(t *testing.T) {
	for _, c := range documents {
		root, err := readXML(strings.NewReader(c.body))
		switch {
		case c.want == "" && err == nil:
			t.Errorf("%.60s was accepted", c.body)
		case c.want != "" && err != nil:
			t.Errorf("%.60s: %v", c.body, err)
		case c.want != "":
			if got := string(appendElement(nil, root)); got != c.want {
				t.Errorf("%s is %s, want %s", c.body, got, c.want)
			}
		}
	}
	if root, err := readXML(strings.NewReader("")); root != nil || err != nil {
		t.Errorf("nothing: %v, %v", root, err)
	}
}

// FuzzReadXML: what is written of a document that was read reads the same again,
// wherever it is put.
func FuzzReadXML(f *testing.F) {
	for _, c := range documents {
		if len(c.body) < 1<<10 { // the fuzzer takes long over large ones
			f.Add(c.body)
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		root, err := readXML(strings.NewReader(body))
		if err != nil || root == nil {
			return
		}
		once := string(appendElement([]byte(`<D:prop xmlns:D="DAV:" xmlns="other" xml:lang="fr">`), root)) + "</D:prop>"
		again, err := readXML(strings.NewReader(once))
		if len(once) > maxBody {
			return
		}
		if err != nil {
			if strings.Count(body, "<") >= maxDepth {
				return // now one deeper
			}
			t.Fatalf("%q was written as %q: %v", body, once, err)
		}
		twice := string(appendElement(nil, again.elements()[0]))
		if want := string(appendElement(nil, root)); twice != want && root.lang != "" {
			t.Errorf("%q: %q, then %q", body, want, twice)
		}
	})
}

func TestAppendHref(t *testing.T) {
	for name, want := range map[string]string{"": "/", "a b/c": "/a%20b/c", "ü&<": "/%C3%BC%26%3C", "\xff%": "/%FF%25"} {
		if got := string(appendHref(nil, name, false)); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	if got := string(appendHref(nil, "a", true)); got != "/a/" {
		t.Error(got)
	}
}

func TestAppendText(t *testing.T) {
	for text, want := range map[string]string{"a<b>&\"": "a&lt;b&gt;&amp;&#34;", "\x01\xffé\n": "\uFFFD\uFFFDé\n", "\r": "&#13;", "\ufffe": "\uFFFD"} {
		if got := string(appendText(nil, text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
