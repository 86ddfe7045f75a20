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
	"windowsill/server"
)

// errFlooded is no failure of the server's, but has to be known: whoever was
// told the PIN has to be told again.
var errFlooded = errors.New("Too many wrong PINs were tried. The PIN is new.")

// What could not be done about the firewall, and about files that came or were
// deleted.
var (
	errNotOpened   = errors.New("The folder could not be shown. Open it in your file manager.")
	errNotAllowed  = errors.New("The system has not let the firewall be changed. Copy the command, and run it in a terminal.")
	errNotRestored = errors.New("This could not be brought back. It lies in the hidden folder .windowsill-trash of the shared folder.")
)

// notice says what went wrong, in the window and not in front of it, and
// offers the remedy as a button.
type notice struct {
	content  *kit.Card
	onPort   func(port int) // share on another port
	onFolder func()         // choose another folder

	text      *widget.Label
	remedy    *kit.Button
	remedyRow fyne.CanvasObject
	err       error
}

func newNotice(onPort func(int), onFolder func()) *notice {
	n := &notice{
		onPort: onPort, onFolder: onFolder,
		text:   kit.NewParagraph(""),
		remedy: kit.NewButton("", nil, widget.HighImportance, nil),
	}
	n.text.TextStyle.Bold = true
	sign := container.NewVBox(kit.Padded(7, 0, 4, 2, kit.CenteredIcon(theme.NewColoredResource(kit.IconProblem, theme.ColorNameError), 22)))
	n.remedyRow = kit.Padded(0, 6, 8, 0, container.NewHBox(n.remedy))
	body := kit.Column(2, n.text, n.remedyRow)
	n.content = kit.NewCard(kit.ColorAlarm, "", kit.RadiusCard, 8, container.NewBorder(nil, nil, sign, nil, body))
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
	n.text.SetText(sentence(err))
	verb, do := n.cure(err)
	n.remedy.OnTapped = do
	n.remedy.Set(verb, nil, widget.HighImportance, true)
	kit.SetShown(n.remedyRow, do != nil)
	kit.SetShown(n.content, true)
	n.content.Refresh()
}

// cure returns the button that helps, or no function.
func (n *notice) cure(err error) (verb string, do func()) {
	port := 0
	var busy *server.PortBusyError
	var forbidden *server.PortForbiddenError
	switch {
	case errors.As(err, &busy):
		port = busy.Suggestion
	case errors.As(err, &forbidden):
		port = forbidden.Suggestion
	case errors.Is(err, errFlooded), errors.Is(err, errNotOpened), errors.Is(err, errNotAllowed), errors.Is(err, errNotRestored):
		return lang.L("All right"), func() { n.show(nil) }
	case isFolderError(err):
		return lang.L("Choose another folder…"), n.onFolder
	}
	if port == 0 {
		return "", nil
	}
	return lang.L("Use {{.Port}}", map[string]any{"Port": strconv.Itoa(port)}), func() { n.onPort(port) }
}

// isFolderError says whether another folder would help.
func isFolderError(err error) bool {
	for _, e := range []error{server.ErrFolderMissing, server.ErrNotAFolder, server.ErrFolderUnreadable, server.ErrFolderGone} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
