package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/kit"
	"windowsill/app/requests"
	"windowsill/server"
)

// trafficPanel shows what goes on: as what it means for people, or as the
// requests that it consists of.
type trafficPanel struct {
	content   fyne.CanvasObject
	transfers *transferPanel
	log       *requests.Panel
	pace      *paceLine
	choice    *kit.Tabs // between transfers and log
}

func newTrafficPanel(t *transferPanel, l *requests.Panel) *trafficPanel {
	p := &trafficPanel{transfers: t, log: l, pace: newPaceLine()}
	p.choice = kit.NewTabs([2]string{lang.L("Activity"), lang.L("Requests")}, [2]fyne.CanvasObject{t.content, l.Content})
	p.content = container.NewBorder(container.NewBorder(nil, nil, p.choice.Content, p.pace.content), nil, nil, nil,
		kit.Padded(4, 0, 0, 0, container.NewStack(t.content, l.Content)))
	return p
}

func (p *trafficPanel) show(s server.Snapshot) {
	p.transfers.show(s)
	p.pace.show(s.Speed)
	p.log.Show(s)
}
