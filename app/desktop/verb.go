package desktop

// classes is where the classes of files are, below HKEY_CURRENT_USER.
const classes = `Software\Classes\`

// The keys of the verb "Share with Windowsill" in the menus of files, of folders, of the
// empty space in a folder, and of drives.
const (
	ofFile   = classes + `*\shell\Windowsill`
	ofFolder = classes + `Directory\shell\Windowsill`
	ofSpace  = classes + `Directory\Background\shell\Windowsill`
	ofDrive  = classes + `Drive\shell\Windowsill`
)

// commandIn is the key with a verb's command, below that of the verb.
const commandIn = `\command`

// verbs are the keys of the verb, and what Explorer replaces by what was clicked, or by
// the folder in whose empty space. For several things it starts the program several times.
var verbs = map[string]string{ofFile: "%1", ofFolder: "%1", ofSpace: "%V", ofDrive: "%1"}

// registryValue is a text in the registry. Its name is "" if it is that of the key itself.
type registryValue struct{ key, name, data string }

// verbValues are the values of the verb at a key.
func verbValues(key, exe, label string) []registryValue {
	return []registryValue{
		{key, "", label},
		{key, "Icon", exe},
		// Without it the verb would be gone as soon as more than 15 things are selected; with
		// it, Explorer shows it for up to 100. No more can be had by a command line.
		// https://learn.microsoft.com/windows/win32/shell/how-to-employ-the-verb-selection-model
		{key, "MultiSelectModel", "Player"},
		{key + commandIn, "", verbCommand(exe, verbs[key])},
	}
}

// verbCommand quotes both, since paths have spaces. Of a drive, "D:\" arrives as D:" then,
// which the command line mends.
func verbCommand(exe, clicked string) string { return `"` + exe + `" "` + clicked + `"` }
