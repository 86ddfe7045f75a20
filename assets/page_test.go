package assets_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"windowsill/assets"
)

func TestTestsOfThePageStayHome(t *testing.T) {
	if names, err := fs.Glob(assets.Page(), "test*"); err != nil || len(names) > 0 {
		t.Errorf("%q are in the program, %v", names, err)
	}
	if names, err := fs.Glob(assets.Page(), "*.js"); err != nil || len(names) == 0 {
		t.Errorf("scripts in the program: %q, %v", names, err)
	}
}

// The page is right in browsers of 2020, which phones keep that get no updates:
// Safari 13, Chrome 80, Firefox 78. One selector that a browser does not know spoils
// its whole rule, and throws an error in a script.
func TestPageSuitsOldBrowsers(t *testing.T) {
	for pattern, banned := range map[string]*regexp.Regexp{
		// Chrome 87, Safari 14.1. The start alone is older where it is not inset.
		"*.css": regexp.MustCompile(`\b(padding|margin|border|inset)-(inline|block):|[ {]inset:|inset-(inline|block)-`),
		// Chrome 88 and 105, Safari 15.4, Firefox 121.
		"*.js": regexp.MustCompile(`:has\(|:is\(|:where\(|:not\([^()]*,|:focus-visible|\.(at|replaceAll|replaceChildren|findLast|toSorted|hasOwn|structuredClone|randomUUID)\(|\(\?<[=!]`),
	} {
		names, err := fs.Glob(assets.Page(), pattern)
		if err != nil || len(names) == 0 {
			t.Errorf("%s: %q, %v", pattern, names, err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(assets.Page(), name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range banned.FindAllString(string(content), -1) {
				t.Errorf("%s: %s", name, found)
			}
		}
	}
}

// What :is(), :has() and lists in :not() spoil is only what old browsers do not
// have anyway, or what they can be without.
func TestNewSelectorsStandAlone(t *testing.T) {
	names, err := fs.Glob(assets.Page(), "*.css")
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`(?m)^[ \t]*([^@{}/\n]*(?::is|:has|:where)\([^{}\n]*) \{([^}]*)`)
	dispensable := map[string]bool{
		`body:has(.gallery)`:                               true, // the bar is as wide as the wall
		`.prose li:has(> .task)`:                           true, // no dot before a box
		`.toast p:not(:has(button))`:                       true, // as much room on both sides
		`body:has(.live p) .toast`:                         true, // one message above the other
		`.watched:has(.inside) .turns`:                     true, // arrows that are not over the chapters
		`.results:not(:has(.end))::after`:                  true, // "Searching…"
		`.slide:has(noscript picture) > :is(picture, img)`: true, // a picture that is broken without a script lies over its sign
	}
	for _, name := range names {
		content, err := fs.ReadFile(assets.Page(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range rule.FindAllStringSubmatch(string(content), -1) {
			if !dispensable[m[1]] && !strings.Contains(m[2], "forced-color-adjust") {
				t.Errorf("%s: %s", name, m[1])
			}
		}
	}
}
