package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/server"
)

// bell tells a person who does not look at the window that somebody wants to
// come in: once for each time that a device asks.
type bell struct {
	app   fyne.App
	order func(func()) // runs a function off Fyne's goroutine: a desktop may take its time
	front bool         // the person works with the window
	rung  map[uint64]time.Time
}

// watch makes the bell know whether the window is in front.
func (b *bell) watch(l fyne.Lifecycle) {
	l.SetOnEnteredForeground(func() { b.front = true })
	l.SetOnExitedForeground(func() { b.front = false })
}

// ring looks at who waits. Seen says that they can be seen in a window in
// front.
func (b *bell) ring(waiting []server.Device, seen bool) {
	before := b.rung
	b.rung = make(map[uint64]time.Time, len(waiting))
	for _, d := range waiting {
		b.rung[d.ID] = d.Since
		if at, known := before[d.ID]; known && at.Equal(d.Since) || seen && b.front {
			continue
		}
		n := fyne.NewNotification(lang.L("{{.Name}} wants to come in", map[string]any{"Name": harmless(d.Name)}),
			lang.L("Its address is {{.Address}}. Let it in, or not, in the window of Windowsill.", map[string]any{"Address": d.Addr.String()}))
		b.order(func() { b.app.SendNotification(n) })
	}
}

// harmless returns a name that the device has chosen if it has nothing in it
// that a desktop could take for markup, or a shell, by which some of them show
// notifications, for a command.
func harmless(name string) string {
	odd := strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != ' ' && r != '-' && r != '.'
	})
	if odd || name == "" {
		return lang.L("A device")
	}
	return name
}
