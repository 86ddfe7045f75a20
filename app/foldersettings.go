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
	hidden  *kit.Check
	site    *kit.Check    // shows a folder with an index.html as a web site
	readmes *kit.Check    // shows a README.md below the list of its folder
	later   *widget.Label // says when a change counts
}

func newFolderSettings(onHidden, onSite, onReadmes func(bool)) *folderSettings {
	s := &folderSettings{
		hidden:  kit.NewCheck(lang.L("Also share hidden files"), onHidden),
		site:    kit.NewCheck(lang.L("Show folders with an index.html as web sites"), onSite),
		readmes: kit.NewCheck(lang.L("Show a folder's README.md below its list"), onReadmes),
		later:   kit.NewParagraph(lang.L("This applies the next time you share.")),
	}
	s.later.Importance = widget.WarningImportance
	s.content = kit.Paragraphs(
		kit.Option(s.hidden, kit.NewHint(lang.L("Their names start with a dot. Many contain passwords or keys."))),
		kit.Option(s.site, nil),
		kit.Option(s.readmes, nil),
		s.later)
	return s
}

// show draws the switches, and whether the present share has other ones.
func (s *folderSettings) show(now *sharing) {
	hidden, listing, share := now.options.hidden(), settings.Listing.Get(now.options.store), now.snapshot.Share
	noReadmes := now.options.noReadmes()
	s.hidden.Draw(hidden)
	s.site.Draw(!listing)
	s.readmes.Draw(!noReadmes)
	kit.SetShown(s.later, now.isSharing() && (share.Hidden != hidden || share.Listing != listing || share.NoReadmes != noReadmes))
}
