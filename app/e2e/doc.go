// Package e2e tests the whole program, as people get it and from outside: by
// what it shows on its screen, prints in its terminal and sends over the
// network. It imports nothing of Windowsill, because it is the user.
//
// The tests are grouped by what a person does. The program is built once for
// all of them and runs in a home folder of its own, its window on an X server
// without a monitor. Where a tool is missing (Xvfb, Chromium, ip …) the tests
// that use it are skipped and say so; where CI is set they fail.
package e2e
