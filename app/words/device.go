package words

import "fyne.io/fyne/v2/lang"

// Device returns the name of a device as it is shown. Those that consist of names of
// products, such as "iPhone · Safari", are the same in every language.
func Device(name string) string {
	switch name {
	case "Finder on a Mac":
		return lang.L("Finder on a Mac")
	case "Unknown device":
		return lang.L("Unknown device")
	}
	return Visible(name)
}
