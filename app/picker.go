package app

import (
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"windowsill/app/desktop"
)

// picker is how a person says what to share: by dialogs of the system, by dropping it on
// the window, or by the clipboard.
type picker struct {
	app      fyne.App
	win      fyne.Window
	control  *control
	sharing  *sharing
	sendText func(text string)
	pasted   *pastedFiles

	showMain, focusFirst func() // of the view
}

func newPicker(w *Window) *picker {
	return &picker{
		app: w.app, win: w.win, control: w.control, sharing: w.sharing, sendText: w.owner.sendText, pasted: new(pastedFiles),
		showMain: func() { w.view.showSettings(false) }, focusFirst: func() { w.view.focusFirst() },
	}
}

// dropped takes what was dropped on the window.
func (p *picker) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	p.propose(paths)
}

// chooseFolder lets the person choose a folder.
func (p *picker) chooseFolder() {
	p.showMain()
	chooseFolder(p.control.life, p.win, p.sharing.folder.only(), p.control.onUI, func(folder string, err error) {
		if folder == "" {
			p.picked(nil, err, nil)
			return
		}
		p.picked([]string{folder}, err, p.propose)
	})
}

// chooseFiles lets the person choose files.
func (p *picker) chooseFiles() {
	p.showMain()
	chooseFiles(p.control.life, p.win, p.sharing.folder.only(), p.control.onUI, func(paths []string, err error) {
		p.picked(paths, err, p.propose)
	})
}

// addMenu offers what can be added to what is shared.
func (p *picker) addMenu() []*fyne.MenuItem {
	return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Files…"), p.addFiles), fyne.NewMenuItem(lang.L("Folder…"), p.addFolder)}
}

// addFolder lets the person choose a folder that is shared too.
func (p *picker) addFolder() {
	chooseFolder(p.control.life, p.win, p.sharing.folder.only(), p.control.onUI, func(folder string, err error) {
		if folder == "" {
			p.picked(nil, err, nil)
			return
		}
		p.picked([]string{folder}, err, p.sharing.add)
	})
}

// addFiles lets the person choose files that are shared too.
func (p *picker) addFiles() {
	chooseFiles(p.control.life, p.win, p.sharing.folder.only(), p.control.onUI, func(paths []string, err error) {
		p.picked(paths, err, p.sharing.add)
	})
}

// picked goes on with what was chosen in a dialog, if it was anything.
func (p *picker) picked(paths []string, err error, then func([]string)) {
	switch {
	case err != nil:
		p.control.report(err)
	case len(paths) > 0:
		then(paths)
	}
}

// propose takes these as chosen, or offers to add them to what is shared.
func (p *picker) propose(paths []string) {
	p.showMain()
	switch {
	case len(paths) == 0:
	case p.sharing.isSharing():
		p.sharing.offer(itemsOf(paths))
	default:
		p.sharing.folder.set(paths...)
		p.focusFirst()
	}
}

// paste shares what is on the clipboard: files that were copied in a file manager, a
// picture, or a text, which is a file as long as nobody can be sent it. Fyne knows nothing but text there.
func (p *picker) paste() {
	text := p.app.Clipboard().Content()
	if strings.TrimSpace(text) == "" {
		p.pastePicture()
		return
	}
	paths, there := pastedPaths(text), false
	p.control.background(func() error {
		there = slices.ContainsFunc(paths, exists)
		return nil
	}, func(error) {
		switch {
		case there:
			p.propose(paths)
		case p.sharing.isSharing():
			p.sendText(text)
		default:
			p.pasteFile(lang.L("Text"), ".txt", func() ([]byte, error) { return []byte(text), nil }, p.control.report)
		}
	})
}

// pasteFile shares a new file with what was pasted, or calls fail.
func (p *picker) pasteFile(kind, ext string, read func() ([]byte, error), fail func(error)) {
	name, path := kind+time.Now().Format(" 2006-01-02 15.04.05")+ext, ""
	p.control.background(func() error {
		content, err := read()
		if err == nil {
			path, err = p.pasted.keep(name, content)
		}
		return err
	}, func(err error) {
		if err != nil {
			fail(err)
			return
		}
		p.propose([]string{path})
	})
}

// pastePicture shares a picture that is on the clipboard as a file.
func (p *picker) pastePicture() {
	read := func() ([]byte, error) { return desktop.PastedPicture(p.control.life) }
	p.pasteFile(lang.L("Picture"), ".png", read, func(err error) {
		need := desktop.PicturesNeed()
		switch {
		case !errors.Is(err, desktop.ErrNoPicture):
			p.control.report(errNotPasted)
		case !desktop.HasPictures() && need != "":
			p.control.report(needError(need))
		}
	})
}
