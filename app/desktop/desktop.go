// Package desktop is what the window asks of the desktop that it is on: dialogs to
// choose folders and files, notifications, a tray, that the computer stays awake,
// and entries that outlive the program, which it makes only when the person says
// so: that it starts with the computer, and on Windows an item in the menu of
// folders.
//
// Nothing here knows a window or a share. Calls may take their time and are for
// other goroutines than the window's.
package desktop

// id names the program's entries everywhere.
const id = "net.windowsill.Windowsill"
