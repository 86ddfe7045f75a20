package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
)

// helpAfter is how long the code is shown until the window offers help with phones that
// cannot connect.
const helpAfter = 30 * time.Second

// waitingPanel is shown until the first device comes. When that takes long it says what
// to try.
type waitingPanel struct {
	content fyne.CanvasObject
	since   time.Time // when the share began; zero while nothing is shared
	asked   bool      // somebody is at the door, and so can connect
	title   *widget.Label
	how     *widget.Label
	picture fyne.CanvasObject
	ask     *kit.Button
	help    fyne.CanvasObject
}

func newWaitingPanel() *waitingPanel {
	p := &waitingPanel{}
	p.ask = kit.NewButton(lang.L("Phone can’t connect?"), nil, widget.MediumImportance, p.toggle)
	p.ask.Hide()
	p.help = container.NewVScroll(newHelp())
	p.help.Hide()
	p.title, p.how = kit.Centered(kit.NewTitle("")), kit.Centered(kit.NewCaption(""))
	p.how.Truncation, p.how.Wrapping = fyne.TextTruncateOff, fyne.TextWrapWord
	p.picture = container.New(waitingLayout{}, kit.CenteredIcon(kit.Muted(kit.IconPhone), 48),
		kit.Column(-10, p.title, p.how))
	p.content = kit.Border(nil, kit.Padded(6, 0, 0, 0, container.NewCenter(p.ask)), nil, nil, container.NewStack(p.picture, p.help))
	return p
}

// show starts again with each share. asked says whether somebody is at the door, used
// whether this computer has fetched or sent something: then nobody is the first.
func (p *waitingPanel) show(since time.Time, asked, used bool) {
	title, how := lang.L("Waiting for the first device…"), lang.L("Scan the code, or type the address.")
	if asked || used {
		title = lang.L("Nobody is in yet")
	}
	if asked {
		how = lang.L("Answer the question above.")
	}
	kit.SetText(p.title, title)
	kit.SetText(p.how, how)
	p.asked = asked
	if !p.since.Equal(since) {
		p.since = since
		p.showHelp(false)
	}
}

// tick offers help once it has taken long.
func (p *waitingPanel) tick(now time.Time) {
	kit.SetShown(p.ask, !p.since.IsZero() && !p.asked && now.Sub(p.since) >= helpAfter)
}

func (p *waitingPanel) toggle() { p.showHelp(!p.help.Visible()) }

func (p *waitingPanel) showHelp(open bool) {
	kit.SetShown(p.help, open)
	kit.SetShown(p.picture, !open)
	verb := lang.L("Phone can’t connect?")
	if open {
		verb = lang.L("Close")
	}
	p.ask.Set(verb, nil, widget.MediumImportance, true)
}

// waitingLayout puts an icon above text, in the middle. Where the window is low the icon
// is hidden.
type waitingLayout struct{}

func (waitingLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

func (waitingLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const gap = 8
	o[1].Resize(fyne.NewSize(s.Width, o[1].MinSize().Height)) // the text wraps
	icon, text := o[0].MinSize().Height, o[1].MinSize().Height
	kit.SetShown(o[0], icon+gap+text <= s.Height)
	y := (s.Height - text) / 2
	if o[0].Visible() {
		y = (s.Height - icon - gap - text) / 2
		o[0].Move(fyne.NewPos(0, y))
		o[0].Resize(fyne.NewSize(s.Width, icon))
		y += icon + gap
	}
	o[1].Move(fyne.NewPos(0, max(0, y)))
	o[1].Resize(fyne.NewSize(s.Width, text))
}

// hints are what keeps phones away and what to do, the most likely first.
var hints = []struct{ question, answer string }{
	{words.Phrase("Is it on the same Wi-Fi?"), words.Phrase("The phone has to be on the same network as this computer, and not on mobile data alone.")},
	{words.Phrase("Is it a guest network?"), words.Phrase("Guest networks, hotels and cafés often keep devices apart. Use another network, or connect this computer to the phone’s hotspot.")},
	{words.Phrase("Is a firewall in the way?"), words.Phrase("Allow Windowsill in the firewall of this computer, or the port that the address ends with.")},
	{words.Phrase("Is the browser allowed on the local network?"), words.Phrase("Phones ask for that permission once. iPhone: Settings, Privacy & Security, Local Network. Android 17: the permissions of the browser, Nearby devices.")},
	{words.Phrase("Is a VPN on?"), words.Phrase("Switch it off for a moment, on the phone and on this computer.")},
	{words.Phrase("Is it the wrong address?"), words.Phrase("Try one of the other addresses below the code.")},
}

func newHelp() fyne.CanvasObject {
	list := kit.Column(4)
	for _, h := range hints {
		answer := kit.NewHint(lang.L(h.answer))
		list.Add(kit.Column(-10, kit.NewStrong(lang.L(h.question)), answer))
	}
	return kit.Padded(0, 0, 0, theme.Padding(), list)
}
