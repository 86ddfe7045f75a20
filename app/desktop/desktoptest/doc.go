// Package desktoptest has desktops for tests: a D-Bus session bus, and a portal with
// dialogs on it.
package desktoptest
