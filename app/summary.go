package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// summary says what is shared, for how long, and how much went.
type summary struct {
	content               fyne.CanvasObject
	head                  *pair
	since, requests, sent *pair
}

func newSummary(send fyne.CanvasObject) *summary {
	p := &summary{head: newPair(kit.NewTitle(""), kit.NewCaption("")), since: newFigure(), requests: newFigure(), sent: newFigure()}
	head := container.NewBorder(nil, nil, kit.CenteredIcon(kit.Accented(kit.IconFolder), 30), container.NewCenter(send), p.head.content)
	figures := kit.NewCard(kit.ColorInset, "", kit.RadiusInner, 2, container.NewGridWithColumns(3, p.since.content, p.requests.content, p.sent.content))
	p.content = kit.VStack(6, head, figures)
	return p
}

// show draws a snapshot. found says how much is in the folder.
func (p *summary) show(s server.Snapshot, found string) {
	p.head.set(words.Visible(s.Name), reachedText(s, found))
	p.requests.set(words.Number(s.Totals.Requests), lang.N("requests", int(s.Totals.Requests)))
	p.sent.set(words.Bytes(s.Totals.Bytes), lang.L("sent"))
}

// tick shows how long the folder has been shared by now, or was.
func (p *summary) tick(began, now time.Time) {
	if began.IsZero() {
		kit.SetText(p.since.lower, lang.L("was shared for"))
		return
	}
	p.since.set(words.Minutes(now.Sub(began)), lang.L("shared for"))
}

// pair is two lines of text that belong together.
type pair struct {
	content      fyne.CanvasObject
	upper, lower *widget.Label
}

func newPair(upper, lower *widget.Label) *pair {
	return &pair{kit.TextStack(upper, lower), upper, lower}
}

// newFigure is a number, and below it what it counts.
func newFigure() *pair {
	return newPair(kit.Centered(kit.NewTitle("")), kit.Centered(kit.NewCaption("")))
}

func (p *pair) set(upper, lower string) {
	kit.SetText(p.upper, upper)
	kit.SetText(p.lower, lower)
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
	reached := lang.L("Reachable ✓ {{.Name}}", map[string]any{"Name": words.Visible(name)})
	if found == "" {
		return reached
	}
	return found + " · " + reached
}
