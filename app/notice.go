package app

import (
	"errors"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// notice says what went wrong, in the window and not in front of it, and offers the
// remedy as a button.
type notice struct {
	content  *kit.Card
	onPort   func(port int)  // share on another port
	onFolder func(err error) // choose another folder than that which err is about
	dismiss  *kit.Button

	text   *widget.Label
	remedy *kit.Button
	row    fyne.CanvasObject // of the remedy
	err    error             // that is shown; nil for none
}

func newNotice(onPort func(int), onFolder func(error), onDismiss func()) *notice {
	n := &notice{
		onPort: onPort, onFolder: onFolder,
		text:   kit.NewParagraph(""),
		remedy: kit.NewButton("", nil, widget.HighImportance, nil),
	}
	n.text.TextStyle.Bold = true
	sign := container.NewVBox(kit.Padded(7, 0, 4, 2, kit.CenteredIcon(theme.NewColoredResource(kit.IconProblem, theme.ColorNameError), 22)))
	n.dismiss = kit.NewCloseButton(lang.L("Close this message"), onDismiss)
	n.row = kit.Padded(0, 6, 8, 0, container.NewHBox(n.remedy))
	body := kit.Column(2, n.text, n.row)
	n.content = kit.NewCard(kit.ColorAlarm, "", kit.RadiusCard, 8, kit.Border(nil, nil, sign, container.NewVBox(n.dismiss), body))
	n.content.Hide()
	return n
}

// show says why something failed; nil hides the notice.
func (n *notice) show(err error) {
	if err == nil || n.err == err {
		n.err = err
		kit.SetShown(n.content, err != nil)
		return
	}
	n.err = err
	n.text.SetText(words.ErrorText(err))
	verb, do := n.remedyFor(err)
	n.remedy.OnTapped = do
	n.remedy.Set(verb, nil, widget.HighImportance, true)
	kit.SetShown(n.row, do != nil)
	kit.SetShown(n.content, true)
	n.content.Refresh()
}

// clear hides the notice if it is about err.
func (n *notice) clear(err error) {
	if n.err == err {
		n.show(nil)
	}
}

// remedyFor returns the label of the button that helps and what it does, nil for
// nothing.
func (n *notice) remedyFor(err error) (verb string, do func()) {
	port := 0
	var busy *server.PortBusyError
	var forbidden *server.PortForbiddenError
	var unmade *server.FolderNotMadeError
	switch {
	case errors.As(err, &busy):
		port = busy.Suggestion
	case errors.As(err, &forbidden):
		port = forbidden.Suggestion
	case errors.As(err, &unmade), isOneOf(err, server.ErrFolderMissing, server.ErrNotAFolder, server.ErrFolderUnreadable, server.ErrFolderGone):
		return lang.L("Choose another folder…"), func() { n.onFolder(err) }
	}
	if port == 0 {
		return "", nil
	}
	return lang.L("Use {{.Port}}", map[string]any{"Port": strconv.Itoa(port)}), func() { n.onPort(port) }
}
