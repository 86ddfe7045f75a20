package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/server"
)

// bell tells a person who does not look at the window that somebody wants to
// come in, once for each time that a device asks, and that files have come.
type bell struct {
	app   fyne.App
	order func(func()) // runs a function off Fyne's goroutine: a desktop may take its time
	front bool         // the person works with the window
	rung  map[uint64]time.Time
	told  map[deviceKey]uint64 // the ID of the last upload of each that was told of

	// offer shows a notification with something to do, where the desktop can.
	offer    func(title, text, action string, accepted func()) (withdraw func(), err error)
	open     func(folder string) // from any goroutine
	withdraw func()              // the latest offer; nil if there is none. Used by order's functions only
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

// quiet is how long nothing comes until files count as all that were to come.
const quiet = 2 * time.Second

// arrived tells of files when all that a device sends are there.
func (b *bell) arrived(s server.Snapshot, now time.Time) {
	if len(s.Uploads) == 0 || b.told == nil { // another share counts anew
		b.told = map[deviceKey]uint64{}
	}
	names := namesOfCallers(s)
	for _, one := range batches(s.Uploads) {
		if one.open || one.last <= b.told[one.key] || now.Sub(one.ended) < quiet {
			continue
		}
		b.told[one.key] = one.last
		if b.front {
			continue
		}
		n := fyne.NewNotification(one.title(harmless(names.of(one.key))), lang.L("They are in the shared folder."))
		folder := one.folder(s.Share)
		b.order(func() { b.offerFolder(n, folder) })
	}
}

// offerFolder shows a notification that leads to a folder, or one that does not
// where the desktop knows no such.
func (b *bell) offerFolder(n *fyne.Notification, folder string) {
	if b.withdraw != nil {
		b.withdraw()
	}
	var err error
	b.withdraw, err = b.offer(n.Title, n.Content, lang.L("Open folder"), func() { b.open(folder) })
	if err != nil {
		b.app.SendNotification(n)
	}
}

// first tells that the first device has come.
func (b *bell) first(before, now server.Snapshot) {
	if b.front || now.State != server.Sharing || slices.ContainsFunc(before.Devices, hasComeIn) {
		return
	}
	if i := slices.IndexFunc(now.Devices, hasComeIn); i >= 0 {
		n := fyne.NewNotification(lang.L("{{.Name}} has come in", map[string]any{"Name": harmless(now.Devices[i].Name)}),
			lang.L("It can see what you share."))
		b.order(func() { b.app.SendNotification(n) })
	}
}

// failed tells that sharing has stopped although nobody wanted that.
func (b *bell) failed(before, now server.Snapshot) {
	if !b.front && before.State == server.Sharing && now.State == server.Failed {
		n := fyne.NewNotification(lang.L("Nothing is shared any more"), lang.L("The window of Windowsill says why."))
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
