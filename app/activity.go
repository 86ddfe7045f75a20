package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/kit"
	"windowsill/server"
)

// activityPanel shows what is shared and what goes on: who is here, what is on
// its way, and the log of requests. After Stop it stays readable.
type activityPanel struct {
	content fyne.CanvasObject

	summary     *summary
	end         *endLine
	arrivals    *arrivalsPanel
	devices     *devicePanel
	traffic     *trafficPanel
	waiting     *waitingPanel     // fills the panel until the first request
	waitingLine fyne.CanvasObject // one line, once only this computer came
	live        *fyne.Container   // that line, the devices, and the traffic below
	height      float32           // that the former of them were given

	now server.Snapshot // that is shown
}

func newActivityPanel(a *arrivalsPanel, d *devicePanel, t *trafficPanel, end *endLine, send fyne.CanvasObject) *activityPanel {
	p := &activityPanel{
		summary: newSummary(send), end: end, arrivals: a, devices: d, traffic: t,
		waiting: newWaitingPanel(), waitingLine: newWaitingLine(),
	}
	here := container.NewBorder(kit.VStack(6, p.waitingLine, a.content, kit.Gap(0)), nil, nil, nil, d.content)
	p.live = container.New(crowd{}, here, t.content)
	p.content = kit.NewPanel(12, container.NewBorder(kit.VStack(6, p.summary.content, end.content), nil, nil, nil,
		kit.Padded(8, 0, 0, 0, container.NewStack(p.waiting.content, p.live))))
	return p
}

// show draws a snapshot. found says how much is in the folder.
func (p *activityPanel) show(s server.Snapshot, found string) {
	p.now = s
	p.summary.show(s, found)
	p.waiting.show(s.Since)
	p.tick(time.Now())

	alone := !slices.ContainsFunc(s.Devices, hasComeIn)
	anybody := p.devices.show(s)
	nothing := !anybody && s.Totals.Requests == 0 && s.Log.Len() == 0
	sharing := s.State == server.Sharing
	kit.SetShown(p.waiting.content, sharing && nothing)
	kit.SetShown(p.waitingLine, sharing && alone && !nothing)
	kit.SetShown(p.traffic.content, !nothing || !sharing)
	p.traffic.show(s)
	p.settle()
}

// settle lays those who are here out anew where their height has changed.
func (p *activityPanel) settle() {
	if height := p.live.Objects[0].MinSize().Height; height != p.height {
		p.height = height
		p.live.Refresh() // nobody else tells its layout
	}
}

// hasComeIn says whether a device is in, or was.
func hasComeIn(d server.Device) bool { return d.Status == server.In || d.Requests > 0 }

// tick shows how long the folder has been shared by now, or was, and takes away
// what is no news any more.
func (p *activityPanel) tick(now time.Time) {
	p.arrivals.show(p.now, now)
	p.settle()
	p.summary.tick(p.now.Since, now)
	if !p.now.Since.IsZero() {
		p.waiting.tick(now)
	}
}

func newWaitingLine() fyne.CanvasObject {
	word := kit.NewCaption(lang.L("Waiting for the first device…"))
	word.SizeName = theme.SizeNameText
	return container.NewBorder(nil, nil, kit.CenteredIcon(kit.Muted(kit.IconPhone), 20), nil, word)
}

// crowd gives those who are here what they need, but leaves the log a good
// half.
type crowd struct{}

const crowdGap = 8

func (crowd) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[0].MinSize().Width, o[1].MinSize().Width), 150)
}

func (crowd) Layout(o []fyne.CanvasObject, s fyne.Size) {
	who := min(o[0].MinSize().Height, s.Height*0.55)
	if who > 0 {
		who += crowdGap
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, who-crowdGap)))
	o[1].Move(fyne.NewPos(0, who))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-who)))
}
