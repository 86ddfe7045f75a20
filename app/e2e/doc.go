// Package e2e tests the whole program, as people get it and from outside: by
// what it shows on its screen, prints in its terminal and sends over the
// network. It imports nothing of Windowsill, because it is the user.
//
// A file of tests is named after what a person does or looks at: share, come in,
// look, take, add, change, watch, the settings, the tray, the terminal … The
// other files are what the tests do it with: program, screen and pixels, browser,
// http, netns (another computer on the network), cable (a connection that fails),
// dbus (a desktop), files. Most tests of the page use Chromium, by browser; those
// in flows use Firefox and WebKit as well, by engines.
//
// TestMain builds the program once for all tests. Each test runs it in an empty
// home, its window on an X server without a monitor. Where a tool is missing
// (Xvfb, a browser, ip …) the tests that use it are skipped and say so; where CI
// is set they fail.
package e2e
