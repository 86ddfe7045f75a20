package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// folderChoice is what of a folder is shared, and how it is shown.
type folderChoice struct {
	content fyne.CanvasObject
	hidden  *widget.Check
	index   *widget.Check // shows a folder with an index.html as a web site
	later   *widget.Label // says when a change counts
}

func newFolderChoice(do *sharing) *folderChoice {
	c := &folderChoice{
		hidden: widget.NewCheck(lang.L("Also share hidden files"), do.setHidden),
		index:  widget.NewCheck(lang.L("Show a folder with an index.html as a web site"), do.setIndex),
		later:  kit.NewParagraph(lang.L("It counts from the next share on.")),
	}
	c.later.Importance = widget.WarningImportance
	c.content = kit.Paragraphs(
		kit.Option(c.hidden, kit.NewHint(lang.L("Their names begin with a dot, and many hold settings, passwords or keys. Without this switch nobody can see or open them."))),
		kit.Option(c.index, kit.NewHint(lang.L("Without this switch it is listed like all folders."))),
		c.later)
	return c
}

// show draws the switches, and whether a share is running with other ones.
func (c *folderChoice) show(do *sharing) {
	hidden, listing := do.sharesHidden(), settings.Listing.Get(do.store)
	kit.SetChecked(c.hidden, hidden)
	kit.SetChecked(c.index, !listing)
	kit.SetShown(c.later, do.now.State == server.Sharing && (do.now.Share.Hidden != hidden || do.now.Share.Listing != listing))
}
