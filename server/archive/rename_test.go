package archive

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"windowsill/server/share"
)

// forWindows selects the whole share for Windows.
func forWindows() Selection { return Selection{Format: ZIP, Windows: true, Title: "Photos"} }

func TestNamesThatWindowsCanUnpack(t *testing.T) {
	p := packed(t, map[string]string{
		"a:b.txt": "1", "a?b.txt": "2", "A_B.txt": "3", // the last one needs no other name
		"README": "4", "readme": "5", "Readme": "6",
		"aux.txt": "7", "dots...": "8", `back\slash`: "9", "gr\xff": "10",
		"Größe/x": "11", "größe/x": "12", "what?/who?/why?": "13", "plain": "14", strings.Repeat("日", 85): "15",
	})
	got := unzip(t, whole(t, p, forWindows()))
	note := got["RENAMED.txt"]
	delete(got, "RENAMED.txt")
	same(t, got, map[string]string{
		"Photos/": "", "Photos/A_B.txt": "3", "Photos/a_b (2).txt": "1", "Photos/a_b (3).txt": "2",
		"Photos/README": "4", "Photos/Readme (2)": "6", "Photos/readme (3)": "5",
		"Photos/_aux.txt": "7", "Photos/dots": "8", "Photos/back\uFFFD5cslash": "9", "Photos/gr\uFFFDff": "10",
		"Photos/Größe/": "", "Photos/Größe/x": "11", "Photos/größe (2)/": "", "Photos/größe (2)/x": "12",
		"Photos/what_/": "", "Photos/what_/who_/": "", "Photos/what_/who_/why_": "13", "Photos/plain": "14", "Photos/" + strings.Repeat("日", 85): "15",
	})
	for _, line := range []string{"Photos/a:b.txt\r\n    a_b (2).txt\r\n", "Photos/what?/who?/why?\r\n    why_\r\n", "Photos/größe\r\n    größe (2)\r\n"} {
		if !strings.Contains(note, line) {
			t.Errorf("%q is not in the note: %q", line, note)
		}
	}
	if strings.Contains(note, "plain") || strings.Contains(note, "Größe/x") || strings.Count(note, "\r\n    ") != 10 {
		t.Errorf("the note has more than what has another name: %q", note)
	}
	for name := range unzip(t, whole(t, p, all(ZIP))) {
		if strings.Contains(name, "RENAMED") || strings.Contains(name, " (2)") || strings.Contains(name, "_aux") {
			t.Errorf("%q is in the archive for others", name)
		}
	}
}

func TestNamesThatWindowsTakesStay(t *testing.T) {
	p := packed(t, map[string]string{"a": "1", "Größe/b c.txt": "2", ".x": "3"})
	if !bytes.Equal(whole(t, p, all(ZIP)), whole(t, p, forWindows())) {
		t.Error("The archive for Windows differs.")
	}
}

func TestTitleForWindows(t *testing.T) {
	p := packed(t, map[string]string{"a": "1"})
	got := unzip(t, whole(t, p, Selection{Format: ZIP, Windows: true, Title: "renamed.txt?", Names: []string{"a"}}))
	delete(got, "RENAMED.txt")
	same(t, got, map[string]string{"renamed.txt_/": "", "renamed.txt_/a": "1"})
	got = unzip(t, whole(t, p, Selection{Format: ZIP, Windows: true, Title: "renamed.txt.", Names: []string{"a"}}))
	if got["renamed.txt/a"] != "1" || got["RENAMED 2.txt"] == "" {
		t.Errorf("%q", slices.Sorted(maps.Keys(got)))
	}
}

func TestOneNoteForWhatIsLeftOutAndRenamed(t *testing.T) {
	p := packed(t, map[string]string{"a?": "1"})
	note := unzip(t, whole(t, p, Selection{Format: ZIP, Windows: true, Title: "Photos", Names: []string{"a?", "gone"}}))["NOT INCLUDED.txt"]
	if !strings.Contains(note, "Photos/gone\r\n    It is not there any more.\r\n\r\n") || !strings.HasSuffix(note, "Photos/a?\r\n    a_\r\n") {
		t.Errorf("%q", note)
	}
}

func TestTagTellsRenamedOnesApart(t *testing.T) {
	p := packed(t, map[string]string{"a?": "1"})
	first, other, again := open(t, p, forWindows()), open(t, p, all(ZIP)), open(t, packedAt(t, p.share.Path()), forWindows())
	if first.ETag() == other.ETag() {
		t.Error("The archives for Windows and for others have the same tag.")
	}
	if first.ETag() != again.ETag() {
		t.Error("The tag does not survive a restart.")
	}
	part, err := p.OpenPart(t.Context(), "a", forWindows())
	must(t, err)
	defer part.Close()
	if part.ETag() != first.ETag() {
		t.Error("Who goes on gets the archive for others.")
	}
}

func TestRangesForWindows(t *testing.T) {
	p := packed(t, map[string]string{"a?b": bit(300, 1), "A_b": bit(100, 2), "aux/nul": "x"})
	want := whole(t, p, forWindows())
	r := open(t, p, forWindows())
	for from := 0; from <= len(want); from += 7 {
		if got, err := sent(r, int64(from), int64(len(want))); err != nil || !bytes.Equal(got, want[from:]) {
			t.Fatalf("from %d: %d bytes, %v", from, len(got), err)
		}
	}
	if !bytes.Equal(whole(t, packedAt(t, p.share.Path()), forWindows()), want) {
		t.Error("It differs when the checksums are not known.")
	}
}

// Thousands of names that become the same do not take for ever.
func TestManyClashes(t *testing.T) {
	c := claims{taken: map[uint64]int32{}}
	c.seed = newSums().seed
	seen := map[string]bool{}
	for range 20_000 {
		seen[c.free(0, "????")] = true
	}
	if len(seen) != 20_000 || !seen["____"] || !seen["____ (20000)"] {
		t.Errorf("%d names", len(seen))
	}
}

func FuzzRename(f *testing.F) {
	for _, names := range []string{"a:b/a?b/A_B", "README/readme/Readme (2)/readme (2)", "aux/AUX/_aux", "a./a /a", "\xff/\uFFFDff"} {
		f.Add(names)
	}
	f.Fuzz(func(t *testing.T, names string) {
		l := &layout{format: zipFormat{}}
		b := builder{layout: l, windows: true, take: func(int64) error { return nil }}
		must(t, b.add(entry{kind: folder, parent: -1}, "Photos"))
		given := map[string]bool{"": true}
		for name := range strings.SplitSeq(names, "/") {
			if !given[name] && len(name) < 256 {
				given[name] = true
				must(t, b.add(entry{}, name))
			}
		}
		must(t, b.rename())
		have := map[string]bool{}
		for i := 1; i < len(l.entries); i++ {
			name := string(l.appendName(nil, i))
			if upper := strings.ToUpper(name); have[upper] || share.WindowsName(name, 1) != name || len(utf16.Encode([]rune(name))) > 255 {
				t.Errorf("%q of %q is there twice, or not for Windows", name, l.name(i))
			} else {
				have[upper] = true
			}
		}
	})
}
