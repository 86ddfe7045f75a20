package desktop

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
)

// downloads returns the folder for downloads that the desktop has set up, which
// xdg-user-dirs calls in the person's language; "" if there is none. It is read from
// user-dirs.dirs, whose lines are like XDG_DOWNLOAD_DIR="$HOME/Downloads"
// (user-dirs.dirs(5)); github.com/adrg/xdg would read all of them at each start.
func downloads() string {
	config, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	file, err := os.Open(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return ""
	}
	defer file.Close()
	folder := ""
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if value, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "XDG_DOWNLOAD_DIR="); ok {
			folder = userDir(strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`))
		}
	}
	return folder
}

// unescaped are the characters that a shell would take for something else.
var unescaped = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\$`, `$`, "\\`", "`")

// userDir returns the path that a value in user-dirs.dirs stands for; "" if it is
// the home folder itself, which says that there is no such folder.
func userDir(value string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	below, ok := strings.CutPrefix(value, "$HOME/")
	path := unescaped.Replace(value)
	if ok {
		path = filepath.Join(home, unescaped.Replace(below))
	}
	if !filepath.IsAbs(path) || path == home {
		return ""
	}
	return path
}
