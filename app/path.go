package app

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// typedPath makes a path of what a person typed or pasted: spaces and quotes
// around it go, "~" is the home folder, and what a file manager copied as
// "file:///..." is understood too.
func typedPath(s string) string {
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

// existing returns the first few of these folders that are there. It asks the
// disk, which may be a slow one.
func existing(folders []string, limit int) []string {
	var found []string
	for _, f := range folders {
		if len(found) == limit {
			break
		}
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			found = append(found, f)
		}
	}
	return found
}
