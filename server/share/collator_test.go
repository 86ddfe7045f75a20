package share

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// byICU returns names in ICU's order, for each language; see testdata/order.mjs.
func byICU(t testing.TB) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/order.json")
	if err != nil {
		t.Fatal(err)
	}
	var orders map[string][]string
	if err := json.Unmarshal(data, &orders); err != nil {
		t.Fatal(err)
	}
	return orders
}

// inOrder returns names as a list sorts them.
func inOrder(t testing.TB, of language.Tag, names []string) []string {
	t.Helper()
	l := listOf(0, slices.Clone(names)...)
	if err := l.Sort(t.Context(), Order{Language: of}); err != nil {
		t.Fatal(err)
	}
	sorted := []string{}
	for name := range l.Names(0, l.Len()) {
		sorted = append(sorted, name)
	}
	return sorted
}

func shuffled(names []string) []string {
	names = slices.Clone(names)
	rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

func TestOrderIsThatOfICU(t *testing.T) {
	for of, want := range byICU(t) {
		// ICU puts the language's own script before Latin, x/text after it.
		slices.SortStableFunc(want, func(a, b string) int { return beginsOutsideLatin(a) - beginsOutsideLatin(b) })
		if got := inOrder(t, language.MustParse(of), shuffled(want)); !slices.Equal(got, want) {
			t.Errorf("%s: %q\nwant %q", of, got, want)
		}
	}
}

func beginsOutsideLatin(name string) int {
	if r, _ := utf8.DecodeRuneInString(name); unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
		return 1
	}
	return 0
}

func TestAnotherNameReordersNothing(t *testing.T) {
	for of, names := range byICU(t) {
		tag := language.MustParse(of)
		for range 200 {
			some := shuffled(names)[:10]
			before := inOrder(t, tag, some[1:])
			after := slices.DeleteFunc(inOrder(t, tag, some), func(name string) bool { return name == some[0] })
			if !slices.Equal(before, after) {
				t.Fatalf("%s: %q is the order, and with %q it is\n%q", of, before, some[0], after)
			}
		}
	}
}

func FuzzAnotherNameReordersNothing(f *testing.F) {
	f.Add("00 Intro", "01", "10", "é")
	f.Add("IMG_0000", "IMG_0010", "img_0000", "테스트")
	f.Add("\x00a\xff", "٣a", "３b", "𝟙")
	f.Fuzz(func(t *testing.T, a, b, c, another string) {
		for _, tag := range []language.Tag{language.English, language.Czech, language.Hindi, language.Chinese} {
			before := inOrder(t, tag, []string{a, b, c})
			after := inOrder(t, tag, []string{a, another, b, c})
			if i := slices.Index(after, another); !slices.Equal(before, slices.Delete(after, i, i+1)) {
				t.Errorf("%v: %q is the order, and with %q another one", tag, before, another)
			}
		}
	})
}

// Keys that are made without x/text put names in the order of x/text's keys,
// also where the two meet.
func TestASCIIKeysAreInTheOrderOfCollate(t *testing.T) {
	const characters = "aAbBcChHjJlLnNsStTyYzZ019 _-.,~#'\"(@\x01\t"
	for _, tag := range collate.Supported() {
		c := newCollator(tag)
		if c.ascii == nil {
			continue
		}
		var names []string
		for range 25 {
			var name strings.Builder
			for range rand.IntN(5) {
				name.WriteByte(characters[rand.IntN(len(characters))])
			}
			names = append(names, name.String(), name.String()+"é", "e"+name.String())
		}
		for _, a := range names {
			for _, b := range names {
				quick := bytes.Compare(c.appendKey(nil, a), c.appendKey(nil, b))
				key := bytes.Clone(c.key(appendCounted(nil, a)))
				if full := bytes.Compare(key, c.key(appendCounted(nil, b))); quick != full {
					t.Fatalf("%v: %q and %q compare as %d, with x/text as %d", tag, a, b, quick, full)
				}
			}
		}
	}
}

func TestLettersOfSeveralCharacters(t *testing.T) {
	for of, want := range map[string][]string{
		"cs": {"cyklus", "hora", "chata", "ivan"},
		"hr": {"luk", "ljeto", "more"},
		"da": {"abe", "zebra", "Aarhus"},
	} {
		if got := inOrder(t, language.MustParse(of), shuffled(want)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", of, got, want)
		}
	}
}

func TestDigitsOfEveryScript(t *testing.T) {
	for r := range unicode.MaxRune {
		value, size := digit(string(r))
		if isDigit := unicode.Is(unicode.Nd, r); (size > 0) != isDigit {
			t.Errorf("%q is a digit: %v", r, !isDigit)
		}
		if size == 0 {
			continue
		}
		if next, size := digit(string(r + 1)); size > 0 && next != (value+1)%10 {
			t.Errorf("%q is %d, and the next one is %d", r, value, next)
		}
		if _, before := digit(string(r - 1)); before == 0 && value != 0 {
			t.Errorf("%q is the first of its kind, and %d", r, value)
		}
	}
}

func TestNumbersOfAnyLength(t *testing.T) {
	var names []string
	for n := range 40 {
		names = append(names, "a1"+strings.Repeat("0", n), "a9"+strings.Repeat("9", n)+"a")
	}
	if got := inOrder(t, language.English, shuffled(names)); !slices.Equal(got, names) {
		t.Errorf("%q", got)
	}
}
