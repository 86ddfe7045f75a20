package desktop

import (
	"errors"
	"os"

	"golang.org/x/sys/windows/registry"
)

// HasMenu says whether the file manager's menu can have an entry that
// [SetMenu] makes.
const HasMenu = true

// All of these are below HKEY_CURRENT_USER, so that no administrator is asked.
const (
	runKey    = `Software\Microsoft\Windows\CurrentVersion\Run`
	runValue  = "Windowsill"
	classes   = `Software\Classes\`
	ofFolder  = classes + `Directory\shell\Windowsill`
	ofGround  = classes + `Directory\Background\shell\Windowsill`
	ofDrive   = classes + `Drive\shell\Windowsill`
	commandIn = `\command`
)

// menuEntries are the verb's keys, and what the system puts in for the folder:
// the one that was clicked, or the one whose empty ground was.
var menuEntries = map[string]string{ofFolder: "%1", ofGround: "%V", ofDrive: "%1"}

// Starts reports whether the program starts when the person logs in.
func Starts() bool {
	k, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer k.Close()
	_, _, err = k.GetStringValue(runValue)
	return err == nil
}

// SetStarts says whether the program starts when the person logs in.
func SetStarts(on bool) error {
	if on {
		exe, err := os.Executable()
		if err != nil {
			return err
		}
		return set(runKey, runValue, `"`+exe+`"`)
	}
	k, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return missing(err)
	}
	defer k.Close()
	return missing(k.DeleteValue(runValue))
}

// Menu reports whether the menu of folders has the entry, for this program at
// its present place.
func Menu() bool {
	exe, err := os.Executable()
	if err != nil {
		return false
	}
	k, err := registry.OpenKey(registry.CURRENT_USER, ofFolder+commandIn, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer k.Close()
	command, _, err := k.GetStringValue("")
	return err == nil && command == menuCommand(exe, menuEntries[ofFolder])
}

// SetMenu puts an entry with this label into the menu of folders, or takes it
// away.
func SetMenu(on bool, label string) error {
	if !on {
		var errs []error
		for key := range menuEntries {
			errs = append(errs, missing(registry.DeleteKey(registry.CURRENT_USER, key+commandIn)), missing(registry.DeleteKey(registry.CURRENT_USER, key)))
		}
		return errors.Join(errs...)
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	for key, folder := range menuEntries {
		if err := errors.Join(set(key, "", label), set(key, "Icon", exe), set(key+commandIn, "", menuCommand(exe, folder))); err != nil {
			return err
		}
	}
	return nil
}

func menuCommand(exe, folder string) string { return `"` + exe + `" "` + folder + `"` }

func set(path, name, value string) error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer k.Close()
	return k.SetStringValue(name, value)
}

// missing forgives that what is to be removed is not there.
func missing(err error) error {
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	return err
}
