package words

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// ShortPath returns a path with "~" in place of the home folder.
func ShortPath(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == "/" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, home); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return "~" + rest
	}
	return path
}

// ParsePath returns the path that a person typed or pasted. Spaces and quotes around
// it go, "~" is the home folder, and "file:///…", as file managers copy it, is
// understood. It returns "" if nothing is left.
func ParsePath(s string) string {
	s = strings.TrimSpace(s)
	for _, q := range []string{`"`, `'`} {
		if len(s) > 1 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			s = s[1 : len(s)-1]
		}
	}
	if u, err := url.Parse(s); err == nil && u.Scheme == "file" {
		s = filepath.FromSlash(u.Path)
		if runtime.GOOS == "windows" {
			s = strings.TrimPrefix(s, `\`)
		}
	}
	if s == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(s, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			s = home + rest
		}
	}
	return filepath.Clean(s)
}
