package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
)

// folderSettings is what of a folder is shared, and how it is shown.
type folderSettings struct {
	content fyne.CanvasObject
	hidden  *widget.Check
	site    *widget.Check // shows a folder with an index.html as a web site
	later   *widget.Label // says when a change counts
}

func newFolderSettings(onHidden, onSite func(bool)) *folderSettings {
	s := &folderSettings{
		hidden: widget.NewCheck(lang.L("Also share hidden files"), onHidden),
		site:   widget.NewCheck(lang.L("Show a folder with an index.html as a web site"), onSite),
		later:  kit.NewParagraph(lang.L("It counts from the next share on.")),
	}
	s.later.Importance = widget.WarningImportance
	s.content = kit.Paragraphs(
		kit.Option(s.hidden, kit.NewHint(lang.L("Their names begin with a dot, and many hold settings, passwords or keys. Without this switch nobody can see or open them."))),
		kit.Option(s.site, kit.NewHint(lang.L("Without this switch it is listed like all folders."))),
		s.later)
	return s
}

// show draws the switches, and whether the present share has other ones.
func (s *folderSettings) show(now *sharing) {
	hidden, listing, share := now.sharesHidden(), settings.Listing.Get(now.store), now.snapshot.Share
	kit.SetChecked(s.hidden, hidden)
	kit.SetChecked(s.site, !listing)
	kit.SetShown(s.later, now.isSharing() && (share.Hidden != hidden || share.Listing != listing))
}
