package dav

import (
	"net/http"
	"reflect"
	"testing"
)

var ifHeaders = []struct {
	text string
	want []ifList // nil if it is malformed
}{
	{`(<urn:uuid:1>)`, []ifList{{"", []condition{{false, "urn:uuid:1", ""}}}}},
	{`(<urn:uuid:1> ["I am an ETag"]) (["another"])`, []ifList{{"", []condition{{false, "urn:uuid:1", ""}, {false, "", `"I am an ETag"`}}}, {"", []condition{{false, "", `"another"`}}}}},
	{`(Not <urn:uuid:1> <urn:uuid:2>)`, []ifList{{"", []condition{{true, "urn:uuid:1", ""}, {false, "urn:uuid:2", ""}}}}},
	{`(NOT<DAV:no-lock>)`, []ifList{{"", []condition{{true, "DAV:no-lock", ""}}}}},
	{`</a> (<urn:uuid:1> [W/"weak"]) (["strong"]) <http://x/b>(<urn:uuid:2>)`, []ifList{
		{"/a", []condition{{false, "urn:uuid:1", ""}, {false, "", `W/"weak"`}}}, {"/a", []condition{{false, "", `"strong"`}}}, {"http://x/b", []condition{{false, "urn:uuid:2", ""}}},
	}},
	{`(["with ] in it"])`, []ifList{{"", []condition{{false, "", `"with ] in it"`}}}}},
	{`()`, nil}, {`(`, nil}, {`(<`, nil}, {`(<>)`, nil}, {`<urn:uuid:1>`, nil}, {`</a> </b> (<urn:uuid:1>)`, nil}, {`(<urn:uuid:1>) </a>`, nil},
	{`([no quotes])`, nil}, {`(["open)`, nil}, {`(["x" ])`, nil}, {`(Not)`, nil}, {`x`, nil}, {`(<urn:uuid:1>`, nil}, {`(<urn:uuid:1>))`, nil},
}

func TestIfHeader(t *testing.T) {
	for _, c := range ifHeaders {
		got, err := parseIf(http.Header{"If": {c.text}})
		if !reflect.DeepEqual(got, c.want) || (err != nil) != (c.want == nil) {
			t.Errorf("%s: %+v, %v; want %+v", c.text, got, err, c.want)
		}
	}
	if got, err := parseIf(http.Header{}); got != nil || err != nil {
		t.Errorf("no header: %v, %v", got, err)
	}
}

func FuzzIfHeader(f *testing.F) {
	for _, c := range ifHeaders {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lists, err := parseIf(http.Header{"If": {text}})
		if err != nil && lists != nil {
			t.Errorf("%q: lists of a malformed header", text)
		}
		for _, l := range lists {
			if len(l.conditions) == 0 {
				t.Errorf("%q: an empty list, which would always hold", text)
			}
			for _, c := range l.conditions {
				if (c.token == "") == (c.etag == "") {
					t.Errorf("%q: neither a token nor a tag, or both: %+v", text, c)
				}
			}
		}
	})
}
