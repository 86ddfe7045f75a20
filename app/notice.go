package app

import (
	"errors"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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
	content  *card
	onPort   func(port int) // share on another port
	onFolder func()         // choose another folder

	text      *widget.Label
	remedy    *button
	remedyRow fyne.CanvasObject
	err       error
}

func newNotice(onPort func(int), onFolder func()) *notice {
	n := &notice{
		onPort: onPort, onFolder: onFolder,
		text:   newProse(""),
		remedy: newButton("", nil, widget.HighImportance, nil),
	}
	n.text.TextStyle.Bold = true
	sign := container.NewVBox(padded(7, 0, 4, 2, picture(theme.NewColoredResource(iconTrouble, theme.ColorNameError), 22)))
	n.remedyRow = padded(0, 6, 8, 0, container.NewHBox(n.remedy))
	body := container.New(falling{2}, n.text, n.remedyRow)
	n.content = newCard(colorAlarm, "", radiusCard, 8, container.NewBorder(nil, nil, sign, nil, body))
	n.content.Hide()
	return n
}

// show says why something failed; nil hides the notice.
func (n *notice) show(err error) {
	if err == nil || n.err == err {
		n.err = err
		setShown(n.content, err != nil)
		return
	}
	n.err = err
	n.text.SetText(sentence(err))
	verb, do := n.cure(err)
	n.remedy.OnTapped = do
	n.remedy.set(verb, nil, widget.HighImportance, true)
	setShown(n.remedyRow, do != nil)
	setShown(n.content, true)
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

// falling puts one below the other, like a VBox, but gives each its width
// before it asks for its height: text that wraps knows it only then.
type falling struct{ between float32 }

func (l falling) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, c := range o {
		if c.Visible() {
			m := c.MinSize()
			size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height+l.between)
		}
	}
	size.Height -= l.between
	return size
}

func (l falling) Layout(o []fyne.CanvasObject, s fyne.Size) {
	var y float32
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, c.MinSize().Height))
		height := c.MinSize().Height
		c.Resize(fyne.NewSize(s.Width, height))
		y += height + l.between
	}
}
