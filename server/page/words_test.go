package page

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"windowsill/server/share"
)

func TestSize(t *testing.T) {
	english := newPages(t).words
	for bytes, want := range map[int64]string{
		0:               "0 B",
		3:               "3 B",
		999:             "999 B",
		1000:            "1 kB",
		1049:            "1 kB",
		1050:            "1.1 kB",
		2_400_000:       "2.4 MB",
		60_000_000:      "60 MB",
		999_949:         "999.9 kB",
		999_950:         "1 MB",
		123_456_789:     "123.5 MB",
		4_294_967_296:   "4.3 GB",
		999_999_999_999: "1 TB",
		math.MaxInt64:   "9.2 EB",
	} {
		if got := strings.ReplaceAll(english.size(bytes), noBreak, " "); got != want {
			t.Errorf("size(%d) = %q, want %q", bytes, got, want)
		}
	}
}

func TestUnknownDateIsLeftOut(t *testing.T) {
	if row := rowOf(t, share.Entry{Name: "a"}); len(elements(row, "time")) != 0 {
		t.Error("there is a date")
	}
	if line := string(appendEntry(nil, share.Entry{Name: "a"}, "a")); strings.Contains(line, "modified") {
		t.Error(line)
	}
}

// A file may bear any date, far beyond what RFC 3339 can write.
func TestDateFarAwayDoesNoHarm(t *testing.T) {
	far := time.Date(292_277, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := saidIn(t, rowOf(t, share.Entry{Name: "a", Modified: far}), "time"); !strings.HasPrefix(got, "1 Jan 292277") {
		t.Errorf("date %q", got)
	}
	if line := string(appendEntry(nil, share.Entry{Name: "a", Modified: far}, "a")); !strings.Contains(line, `"modified":"292277-`) {
		t.Error(line)
	}
}

func TestCounts(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2: "2 files", 999: "999 files", 1000: "1,000 files", 1_234_567: "1,234,567 files"} {
		if got := newPages(t).words.plural("{{.Count}} files", n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// little is a language with few words.
var little = fstest.MapFS{
	"en.json": {Data: []byte(`{"{{.Count}} files": {"one": "{{.Count}} file", "other": "{{.Count}} files"}}`)},
	"ar.json": {Data: []byte(`{"Search": "بحث"}`)},
	"de.json": {Data: []byte(`{"Search": "Suchen", "Up to {{.Name}}": "Hinauf zu {{.Name}}", "2 Jan 2006": "02.01.2006", "{{.Count}} files": {"one": "{{.Count}} Datei", "other": "{{.Count}} Dateien"}}`)},
	"fr.json": {Data: []byte(`{"MB": "Mo", "{{.Count}} files": {"one": "{{.Count}} fichier", "many": "{{.Count}} fichiers", "other": "{{.Count}} fichiers"}}`)},
}

func TestWordsOfALanguage(t *testing.T) {
	english, err := New(files, little)
	if err != nil {
		t.Fatal(err)
	}
	de, fr := english.In("de-AT,de;q=0.9").words, english.In("fr").words
	day := time.Date(2026, 8, 12, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ name, got, want string }{
		{"a text", de.text("Search"), "Suchen"},
		{"with a value", de.text("Up to {{.Name}}", "Name", "<b>"), "Hinauf zu <b>"},
		{"values that look like names", de.text("“{{.Query}}” in {{.Folder}}", "Query", "Folder", "Folder", "{{.Query}}"), "“Folder” in {{.Query}}"},
		{"one", de.plural("{{.Count}} files", 1), "1 Datei"},
		{"many", de.plural("{{.Count}} files", 12_000), "12.000 Dateien"},
		{"none is singular in French", fr.plural("{{.Count}} files", 0), "0 fichier"},
		{"no word for it", de.text("Gallery"), "Gallery"},
		{"no plural for it", fr.plural("{{.Count}} items", 2), "2 items"},
		{"a size", de.size(2_400_000), "2,4" + noBreak + "MB"},
		{"a size whose unit has a name", fr.size(2_400_000), "2,4" + noBreak + "Mo"},
		{"a date", de.date(day), "12.08.2026"},
		{"a date in English", english.words.date(day), "12 Aug 2026"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestLanguageThatSuitsTheReader(t *testing.T) {
	english, err := New(files, little)
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"":                            "en",
		"de":                          "de",
		"de-CH,en;q=0.7":              "de",
		"fr-CA,fr;q=0.9,en-US;q=0.8":  "fr",
		"sw,de;q=0.5":                 "de",
		"sw":                          "en",
		"ar-EG":                       "ar",
		"en-GB,de;q=0.9":              "en",
		"*":                           "en",
		"\x00;;;q=":                   "en",
		strings.Repeat("de,", 10_000): "de",
	} {
		if got := english.In(header).Language(); got != want {
			t.Errorf("%.30q: %s, want %s", header, got, want)
		}
	}
}

func TestWritingDirection(t *testing.T) {
	english, err := New(files, little)
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{"ar": "rtl", "de": "ltr", "en": "ltr"} {
		var b bytes.Buffer
		if err := english.In(header).Message(&b, Message{Status: 404, Title: "T"}); err != nil {
			t.Fatal(err)
		}
		if tag := `<html lang="` + header + `" dir="` + want + `">`; !strings.Contains(b.String(), tag) {
			t.Errorf("no %s in %.80s", tag, b.String())
		}
	}
}

func TestBrokenLanguageIsAnError(t *testing.T) {
	for name, languages := range map[string]fstest.MapFS{
		"no English": {"de.json": {Data: []byte(`{}`)}},
		"no JSON":    {"en.json": {Data: []byte(`{`)}},
		"none":       {},
	} {
		if _, err := New(files, languages); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
