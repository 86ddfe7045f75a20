package desktop

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
)

// startFile returns the path of the agent that launchd starts at login.
func startFile() (string, error) {
	home, err := os.UserHomeDir()
	return filepath.Join(home, "Library", "LaunchAgents", id+".plist"), entryError(id+".plist", err)
}

func startEntry(exe string) string {
	var path strings.Builder
	_ = xml.EscapeText(&path, []byte(exe)) // a Builder takes everything
	return xml.Header + `<plist version="1.0"><dict>
<key>Label</key><string>` + id + `</string>
<key>ProgramArguments</key><array><string>` + path.String() + `</string></array>
<key>RunAtLoad</key><true/>
</dict></plist>
`
}
