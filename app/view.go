package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

// view is everything that can be seen: a header, and below it the main view or the
// settings. The main view has a column that acts on the left, and on the right what
// goes on.
type view struct {
	win     fyne.Window
	sharing *sharing

	openLeft func(now time.Time) time.Duration // see owner

	content  fyne.CanvasObject
	header   *header
	main     fyne.CanvasObject
	column   *column
	alerts   *alerts
	lists    *lists
	activity *activityPanel
	settings *settingsPage
	code     *codeWindow
}

// lists are above what goes on: what is shared or has come in, with small pictures.
type lists struct {
	content  *fyne.Container // with the rest below
	items    *itemsPanel
	received *receivedPanel
	pictures *pictures
	welcome  fyne.CanvasObject // until something was shared; then activity is in its place
}

// show draws a snapshot.
func (l *lists) show(s server.Snapshot, now *sharing) {
	resized := l.items.show(itemRows(s, now.folder), s.Policy.Allow)
	if l.received.show(s) || resized {
		l.content.Refresh() // nothing else lays it out again
	}
}

// The least size of the window: it has to fit on a screen of 1920 by 1080 that is drawn
// twice as large.
const leastWidth, leastHeight = 640, 520

// layOut puts the parts together.
func (v *view) layOut() {
	v.main = container.New(columnsLayout{}, v.column.content, v.alerts.content)
	v.settings.content.Hide()
	body := kit.Border(kit.Padded(0, 6, 0, 0, kit.MaxWidth(columnMax+kit.Gutter+restMax, v.header.content)), nil, nil, nil, container.NewStack(v.main, v.settings.content))
	v.content = kit.WithTips(kit.AtLeast(leastWidth, leastHeight, kit.Padded(6, 10, kit.Margin, kit.Margin, body)))
}

// stateStyle is how a state of the server looks. Texts are in English.
type stateStyle struct {
	status                 string // in the header
	background, foreground fyne.ThemeColorName
	verb                   string // on the main button
	icon                   fyne.Resource
	importance             widget.Importance
	enabled                bool // the main button does something
	shared                 bool // there is a link to show
}

var stateStyles = map[server.State]stateStyle{
	server.Stopped:  {words.Phrase("Not shared"), theme.ColorNameButton, theme.ColorNamePlaceHolder, words.Phrase("Share"), kit.IconShare, widget.HighImportance, true, false},
	server.Starting: {words.Phrase("Starting…"), kit.ColorTint, kit.ColorAccent, words.Phrase("Starting…"), kit.IconShare, widget.HighImportance, false, false},
	server.Sharing:  {words.Phrase("Sharing"), kit.ColorLive, theme.ColorNameSuccess, words.Phrase("Stop sharing"), kit.IconStop, widget.DangerImportance, true, true},
	server.Stopping: {words.Phrase("Stopping…"), kit.ColorCaution, theme.ColorNameWarning, words.Phrase("Stopping…"), kit.IconStop, widget.DangerImportance, false, true},
	server.Failed:   {words.Phrase("Failed"), kit.ColorAlarm, theme.ColorNameError, words.Phrase("Share"), kit.IconShare, widget.HighImportance, true, false},
}

// statusOpen is the status while everyone may come in.
var statusOpen = words.Phrase("Open to everyone")

// styleOf returns the style of a snapshot.
func styleOf(s server.Snapshot) stateStyle {
	style, status := stateStyles[s.State], ""
	switch {
	case s.State != server.Sharing:
	case s.Network.Paused:
		status = words.Phrase("Paused")
	case isAlone(s):
		status = words.Phrase("No network")
	case s.Policy.Open:
		status = statusOpen
	}
	if s.Share.Receiving.On && s.State == server.Sharing {
		style.verb = words.Phrase("Stop receiving")
		if status == "" {
			style.status = words.Phrase("Receiving")
		}
	}
	if status != "" {
		style.status, style.background, style.foreground = status, kit.ColorCaution, theme.ColorNameWarning
	}
	return style
}

// draw shows the present snapshot. While the settings are open only they are drawn.
func (v *view) draw() {
	s := v.sharing.snapshot
	style := styleOf(s)
	v.showHeader(time.Now())
	v.settings.show(v.sharing)
	if v.settings.content.Visible() {
		return
	}
	v.column.show(s, style, v.sharing.ready(), v.sharing.canReceive())
	v.alerts.show(s)
	v.code.draw()
	v.lists.show(s, v.sharing)
	past := s.Totals.Requests > 0
	kit.SetShown(v.lists.welcome, !style.shared && !past)
	kit.SetShown(v.activity.content, style.shared || past)
	if style.shared || past {
		v.activity.show(s, v.sharing.found)
	}
}

