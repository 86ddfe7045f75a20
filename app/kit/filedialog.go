package kit

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/words"
)

// ShowFolderDialog lets a person choose a folder, beginning at start, in a dialog of
// Fyne's as large as the window allows. picked gets "" if the person cancels.
func ShowFolderDialog(win fyne.Window, start string, picked func(path string, err error)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if u == nil {
			picked("", err)
			return
		}
		picked(u.Path(), err)
	}, win)
	showFileDialog(win, d, lang.L("Choose a folder"), start)
}

// ShowFileDialog lets a person choose a file in the same way: Fyne's dialog knows one at a
// time. picked gets nothing if the person cancels.
func ShowFileDialog(win fyne.Window, start string, picked func(paths []string, err error)) {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f == nil {
			picked(nil, err)
			return
		}
		_ = f.Close() // only its name matters
		picked([]string{f.URI().Path()}, err)
	}, win)
	showFileDialog(win, d, lang.L("Choose files"), start)
}

func showFileDialog(win fyne.Window, d *dialog.FileDialog, title, start string) {
	d.SetConfirmText(lang.L("Choose"))
	d.SetTitleText(title)
	if u, err := storage.ListerForURI(storage.NewFileURI(start)); err == nil {
		d.SetLocation(u)
	}
	c := win.Canvas()
	onTypedKey := c.OnTypedKey()
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.SetOnClosed(func() { c.SetOnTypedKey(onTypedKey) })
	d.Show()
	d.Resize(c.Size().SubtractWidthHeight(2*Margin, 2*Margin)) // Fyne panics if this comes before Show
	translatePlaces(overlaid(c))
}

// overlaid returns what is in front of a canvas. The type around it is Fyne's own, and
// only its field is exported.
func overlaid(c fyne.Canvas) fyne.CanvasObject {
	top := reflect.Indirect(reflect.ValueOf(c.Overlays().Top()))
	if top.Kind() != reflect.Struct {
		return nil
	}
	content := top.FieldByName("Content")
	if !content.IsValid() {
		return nil
	}
	o, _ := content.Interface().(fyne.CanvasObject)
	return o
}

// placesWidth is how wide the names of places are in all languages.
const placesWidth = 190

// places are what Fyne calls the folders on the left of its dialog. It translates all of
// the dialog but them.
var places = []string{
	words.Phrase("Home"), words.Phrase("Computer"), words.Phrase("Desktop"), words.Phrase("Documents"),
	words.Phrase("Downloads"), words.Phrase("Movies"), words.Phrase("Music"), words.Phrase("Pictures"), words.Phrase("Videos"),
}

// translatePlaces makes Fyne's dialog show the names of places in the person's language.
func translatePlaces(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *widget.PopUp:
		translatePlaces(o.Content)
	case *fyne.Container:
		for _, c := range o.Objects {
			translatePlaces(c)
		}
	case *container.Split:
		if list, ok := o.Leading.(*widget.List); ok {
			show := list.UpdateItem
			list.UpdateItem = func(id widget.ListItemID, item fyne.CanvasObject) {
				show(id, item)
				translatePlace(item)
			}
			list.Refresh()
			o.SetOffset(float64(placesWidth / max(placesWidth, o.Size().Width)))
		}
	}
}

// translatePlace translates the one label of an item.
func translatePlace(item fyne.CanvasObject) {
	row, ok := item.(*fyne.Container)
	if !ok {
		return
	}
	for _, c := range row.Objects {
		if label, ok := c.(*widget.Label); ok && slices.Contains(places, label.Text) {
			label.SetText(lang.L(label.Text))
		}
	}
}

// ShowSaveDialog lets a person type the path of a new file, and asks before an older
// file is replaced. (Fyne's own dialog empties the file as soon as it is chosen: if
// saving then fails, both are lost.)
func ShowSaveDialog(win fyne.Window, suggested string, picked func(path string)) {
	e := NewEntry("")
	e.SetText(suggested)
	d := dialog.NewCustomConfirm(lang.L("Save as"), lang.L("Save"), lang.L("Cancel"), FixedWidth(420, e), func(save bool) {
		path := words.ParsePath(e.Text)
		if !save || path == "" {
			return
		}
		confirmReplacing(win, path, picked)
	}, win)
	e.OnSubmitted = func(string) { d.Confirm() }
	e.OnEscape = d.Dismiss
	d.Show()
	win.Canvas().Focus(e)
}

func confirmReplacing(win fyne.Window, path string, picked func(path string)) {
	if _, err := os.Lstat(path); err != nil {
		picked(path)
		return
	}
	d := dialog.NewConfirm(lang.L("Replace the file?"), lang.L("{{.Name}} is already there.", map[string]any{"Name": words.Visible(filepath.Base(path))}), func(replace bool) {
		if replace {
			picked(path)
		}
	}, win)
	d.SetConfirmText(lang.L("Replace"))
	d.SetDismissText(lang.L("Keep it"))
	d.Show()
}
