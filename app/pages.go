package app

import (
	"path"
	"slices"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// pages are those index.html that visitors added and that the person has not left as
// they are.
type pages struct {
	accept func(folder string)
	redraw func()
	left   map[server.Page]bool
}

func newPages(accept func(folder string), redraw func()) *pages {
	return &pages{accept: accept, redraw: redraw, left: map[server.Page]bool{}}
}

// matters returns the pages of a snapshot, the latest first. Where folders are listed
// anyway, there is nothing to decide.
func (x *pages) matters(s server.Snapshot) (all []matter) {
	if s.Share.Listing {
		return nil
	}
	names := namesOf(s.Devices)
	for _, p := range slices.Backward(s.Pages) {
		if !x.left[p] {
			all = append(all, matter{p, func() *kit.Prompt { return x.newCard(p, addedText(p, names)) }})
		}
	}
	return all
}

// newCard is a page, and what can be done with it.
func (x *pages) newCard(p server.Page, title string) *kit.Prompt {
	use := kit.NewButton(lang.L("Use as page"), nil, widget.MediumImportance, func() { x.accept(p.Folder) })
	leave := kit.NewButton(lang.L("Leave it"), nil, widget.MediumImportance, func() {
		x.left[p] = true
		x.redraw()
	})
	return kit.NewPrompt(theme.ColorNameWarning, title, []string{lang.L("Listed like any file until you say so.")}, use, leave)
}

// addedText says which page it is and, if that is known, who sent it.
func addedText(one server.Page, names deviceNames) string {
	name := words.Visible(path.Join(one.Folder, "index.html"))
	if !one.Addr.IsValid() {
		return lang.L("Visitors added {{.Name}}", map[string]any{"Name": name})
	}
	return lang.L("{{.Device}} added {{.Name}}", map[string]any{"Device": names.of(keyOf(one.Device, one.Addr)), "Name": name})
}

// acceptPage makes what visitors added the page of its folder.
func (o *owner) acceptPage(folder string) {
	o.control.tryThen(func() error { return o.control.engine.AcceptPage(folder) }, func(err error) {
		if err != nil {
			o.control.report(errNotAccepted)
		}
	})
}
