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
	"windowsill/app/requests"
	"windowsill/app/words"
	"windowsill/server"
)

// The log has this part of the height above it until a person moves the edge, and shows at
// least so many requests unless it is folded.
const (
	requestsEdge = 0.7
	requestsMin  = 3
)

// activityPanel shows what is shared and which devices are here, and in a pane below
// that the log of requests. After Stop it can still be read.
type activityPanel struct {
	content  fyne.CanvasObject
	panes    *kit.Panes
	summary  *summary
	autoStop *autoStopLine
	devices  *devicesPanel
	log      *requests.Panel

	waiting  *waitingPanel     // in place of the devices until there are any
	nobodyIn fyne.CanvasObject // above them until one has come in
	snapshot server.Snapshot   // that is shown
}

// newActivityPanel returns the panel of these parts.
func newActivityPanel(sum *summary, a *autoStopLine, d *devicesPanel, log *requests.Panel) *activityPanel {
	p := &activityPanel{
		summary: sum, autoStop: a, devices: d, log: log,
		waiting: newWaitingPanel(), nobodyIn: newNobodyIn(),
	}
	here := container.NewStack(p.waiting.content, kit.Border(p.nobodyIn, nil, nil, nil, d.content))
	top := kit.VStack(6, p.summary.content, a.content, widget.NewSeparator())
	p.panes = kit.NewPanes(kit.NewPanel(12, kit.Border(top, nil, nil, nil, here)), kit.NewPanel(8, log.Content), requestsEdge, requests.HeightOf(requestsMin), requests.Fit)
	p.content = p.panes.Content
	return p
}

// show draws a snapshot. found says what is in the folder.
func (p *activityPanel) show(s server.Snapshot, found string) {
	p.snapshot = s
	now := time.Now()
	p.summary.show(s, found)
	p.waiting.show(s.Since, len(askingDevices(s)) > 0, s.Totals.Bytes+s.Totals.Received > 0)
	least := p.devices.content.MinSize()
	anybody := p.devices.show(s, now)
	alone := s.State == server.Sharing && !slices.ContainsFunc(s.Devices, hasComeIn)
	kit.SetShown(p.waiting.content, alone && !anybody)
	kit.SetShown(p.nobodyIn, alone && anybody)
	kit.SetShown(p.devices.content, anybody)
	p.log.Show(s)
	if p.devices.content.MinSize() != least {
		p.panes.Content.Refresh() // nothing else lays it out again
	}
	p.tick(now)
}

// filterLog lets the person filter the log.
func (p *activityPanel) filterLog() {
	p.panes.Fold(false)
	p.log.Filter()
}

// foldLog leaves only the first line of the log, or brings back the rest.
func (p *activityPanel) foldLog() { p.panes.Toggle() }

// hasComeIn reports whether a device is in, or was.
func hasComeIn(d server.Device) bool { return d.Status == server.In || d.Requests > 0 }

// tick shows what has changed only because time has passed.
func (p *activityPanel) tick(now time.Time) {
	p.devices.tick(now)
	if !p.snapshot.Since.IsZero() {
		p.waiting.tick(now)
	}
}

func newNobodyIn() fyne.CanvasObject {
	text := kit.NewCaption(lang.L("Nobody is in yet"))
	text.SizeName = theme.SizeNameText
	return kit.Border(nil, nil, kit.CenteredIcon(kit.Muted(kit.IconPhone), 20), nil, text)
}

// summary says what is shared, and how much was sent or, where files are only received,
// came in.
type summary struct {
	content     fyne.CanvasObject
	name, about *widget.Label
	add         *kit.Button // a text, or to what is shared
	sendText    *kit.Button // where a list has the button that adds to what is shared
}

func newSummary(onSendText func(), addMenu func() []*fyne.MenuItem) *summary {
	s := &summary{name: kit.NewTitle(""), about: kit.NewCaption("")}
	s.add = kit.NewMenuButton(lang.L("Add or send"), theme.ContentAddIcon(), func() []*fyne.MenuItem {
		return append([]*fyne.MenuItem{fyne.NewMenuItem(lang.L("Send text…"), onSendText)}, addMenu()...)
	})
	s.sendText = kit.NewIconButton(lang.L("Send text…"), kit.IconText, onSendText)
	s.add.Importance, s.sendText.Importance = widget.MediumImportance, widget.MediumImportance
	s.content = kit.Border(nil, nil, nil, container.NewCenter(container.NewStack(s.add, s.sendText)), kit.Padded(2, 2, 0, 0, kit.Lines(s.name, s.about)))
	return s
}

// show draws a snapshot. found says what is in the folder.
func (s *summary) show(now server.Snapshot, found string) {
	kit.SetText(s.name, words.Visible(now.Name))
	var about []string
	if found != "" {
		about = append(about, found)
	}
	moved, text := now.Totals.Bytes, words.Phrase("{{.Size}} sent")
	if now.Share.Receiving.On { // what is sent then is pages
		moved, text = now.Totals.Received, words.Phrase("{{.Size}} received")
	}
	if moved > 0 {
		about = append(about, lang.L(text, map[string]any{"Size": words.Bytes(moved)}))
	}
	kit.SetText(s.about, strings.Join(about, " · "))
	sharing, adds := now.State == server.Sharing, !hasList(now) && !now.Share.Receiving.On
	kit.SetShown(s.add, sharing && adds)
	kit.SetShown(s.sendText, sharing && !adds)
}
