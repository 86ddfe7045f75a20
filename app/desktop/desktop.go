// Package desktop is what Windowsill puts down outside its own files, for one
// person and only when that person says so: that it starts with the computer,
// and on Windows its entry in the menu of folders. It knows no window and
// shares nothing.
package desktop

// id names the program's entries everywhere.
const id = "net.windowsill.Windowsill"
