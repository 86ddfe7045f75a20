package page

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"time"

	"windowsill/server/share"
)

// jsonEntry is one entry as programs see it.
type jsonEntry struct {
	Name     string `json:"name"` // not exact if the name is not UTF-8
	Href     string `json:"href"` // exact
	Dir      bool   `json:"dir"`
	Size     int64  `json:"size"`               // bytes; 0 for a folder
	Modified string `json:"modified,omitempty"` // RFC 3339, UTC
}

// JSON writes the whole folder as one JSON object:
//
//	{"share":"Photos","path":"2026","entries":[
//	{"name":"a.jpg","href":"a.jpg","dir":false,"size":2400000,"modified":"2026-08-12T17:48:00Z"}
//	]}
//
// It writes entries as the list yields them. Where a name is not UTF-8,
// "name" holds U+FFFD; "href", relative to the folder's address, is exact.
func (p *Pages) JSON(w io.Writer, f Folder) error {
	b := bufio.NewWriterSize(w, 16<<10)
	b.WriteString(`{"share":` + quoted(f.Share) + `,"path":` + quoted(f.Path) + `,"entries":[` + "\n")
	lines := json.NewEncoder(b)
	first := true
	for e := range f.List.Entries(0, f.List.Len()) {
		if !first {
			b.WriteByte(',')
		}
		first = false
		if err := lines.Encode(newJSONEntry(e)); err != nil {
			return err
		}
	}
	b.WriteString("]}\n")
	return b.Flush()
}

func newJSONEntry(e share.Entry) *jsonEntry {
	j := &jsonEntry{Name: e.Name, Href: Href(e.Name, e.Dir), Dir: e.Dir}
	if !e.Dir {
		j.Size = e.Size
	}
	if !e.Modified.IsZero() {
		j.Modified = e.Modified.UTC().Format(time.RFC3339)
	}
	return j
}

func quoted(s string) string {
	text, _ := json.Marshal(strings.ToValidUTF8(s, "\uFFFD")) // a string cannot fail
	return string(text)
}
