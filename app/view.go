package app

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/requests"
	"windowsill/app/words"
	"windowsill/server"
)

// view is everything that can be seen, panel by panel.
type view struct {
	content fyne.CanvasObject

	header   *header
	owner    *owner
	big      *bigCode
	folder   *folderPanel
	link     *linkPanel
	port     *portRow
	door     *doorRow
	button   *kit.Button // Share, or Stop: always in the same place
	urgent   *urgent
	welcome  fyne.CanvasObject
	activity *activityPanel
	main     fyne.CanvasObject
	settings *settingsPage
}

// newView builds the panels and connects them with what they do.
func newView(w *Window, l *looker) *view {
	do := w.sharing
	owner := &owner{sharing: do, control: w.control, asker: w.asker}
	texts := newTextsPanel(w.app, w.control.onUI, owner)
	v := &view{
		header:  newHeader(w.toggleSettings),
		owner:   owner,
		folder:  newFolderPanel(l, do.choose, do.act, func() { do.pending = false; do.redraw() }),
		link:    newLinkPanel(w.app, w.control.onUI, owner.newCode, owner.choosePlace, func() { w.view.big.open() }),
		port:    newPortRow(do.submitPort, do.redraw, do.move),
		door:    newDoorRow(owner.setOpen),
		button:  kit.NewButton(lang.L("Share"), kit.IconShare, widget.HighImportance, do.act).WithStyle(kit.BigStyle),
		welcome: newWelcome(),
		activity: newActivityPanel(newArrivalsPanel(w.openFolder, owner.restore), newDevicePanel(owner.answer, owner.rename),
			newTrafficPanel(newTransferPanel(owner.cancel), requests.NewPanel(w.win, func(name string, save func(string) error) {
				chooseNewFile(context.Background(), w.win, name, w.control.onUI, save)
			})),
			newEndLine(w.pushEnding, func() { w.endWith(ending{hour: -1}) }), texts.send),
		settings: newSettingsPage(w, owner),
	}
	v.urgent = newUrgent(newAskingPanel(owner.answer), texts, newNotice(do.usePort, w.choose), newNetworkNotice(w.app, w.control.onUI, owner.shareHere, owner.openFirewall), container.NewStack(v.welcome, v.activity.content))
	v.big = &bigCode{
		sharing: do, control: w.control, app: w.app,
		link: func() server.Link { return v.link.link },
		saveAs: func(win fyne.Window, name string, save func(string) error) {
			chooseNewFile(do.life, win, name, w.control.onUI, save)
		},
	}
	v.button.Debounce = kit.DoubleClick
	left := container.NewBorder(nil, kit.Padded(10, 0, 0, 0, kit.VStack(8, v.door.content, v.port.content, v.button)), nil, nil,
		container.NewStack(v.folder.content, v.link.content))
	v.main = container.New(columns{}, left, v.urgent.content)
	v.settings.content.Hide()
	body := container.NewBorder(kit.Padded(0, 12, 0, 0, v.header.content), nil, nil, nil, container.NewStack(v.main, v.settings.content))
	v.content = kit.AtLeast(640, 560, kit.Padded(12, kit.Margin, kit.Margin, kit.Margin, body))
	return v
}

// face is how a state looks: the words and colours that differ from state to
// state, the words in English.
type face struct {
	status      string
	ground, ink fyne.ThemeColorName
	verb        string // on the button
	icon        fyne.Resource
	importance  widget.Importance
	acts        bool // the button does something
	open        bool // the link is shown, not the choice of a folder
}

var faces = map[server.State]face{
	server.Stopped:  {words.Phrase("Not shared"), theme.ColorNameButton, theme.ColorNamePlaceHolder, words.Phrase("Share"), kit.IconShare, widget.HighImportance, true, false},
	server.Starting: {words.Phrase("Starting…"), kit.ColorTint, kit.ColorAccent, words.Phrase("Starting…"), kit.IconShare, widget.HighImportance, false, false},
	server.Sharing:  {words.Phrase("Sharing"), kit.ColorLive, theme.ColorNameSuccess, words.Phrase("Stop sharing"), kit.IconStop, widget.DangerImportance, true, true},
	server.Stopping: {words.Phrase("Stopping…"), kit.ColorCaution, theme.ColorNameWarning, words.Phrase("Stopping…"), kit.IconStop, widget.DangerImportance, false, true},
	server.Failed:   {words.Phrase("Failed"), kit.ColorAlarm, theme.ColorNameError, words.Phrase("Share"), kit.IconShare, widget.HighImportance, true, false},
}

// draw shows a snapshot: the one place that says what each state looks like.
// While the settings are open only they are drawn.
func (v *view) draw(do *sharing) {
	s, f := do.now, faces[do.now.State]
	switch {
	case s.State != server.Sharing:
	case s.Network.Paused:
		f.status, f.ground, f.ink = words.Phrase("Paused"), kit.ColorCaution, theme.ColorNameWarning
	case isAlone(s):
		f.status, f.ground, f.ink = words.Phrase("No network"), kit.ColorCaution, theme.ColorNameWarning
	case s.Policy.Open:
		f.status, f.ground, f.ink = words.Phrase("Open to everyone"), kit.ColorCaution, theme.ColorNameWarning
	}
	v.header.status.Set(lang.L(f.status), f.ground, f.ink)
	v.header.showRights(s.Policy.Visitors)
	v.settings.show(do)
	if v.settings.content.Visible() {
		return
	}
	v.button.Set(lang.L(f.verb), f.icon, f.importance, f.acts && do.ready())
	kit.SetShown(v.folder.content, !f.open)
	kit.SetShown(v.link.content, f.open)
	v.door.show(s.Policy.Open)
	v.port.show(s)
	v.link.show(s)
	v.urgent.show(s)
	v.big.draw()
	past := s.Totals.Requests > 0
	kit.SetShown(v.welcome, !f.open && !past)
	kit.SetShown(v.activity.content, f.open || past)
	if f.open || past {
		v.activity.show(s, do.found)
	}
}

// focusFirst puts the cursor where a person goes on: at the button if there is
// a folder, else at its path.
func (v *view) focusFirst(c fyne.Canvas) {
	switch {
	case v.settings.content.Visible():
	case v.button.Disabled():
		c.Focus(v.folder.path)
	default:
		c.Focus(v.button)
	}
}

// columns is the layout of the window: a column that acts, and all the rest
// for the one that shows. The first grows with the window, but slowly.
type columns struct{}

const (
	actWidthMin  = 292
	actWidthMax  = 440
	showWidthMin = 296
)

func (columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := max(o[0].MinSize().Height, o[1].MinSize().Height)
	return fyne.NewSize(actWidthMin+kit.Gutter+showWidthMin, height)
}

func (columns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	act := min(max(s.Width*0.385, actWidthMin), actWidthMax)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(act, s.Height))
	o[1].Move(fyne.NewPos(act+kit.Gutter, 0))
	o[1].Resize(fyne.NewSize(max(0, s.Width-act-kit.Gutter), s.Height))
}
