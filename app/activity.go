package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// activityPanel shows what is shared and what goes on: which devices are here, what is
// on its way, and the log of requests. After Stop it can still be read.
type activityPanel struct {
	content  fyne.CanvasObject
	summary  *summary
	autoStop *autoStopLine
	uploads  *uploadsPanel
	page     *pagePanel
	devices  *devicesPanel
	traffic  *trafficPanel

	waiting     *waitingPanel     // fills the panel until the first request
	waitingLine fyne.CanvasObject // once only this computer has come
	live        *fyne.Container   // that line, uploads, page and devices, and the traffic below
	height      float32           // of the former when they were laid out

	snapshot server.Snapshot // that is shown
}

// newActivityPanel returns the panel of these parts. sendText is a button for the line
// above all.
func newActivityPanel(sendText fyne.CanvasObject, a *autoStopLine, u *uploadsPanel, page *pagePanel, d *devicesPanel, t *trafficPanel) *activityPanel {
	p := &activityPanel{
		summary: newSummary(sendText), autoStop: a, uploads: u, page: page, devices: d, traffic: t,
		waiting: newWaitingPanel(), waitingLine: newWaitingLine(),
	}
	here := container.NewBorder(kit.VStack(6, p.waitingLine, p.uploads.content, p.page.content, kit.Gap(0)), nil, nil, nil, p.devices.content)
	p.live = container.New(activityLayout{}, here, p.traffic.content)
	top := kit.VStack(6, p.summary.content, p.autoStop.content)
	p.content = kit.NewPanel(12, container.NewBorder(top, nil, nil, nil,
		kit.Padded(8, 0, 0, 0, container.NewStack(p.waiting.content, p.live))))
	return p
}

// show draws a snapshot. found says what is in the folder.
func (p *activityPanel) show(s server.Snapshot, found string) {
	p.snapshot = s
	p.summary.show(s, found)
	p.waiting.show(s.Since)
	p.page.show(s)
	p.tick(time.Now())

	alone := !slices.ContainsFunc(s.Devices, hasComeIn)
	anybody := p.devices.show(s)
	nothing := !anybody && s.Totals.Requests == 0 && s.Log.Len() == 0
	sharing := s.State == server.Sharing
	kit.SetShown(p.waiting.content, sharing && nothing)
	kit.SetShown(p.waitingLine, sharing && alone && !nothing)
	kit.SetShown(p.traffic.content, !nothing || !sharing)
	p.traffic.show(s)
	p.layOut()
}

// layOut lays out again if the height of uploads and devices is another one.
func (p *activityPanel) layOut() {
	if height := p.live.Objects[0].MinSize().Height; height != p.height {
		p.height = height
		p.live.Refresh() // nothing else lays it out again
	}
}

// hasComeIn reports whether a device is in, or was.
func hasComeIn(d server.Device) bool { return d.Status == server.In || d.Requests > 0 }

// tick shows how long the folder has been shared, and hides what is no news any more.
func (p *activityPanel) tick(now time.Time) {
	p.uploads.show(p.snapshot, now)
	p.layOut()
	p.summary.tick(p.snapshot.Since, now)
	if !p.snapshot.Since.IsZero() {
		p.waiting.tick(now)
	}
}

func newWaitingLine() fyne.CanvasObject {
	text := kit.NewCaption(lang.L("Waiting for the first device…"))
	text.SizeName = theme.SizeNameText
	return container.NewBorder(nil, nil, kit.CenteredIcon(kit.Muted(kit.IconPhone), 20), nil, text)
}

// activityLayout gives devices the height that they need, but leaves nearly half to the
// traffic below.
type activityLayout struct{}

const activityGap = 8

func (activityLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[0].MinSize().Width, o[1].MinSize().Width), 150)
}

func (activityLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top := min(o[0].MinSize().Height, s.Height*0.55)
	if top > 0 {
		top += activityGap
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width, max(0, top-activityGap)))
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(s.Width, max(0, s.Height-top)))
}

// summary says what is shared, for how long, and how much was sent.
type summary struct {
	content               fyne.CanvasObject
	head                  *labels
	since, requests, sent *labels
}

func newSummary(sendText fyne.CanvasObject) *summary {
	s := &summary{head: newLabels(kit.NewTitle(""), kit.NewCaption("")), since: newFigure(), requests: newFigure(), sent: newFigure()}
	head := container.NewBorder(nil, nil, kit.CenteredIcon(kit.Accented(kit.IconFolder), 30), container.NewCenter(sendText), s.head.content)
	figures := kit.NewCard(kit.ColorInset, "", kit.RadiusInner, 2, container.NewGridWithColumns(3, s.since.content, s.requests.content, s.sent.content))
	s.content = kit.VStack(6, head, figures)
	return s
}

// show draws a snapshot. found says what is in the folder.
func (s *summary) show(now server.Snapshot, found string) {
	s.head.set(words.Visible(now.Name), reachedText(now, found))
	s.requests.set(words.Number(now.Totals.Requests), lang.N("requests", int(now.Totals.Requests)))
	s.sent.set(words.Bytes(now.Totals.Bytes), lang.L("sent"))
}

// tick shows how long the folder has been shared, or was.
func (s *summary) tick(since, now time.Time) {
	if since.IsZero() {
		kit.SetText(s.since.lower, lang.L("was shared for"))
		return
	}
	s.since.set(words.Minutes(now.Sub(since)), lang.L("shared for"))
}

// labels are two lines of text that belong together.
type labels struct {
	content      fyne.CanvasObject
	upper, lower *widget.Label
}

func newLabels(upper, lower *widget.Label) *labels {
	return &labels{kit.TextStack(upper, lower), upper, lower}
}

// newFigure is a number, and below it what it counts.
func newFigure() *labels {
	return newLabels(kit.Centered(kit.NewTitle("")), kit.Centered(kit.NewCaption("")))
}

func (l *labels) set(upper, lower string) {
	kit.SetText(l.upper, upper)
	kit.SetText(l.lower, lower)
}

// reachedText adds which device was the first to come in: only another device can show
// that the way is free.
func reachedText(s server.Snapshot, found string) string {
	var first server.Device
	for _, d := range s.Devices {
		if hasComeIn(d) && (first.Since.IsZero() || d.Since.Before(first.Since)) {
			first = d
		}
	}
	if first.Name == "" || s.State != server.Sharing {
		return found
	}
	name, _, _ := strings.Cut(first.Name, " · ")
	reached := lang.L("Reachable ✓ {{.Name}}", map[string]any{"Name": words.Visible(name)})
	if found == "" {
		return reached
	}
	return found + " · " + reached
}
