package desktop

import (
	"os"
	"path/filepath"
	"strings"
)

// startFile returns the path of the entry that the Desktop Application Autostart
// Specification asks for.
func startFile() (string, error) {
	config, err := os.UserConfigDir()
	return filepath.Join(config, "autostart", id+".desktop"), entryError(id+".desktop", err)
}

// startEntry quotes the path twice, as the Desktop Entry Specification says:
// once for the command line and once for the file.
func startEntry(exe string) string {
	command := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", `$`, `\$`, `%`, `%%`).Replace(exe)
	value := strings.NewReplacer(`\`, `\\`, "\n", `\n`).Replace(`"` + command + `"`)
	return "[Desktop Entry]\nType=Application\nName=Windowsill\nIcon=" + id + "\nExec=" + value + "\n"
}
