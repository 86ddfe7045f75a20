package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
	"windowsill/server"
)

// notifier shows notifications of the desktop to a person who does not look at the
// window: when a device asks to come in or is the first to do so, when files have
// come, and when sharing has failed.
type notifier struct {
	app        fyne.App
	do         func(call func())   // makes calls in order, off Fyne's goroutine: a desktop may take its time
	openFolder func(folder string) // may be called on any goroutine

	// notify shows a notification with an action, where the desktop can.
	notify   func(title, text, action string, accepted func()) (withdraw func(), err error)
	withdraw func() // of the latest of these; nil for none. Only for calls in do

	inFront  bool                 // the person works with the window
	asked    map[uint64]time.Time // when the devices have asked that are known to the person
	uploaded map[deviceKey]uint64 // the ID of the last upload of each device that is known to the person
}

func newNotifier(a fyne.App, do func(call func()), openFolder func(folder string), onFront func()) *notifier {
	n := &notifier{app: a, do: do, openFolder: openFolder, notify: desktop.Notify}
	a.Lifecycle().SetOnEnteredForeground(func() {
		n.inFront = true
		onFront()
	})
	a.Lifecycle().SetOnExitedForeground(func() { n.inFront = false })
	return n
}

// draw notifies of what is new in a snapshot. seen says that the devices that ask can
// be seen in the window.
func (n *notifier) draw(before, now server.Snapshot, seen bool) {
	n.failed(before, now)
	n.asking(askingDevices(now), seen)
	n.tick(now, time.Now())
	n.first(before, now)
	n.deleted(before, now)
}

// deleted notifies of what a device deletes.
func (n *notifier) deleted(before, now server.Snapshot) {
	if n.inFront || now.State != server.Sharing || len(now.Deleted) <= len(before.Deleted) {
		return
	}
	d := now.Deleted[len(now.Deleted)-1]
	who := plainName(namesOf(now.Devices).of(keyOf(d.Device, d.Addr)))
	n.send(lang.L("{{.Name}} deleted a file", map[string]any{"Name": who}), lang.L("It can be brought back in the window of Windowsill."))
}

func (n *notifier) send(title, text string) {
	notification := fyne.NewNotification(title, text)
	n.do(func() { n.app.SendNotification(notification) })
}

// failed notifies of a share that has ended although nobody wanted that.
func (n *notifier) failed(before, now server.Snapshot) {
	if !n.inFront && before.State == server.Sharing && now.State == server.Failed {
		n.send(lang.L("Nothing is shared any more"), lang.L("Open Windowsill to see why."))
	}
}

// asking notifies once for each time that a device asks.
func (n *notifier) asking(devices []server.Device, seen bool) {
	before := n.asked
	n.asked = make(map[uint64]time.Time, len(devices))
	for _, d := range devices {
		n.asked[d.ID] = d.Since
		if at, known := before[d.ID]; known && at.Equal(d.Since) || seen && n.inFront {
			continue
		}
		n.send(lang.L("{{.Name}} wants to come in", map[string]any{"Name": plainName(d.Name)}),
			lang.L("Its address is {{.Address}}. Open Windowsill to answer.", map[string]any{"Address": d.Addr.String()}))
	}
}

// first notifies of the first device that comes in.
func (n *notifier) first(before, now server.Snapshot) {
	if n.inFront || now.State != server.Sharing || slices.ContainsFunc(before.Devices, hasComeIn) {
		return
	}
	if i := slices.IndexFunc(now.Devices, hasComeIn); i >= 0 {
		n.send(lang.L("{{.Name}} has come in", map[string]any{"Name": plainName(now.Devices[i].Name)}), lang.L("It can see what you share."))
	}
}

// uploadPause is how long after a file the next one may follow. Then the device has
// sent all of them.
const uploadPause = 2 * time.Second

// tick notifies of files once a device has sent all of them.
func (n *notifier) tick(s server.Snapshot, now time.Time) {
	if len(s.Uploads) == 0 || n.uploaded == nil { // another share counts again
		n.uploaded = map[deviceKey]uint64{}
	}
	names := namesOf(s.Devices)
	for _, b := range uploadBatches(s.Uploads) {
		if b.open || b.last <= n.uploaded[b.key] || now.Sub(b.ended) < uploadPause {
			continue
		}
		n.uploaded[b.key] = b.last
		if n.inFront {
			continue
		}
		title, folder := b.title(plainName(names.of(b.key))), b.folder(s)
		n.do(func() { n.offerFolder(title, lang.L("They are in the shared folder."), folder) })
	}
}

// offerFolder shows a notification that opens a folder, or one that does not where the
// desktop cannot.
func (n *notifier) offerFolder(title, text, folder string) {
	if n.withdraw != nil {
		n.withdraw()
	}
	var err error
	n.withdraw, err = n.notify(title, text, lang.L("Open folder"), func() { n.openFolder(folder) })
	if err != nil {
		n.app.SendNotification(fyne.NewNotification(title, text))
	}
}

// plainName returns a name that a device has chosen, unless a desktop could take
// something in it for markup, or a shell, which some of them use to show
// notifications, for a command.
func plainName(name string) string {
	odd := strings.ContainsFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != ' ' && r != '-' && r != '.'
	})
	if odd || name == "" {
		return lang.L("A device")
	}
	return name
}
