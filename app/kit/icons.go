package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// newIcon returns an icon of 24 by 24 in the theme's colour. Screen readers say its
// name where a button has nothing else.
func newIcon(name, path string) fyne.Resource {
	const frame = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#000">`
	return theme.NewThemedResource(fyne.NewStaticResource(name+".svg", []byte(frame+path+"</svg>")))
}

// Accented returns an icon in the accent colour.
func Accented(r fyne.Resource) fyne.Resource {
	return theme.NewColoredResource(r, ColorAccent)
}

// Muted returns an icon in the colour of captions.
func Muted(r fyne.Resource) fyne.Resource {
	return theme.NewColoredResource(r, theme.ColorNamePlaceHolder)
}

// The icons.
var (
	IconPhone = newIcon("Phone", `<path d="M8 1h8a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zM8 4v14h8V4zM10.5 19.8v1.3h3v-1.3z"/>`)

	IconLaptop = newIcon("Computer", `<path d="M5 4h14a2 2 0 0 1 2 2v9H3V6a2 2 0 0 1 2-2zm0 2v7h14V6H5zM1 17h22v1a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z"/>`)

	IconFolder = newIcon("Folder", `<path d="M4.4 4h4.9c.5 0 1 .2 1.4.6L12.4 6.3H19.6A2.4 2.4 0 0 1 22 8.7v8.9A2.4 2.4 0 0 1 19.6 20H4.4A2.4 2.4 0 0 1 2 17.6V6.4A2.4 2.4 0 0 1 4.4 4z"/>`)

	IconFile = newIcon("File", `<path d="M6 2h8l6 6v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm7 1.800V9h5.200z"/>`)

	iconCopy = newIcon("Copy", `<path d="M9 2h10a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm0 2v12h10V4H9zM3 7h2v13h11v2H5a2 2 0 0 1-2-2V7z"/>`)

	iconDone = newIcon("Copied", `<path d="M9.5 18.2 3.6 12.3l1.5-1.5 4.4 4.4 9.4-9.4 1.5 1.5z"/>`)

	IconShare = newIcon("Share", `<path d="M12 2.5 17.5 8l-1.5 1.5-2.9-2.9V15h-2.2V6.6L8 9.5 6.5 8 12 2.5zM5 11h3v2H6v7h12v-7h-2v-2h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z"/>`)

	IconStop = newIcon("Stop", `<path d="M7 5h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z"/>`)

	IconText = newIcon("Text", `<path d="M5 3h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-6.500L7 21.500V17H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM5 5v10h4v2.500l2.800-2.500H19V5zM7 7.500h10v2H7zM7 10.800h6v2H7z"/>`)

	IconBack    = newIcon("Back", `<path d="M20 11H7.8l5.6-5.6L12 4l-8 8 8 8 1.4-1.4L7.8 13H20v-2z"/>`)
	IconProblem = newIcon("Problem", `<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-2h2v2zm0-4h-2V7h2v6z"/>`)
	iconCaution = newIcon("Caution", `<path d="M12 3 1.5 21h21L12 3zm1 15h-2v-2h2v2zm0-4h-2v-4h2v4z"/>`)
)