// showHeader shows the state, and for how long everyone may still come in.
func (v *view) showHeader(now time.Time) {
	s := v.sharing.snapshot
	if s.State == server.Failed && !v.sharing.hasFailed() {
		s.State = server.Stopped
	}
	v.header.show(s, v.openLeft(now))
}

// showAutoStop shows how long it is until sharing stops by itself.
func (v *view) showAutoStop(a *autoStop, now time.Time) {
	left, counts := a.left(now)
	v.activity.autoStop.show(now, left, counts && v.sharing.isSharing())
	v.settings.panels.stop.show(a.rule)
}

// showSettings shows the settings, or the main view.
func (v *view) showSettings(open bool) {
	if open == v.settings.content.Visible() {
		return
	}
	if open {
		v.settings.open()
	}
	kit.SetShown(v.settings.content, open)
	kit.SetShown(v.main, !open)
	v.win.Canvas().Unfocus()
	v.draw()
	if !open {
		v.focusFirst()
	}
}

func (v *view) toggleSettings() { v.showSettings(!v.settings.content.Visible()) }

// focusFirst puts the focus where a person goes on: at the main button if it does
// something, else at the path of the folder.
func (v *view) focusFirst() {
	switch c := v.win.Canvas(); {
	case v.settings.content.Visible():
	case v.column.button.Disabled():
		c.Focus(v.sharing.folder.choose)
	default:
		c.Focus(v.column.button)
	}
}

// defaultSize is the size of the window the first time.
var defaultSize = fyne.NewSize(900, 680)

// recall gives the window the size that it had the last time, and the edge in it its
// place.
func (v *view) recall(store *settings.Store) {
	size := fyne.NewSize(settings.Width.Get(store), settings.Height.Get(store))
	if size.Width <= 0 || size.Height <= 0 {
		size = defaultSize
	}
	v.win.Resize(size)
	if edge := settings.RequestsEdge.Get(store); edge > 0 {
		v.activity.panes.Place(edge)
	}
}

// remember keeps both for the next time.
func (v *view) remember(store *settings.Store) {
	size := v.win.Canvas().Size()
	settings.Width.Set(store, size.Width)
	settings.Height.Set(store, size.Height)
	settings.RequestsEdge.Set(store, v.activity.panes.Offset())
}

// columnsLayout gives a column to the first object and the rest to the second, in the
// middle of the window. The column grows with the window, but slowly.
type columnsLayout struct{}

const (
	columnMin = 292
	columnMax = 460
	restMin   = 296
	restMax   = 920
	// columnsMax is how high both are at most: on a screen of 3840 by 2160 that is not drawn
	// larger the button would be far from the code.
	columnsMax = 1400
)

func (columnsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := max(o[0].MinSize().Height, o[1].MinSize().Height)
	return fyne.NewSize(columnMin+kit.Gutter+restMin, height)
}

func (columnsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width := min(max(s.Width*0.385, columnMin), columnMax)
	rest := min(max(0, s.Width-width-kit.Gutter), restMax)
	x := (s.Width - width - kit.Gutter - rest) / 2
	height := min(s.Height, columnsMax)
	o[0].Move(fyne.NewPos(x, 0))
	o[0].Resize(fyne.NewSize(width, height))
	o[1].Move(fyne.NewPos(x+width+kit.Gutter, 0))
	o[1].Resize(fyne.NewSize(rest, height))
}

// appIcon is the program's own icon.
var appIcon = fyne.NewStaticResource("windowsill.svg", assets.IconSVG)

// header is the line above everything: the program's name, the state of the share, and
// the way to the settings.
type header struct {
	content fyne.CanvasObject
	status  *kit.Badge
	gear    *kit.Button
}

func newHeader(onSettings func()) *header {
	h := &header{status: kit.NewBadge(), gear: kit.NewIconButton(lang.L("Settings"), theme.SettingsIcon(), onSettings)}
	brand := container.NewHBox(kit.CenteredIcon(appIcon, 26), container.NewCenter(kit.Lines(kit.Untruncated(kit.NewTitle("Windowsill")))))
	h.content = kit.Border(nil, nil, brand, container.NewHBox(container.NewCenter(h.status), h.gear), nil)
	return h
}

// show draws the state, and for how long everyone may still come in, if that ends.
func (h *header) show(s server.Snapshot, openLeft time.Duration) {
	style := styleOf(s)
	text := lang.L(style.status)
	if openLeft > 0 && style.status == statusOpen {
		minutes := int((openLeft + time.Minute - 1) / time.Minute)
		text += " · " + lang.L("{{.Minutes}} min", map[string]any{"Minutes": minutes})
	}
	h.status.Set(text, style.background, style.foreground)
}
