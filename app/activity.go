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

	"windowsill/server"
)

// activityPanel shows what is shared and what goes on: who is here, what is on
// its way, and the log of requests. After Stop it stays readable.
type activityPanel struct {
	content fyne.CanvasObject

	head                  *pair
	since, requests, sent *pair
	arrivals              *arrivalsPanel
	devices               *devicePanel
	transfers             *transferPanel
	log                   *logPanel
	pace                  *paceLine
	end                   *endLine
	choice                *tabs             // between transfers and log
	below                 fyne.CanvasObject // what is chosen of them
	waiting               *waitingPanel     // fills the panel until the first request
	waitingLine           fyne.CanvasObject // one line, once only this computer came
	live                  *fyne.Container   // that line, the devices, and the log below
	height                float32           // that the former of them were given

	began time.Time       // when sharing began; zero while nothing is shared
	now   server.Snapshot // that is shown
}

func newActivityPanel(a *arrivalsPanel, d *devicePanel, t *transferPanel, l *logPanel, end *endLine, send fyne.CanvasObject) *activityPanel {
	p := &activityPanel{
		head:     newPair(newTitle(""), newCaption("")),
		since:    newFigure(),
		arrivals: a, devices: d, transfers: t, log: l, pace: newPaceLine(), end: end, requests: newFigure(), sent: newFigure(),
		waiting: newWaitingPanel(), waitingLine: newWaitingLine(),
	}
	head := container.NewBorder(nil, nil, picture(accented(iconFolder), 30), container.NewCenter(send), p.head.content)
	figures := newCard(colorInset, "", radiusInner, 2, container.NewGridWithColumns(3, p.since.content, p.requests.content, p.sent.content))
	here := container.NewBorder(stack(6, p.waitingLine, a.content, gap(0)), nil, nil, nil, d.content)
	p.choice = newTabs([2]string{lang.L("Activity"), lang.L("Requests")}, [2]fyne.CanvasObject{t.content, l.content})
	p.below = container.NewBorder(container.NewBorder(nil, nil, p.choice.content, p.pace.content), nil, nil, nil,
		padded(4, 0, 0, 0, container.NewStack(t.content, l.content)))
	p.live = container.New(crowd{}, here, p.below)
	p.content = newPanel(12, container.NewBorder(stack(6, head, figures, end.content), nil, nil, nil,
		padded(8, 0, 0, 0, container.NewStack(p.waiting.content, p.live))))
	return p
}

// pair is two lines of text that belong together.
type pair struct {
	content      fyne.CanvasObject
	upper, lower *widget.Label
}

func newPair(upper, lower *widget.Label) *pair {
	return &pair{tight(upper, lower), upper, lower}
}

// newFigure is a number, and below it what it counts.
func newFigure() *pair { return newPair(centered(newTitle("")), centered(newCaption(""))) }

func (p *pair) set(upper, lower string) {
	setText(p.upper, upper)
	setText(p.lower, lower)
}

// show draws a snapshot. found says how much is in the folder.
func (p *activityPanel) show(s server.Snapshot, found string) {
	p.began, p.now = s.Since, s
	p.waiting.show(s.Since)
	p.head.set(visible(s.Name), reachedText(s, found))
	p.requests.set(groupText(s.Totals.Requests), lang.N("requests", int(s.Totals.Requests)))
	p.sent.set(bytesText(s.Totals.Bytes), lang.L("sent"))
	p.tick(time.Now())

	alone := !slices.ContainsFunc(s.Devices, hasComeIn)
	anybody := p.devices.show(s)
	nothing := !anybody && s.Totals.Requests == 0 && s.Log.Len() == 0
	sharing := s.State == server.Sharing
	setShown(p.waiting.content, sharing && nothing)
	setShown(p.waitingLine, sharing && alone && !nothing)
	setShown(p.below, !nothing || !sharing)
	p.transfers.show(s)
	p.pace.show(s.Speed)
	p.log.show(s)
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
	if p.began.IsZero() {
		setText(p.since.lower, lang.L("was shared for"))
		return
	}
	p.since.set(spanText(now.Sub(p.began)), lang.L("shared for"))
	p.waiting.tick(now)
}

// reachedText says, behind what is shared, which device was the first to come:
// only a second device can show that the way is free.
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
	reached := lang.L("Reachable ✓ {{.Name}}", map[string]any{"Name": visible(name)})
	if found == "" {
		return reached
	}
	return found + " · " + reached
}

func newWaitingLine() fyne.CanvasObject {
	word := newCaption(lang.L("Waiting for the first device…"))
	word.SizeName = theme.SizeNameText
	return container.NewBorder(nil, nil, picture(quietly(iconPhone), 20), nil, word)
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
