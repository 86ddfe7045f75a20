//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)|src="([^"]+)"`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

func TestLinksInTheDocumentationLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, ".ci", "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	for _, name := range []string{"README.md", ".ci/CONTRIBUTING.md", ".ci/CHANGELOG.md", "findings/README.md"} {
		pages = append(pages, filepath.Join(root, name))
	}
	for _, page := range pages {
		for _, m := range link.FindAllStringSubmatch(text(t, page), -1) {
			target := m[1] + m[2]
			if strings.Contains(target, "://") {
				continue
			}
			path, anchor, _ := strings.Cut(target, "#")
			at := page
			if path != "" {
				at = filepath.Join(filepath.Dir(page), path)
			}
			if _, err := os.Stat(at); err != nil {
				t.Errorf("%s links to %s: %v", page, target, err)
			} else if anchor != "" && !hasAnchor(text(t, at), anchor) {
				t.Errorf("%s links to %s, where no such heading is", page, target)
			}
		}
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// hasAnchor reports whether a page has a heading to which the places that show
// Markdown give this anchor.
func hasAnchor(page, anchor string) bool {
	for _, m := range heading.FindAllStringSubmatch(page, -1) {
		if strings.ReplaceAll(strings.ToLower(m[1]), " ", "-") == anchor {
			return true
		}
	}
	return false
}

// The tree in the README has the folders of the top, and below them the
// packages.
func TestTheTreeInTheReadmeIsThatOfTheRepository(t *testing.T) {
	_, tree, _ := strings.Cut(text(t, filepath.Join(root, "README.md")), "## How it is built\n\n```\n")
	tree, _, _ = strings.Cut(tree, "```")
	var got []string
	parent := ""
	for line := range strings.Lines(tree) {
		name, _, isFolder := strings.Cut(strings.TrimLeft(line, " "), "/ ")
		switch {
		case !isFolder:
			continue
		case strings.HasPrefix(line, " "):
			name = parent + "/" + name
		default:
			parent = name
		}
		got = append(got, name)
	}
	var want []string
	for _, pattern := range []string{"*", "*/*"} {
		dirs, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			info, err := os.Stat(dir)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(root, dir) // both are relative
			sources, _ := filepath.Glob(filepath.Join(dir, "*.go"))
			if info.IsDir() && !strings.HasPrefix(name, ".") && (pattern == "*" || len(sources) > 0) && name != "dist" {
				want = append(want, filepath.ToSlash(name))
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the README has  %q\nthe repository  %q", got, want)
	}
}
