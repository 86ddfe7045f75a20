package share

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"
)

// ordered holds names as a person would sort them.
var ordered = []string{
	"", " ", "!", "0", "00", "001", "01", "1", "1.jpg", "1a", "2.jpg", "010.jpg", "10.jpg", "11.jpg", "100.jpg",
	"18446744073709551615", "18446744073709551616", "99999999999999999999999999999999999999999",
	"_", "A", "a", "a 1", "a.txt", "A1", "a1", "a1b2", "a1b10", "a2", "a10", "ab", "B", "b",
	"IMG_9.JPG", "img_10.jpg", "IMG_11.JPG", "v1.2.9", "v1.2.10", "v1.10.0", "z",
	"Ä", "ä", "Äh", "日本1", "日本2", "日本10", "\xff1", "\xff2", "\xff10",
}

func TestNaturalOrder(t *testing.T) {
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := Compare(a, b), cmp.Compare(i, j); got != want {
				t.Errorf("Compare(%q, %q) = %d, want %d", a, b, got, want)
			}
			if got := bytes.Compare(appendKey(nil, a), appendKey(nil, b)); got != 0 && got != cmp.Compare(i, j) {
				t.Errorf("the keys of %q and %q compare as %d", a, b, got)
			}
		}
	}
}

func TestNaturalOrderOfLongNumbers(t *testing.T) {
	small, big := strings.Repeat("9", 100000), "1"+strings.Repeat("0", 100000)
	if Compare(small, big) >= 0 || Compare(big, small) <= 0 {
		t.Error("a number of 100,000 digits comes after a longer one")
	}
}

func TestNaturalOrderIgnoresCapitals(t *testing.T) {
	names := []string{"readme.txt", "Makefile", "LICENSE", "main.go", "Zoo", "apple"}
	slices.SortFunc(names, Compare)
	want := []string{"apple", "LICENSE", "main.go", "Makefile", "readme.txt", "Zoo"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func FuzzCompare(f *testing.F) {
	for i := range ordered {
		f.Add(ordered[i], ordered[(i+1)%len(ordered)], ordered[(i+7)%len(ordered)])
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		ab, ba := Compare(a, b), Compare(b, a)
		if ab != -ba {
			t.Errorf("%q, %q: %d one way and %d the other", a, b, ab, ba)
		}
		if key := bytes.Compare(appendKey(nil, a), appendKey(nil, b)); key != 0 && key != ab {
			t.Errorf("%q, %q: %d, by their keys %d", a, b, ab, key)
		}
		if (ab == 0) != (a == b) {
			t.Errorf("%q, %q: %d", a, b, ab)
		}
		if bc := Compare(b, c); ab < 0 && bc < 0 && Compare(a, c) >= 0 {
			t.Errorf("%q before %q before %q, but not the first before the last", a, b, c)
		}
	})
}
