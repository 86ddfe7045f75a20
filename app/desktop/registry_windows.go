package desktop

import (
	"errors"
	"os"

	"golang.org/x/sys/windows/registry"
)

// HasMenu says whether [SetMenu] can add an entry to the menu of folders.
const HasMenu = true

// These are below HKEY_CURRENT_USER too, which needs no administrator.
const (
	runKey   = `Software\Microsoft\Windows\CurrentVersion\Run`
	runValue = "Windowsill"
)

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

// SetStarts says whether the program starts when the person logs in. The error is a
// sentence for a person.
func SetStarts(on bool) error { return entryError(runKey, setStarts(on)) }

func setStarts(on bool) error {
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
	return err == nil && command == verbCommand(exe, verbs[ofFolder])
}

// SetMenu adds an entry with this label to the menu of folders, or removes it. The error
// is a sentence for a person.
func SetMenu(on bool, label string) error { return entryError(ofFolder, setMenu(on, label)) }

func setMenu(on bool, label string) error {
	if !on {
		var errs []error
		for key := range verbs {
			errs = append(errs, missing(registry.DeleteKey(registry.CURRENT_USER, key+commandIn)), missing(registry.DeleteKey(registry.CURRENT_USER, key)))
		}
		return errors.Join(errs...)
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	for key := range verbs {
		for _, v := range verbValues(key, exe, label) {
			if err := set(v.key, v.name, v.data); err != nil {
				return err
			}
		}
	}
	return nil
}

func set(path, name, value string) error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer k.Close()
	return k.SetStringValue(name, value)
}

// missing ignores that what is to be removed does not exist.
func missing(err error) error {
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	return err
}
