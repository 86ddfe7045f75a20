package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

const (
	itemHeight   = 46
	itemPicture  = 34
	itemsVisible = 4    // without scrolling
	itemsShare   = 0.42 // of the height that the list may take
)

// itemsPanel lists the files and folders that are shared, or will be, unless that is one
// folder.
type itemsPanel struct {
	content  fyne.CanvasObject
	title    *widget.Label
	list     *widget.List
	pictures *pictures
	do       itemCommands

	items []item
	allow server.Permission // what devices may do in all folders
}

// itemCommands are what the person can do with the list.
type itemCommands struct {
	addMenu func() []*fyne.MenuItem
	remove  func(path string)
	permit  func(path string, most server.Permission)
}

// item is one row of the list.
type item struct {
	path, name, about string
	size              string // in place of about where there is no room for that; "" for about
	bytes             int64  // -1 if that is not known
	folder, lost      bool
	most              server.Permission
	last              bool // it cannot be taken out
}

func newItemsPanel(small *pictures, do itemCommands) *itemsPanel {
	p := &itemsPanel{pictures: small, do: do, title: kit.NewStrong("")}
	p.list = widget.NewList(func() int { return len(p.items) },
		func() fyne.CanvasObject { return newItemRow(p) },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*itemRow).show(p.items[i]) })
	p.list.HideSeparators = true
	p.list.OnSelected = func(widget.ListItemID) { p.list.UnselectAll() }
	add := kit.NewMenuButton(lang.L("Add to share"), theme.ContentAddIcon(), do.addMenu)
	add.Text, add.Importance, add.Style = lang.L("Add to share"), widget.MediumImportance, kit.SmallStyle
	head := kit.Border(nil, nil, nil, container.NewCenter(add), p.title)
	p.content = kit.NewPanel(8, kit.Border(head, nil, nil, nil, container.New(itemsLayout{func() int { return len(p.items) }}, p.list)))
	p.content.Hide()
	return p
}

// show draws items, none to hide the list, and reports whether it has another height.
func (p *itemsPanel) show(items []item, allow server.Permission) (resized bool) {
	resized = p.content.Visible() != (len(items) > 0) || min(len(p.items), itemsVisible) != min(len(items), itemsVisible)
	kit.SetText(p.title, headOf(items))
	if p.allow != allow || !slices.Equal(p.items, items) {
		p.items, p.allow = items, allow
		p.list.Refresh()
	}
	kit.SetShown(p.content, len(items) > 0)
	return resized
}

// headOf says how many items there are to have and, if that is known, how large they are
// together; "" of one, whose row says it.
func headOf(items []item) string {
	if len(items) == 1 {
		return ""
	}
	files, folders, bytes, known := 0, 0, int64(0), true
	for _, i := range items {
		switch {
		case i.lost:
			continue
		case i.folder:
			folders++
		default:
			files++
		}
		bytes += i.bytes
		known = known && i.bytes >= 0
	}
	title := countText(files, folders)
	if known && files+folders > 0 {
		title += " · " + words.Bytes(bytes)
	}
	return title
}

// countText says how many things there are: "2 folders", or "3 items" if they differ.
func countText(files, folders int) string {
	text := words.Phrase("{{.Count}} items")
	switch {
	case files > 0 && folders == 0:
		text = words.Phrase("{{.Count}} files")
	case folders > 0 && files == 0:
		text = words.Phrase("{{.Count}} folders")
	}
	return words.Count(int64(files+folders), text)
}

// itemsLayout gives the list the height of its first rows.
type itemsLayout struct{ rows func() int }

func (l itemsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, float32(min(l.rows(), itemsVisible))*(itemHeight+theme.Padding()))
}

func (itemsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// itemRow shows an item: a small picture of it, its name, what it is, what devices may do
// in it, and a button that takes it out.
type itemRow struct {
	widget.BaseWidget
	panel       *itemsPanel
	now         item
	picture     *smallImage
	name, about *widget.Label
	most        *kit.Dropdown
	remove      *kit.Button
}

func newItemRow(p *itemsPanel) *itemRow {
	r := &itemRow{panel: p, picture: newSmallImage(p.pictures), name: kit.NewText("", theme.SizeNameText, false), about: kit.NewCaption("")}
	r.most = kit.NewDropdown(lang.L("Phones may send files"), nil, 0, func(i int) { p.do.permit(r.now.path, permissions[i]) })
	r.most.Style, r.most.Short = kit.SmallStyle, []string{lang.L("No"), lang.L("Add"), lang.L("Change")}
	r.remove = kit.NewIconButton(lang.L("Take out"), theme.CancelIcon(), func() { p.do.remove(r.now.path) })
	r.ExtendBaseWidget(r)
	return r
}

// show draws an item.
func (r *itemRow) show(i item) {
	r.now = i
	name, about := widget.MediumImportance, widget.LowImportance
	if i.lost {
		name, about = widget.LowImportance, widget.WarningImportance
	}
	kit.SetTextAndImportance(r.name, i.name, name)
	kit.SetTextAndImportance(r.about, i.about, about)
	r.fitAbout()
	icon := kit.IconFile
	if i.folder {
		icon = kit.IconFolder
	}
	path := i.path
	if i.folder || i.lost {
		path = ""
	}
	r.picture.show(path, kit.Muted(icon))
	r.showMost()
	r.remove.Name = lang.L("Take out {{.Name}}", map[string]any{"Name": i.name})
	kit.SetShown(r.remove, !i.last)
}

// fitAbout says how large an item is where there is no room for more.
func (r *itemRow) fitAbout() {
	text := r.now.about
	if width := r.about.Size().Width; width > 0 && r.now.size != "" && kit.TextWidth(r.about, text) > width {
		text = r.now.size
	}
	kit.SetText(r.about, text)
}

// showMost offers for a folder what is no more than devices may do everywhere.
func (r *itemRow) showMost() {
	allow := slices.Index(permissions, r.panel.allow)
	shown := r.now.folder && !r.now.lost && allow > 0
	if shown {
		all := []string{lang.L("No: look and download only"), lang.L("Add: nothing is overwritten"), lang.L("Change: also rename and delete")}
		r.most.SetOptions(all[:allow+1], min(slices.Index(permissions, r.now.most), allow))
	}
	kit.SetShown(r.most, shown)
}

// MinSize is the same for all rows.
func (r *itemRow) MinSize() fyne.Size { return fyne.NewSize(120, itemHeight) }

// CreateRenderer is called by Fyne.
func (r *itemRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(itemRowLayout{r.fitAbout}, r.picture.content, kit.TextStack(r.name, r.about), r.most, r.remove))
}

// itemRowLayout puts a picture, texts and two buttons beside each other.
type itemRowLayout struct {
	placed func() // the texts are as wide as they can be; may be nil
}

func (itemRowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, itemHeight) }

func (l itemRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(4, (s.Height-itemPicture)/2))
	o[0].Resize(fyne.NewSquareSize(itemPicture))
	right := s.Width
	for _, b := range []fyne.CanvasObject{o[3], o[2]} {
		if !b.Visible() {
			continue
		}
		width := b.MinSize().Width
		if d, ok := b.(*kit.Dropdown); ok {
			width = d.Widest()
		}
		height := b.MinSize().Height
		right -= width
		b.Move(fyne.NewPos(right, (s.Height-height)/2))
		b.Resize(fyne.NewSize(width, height))
	}
	const left = 4 + itemPicture + 2
	height := o[1].MinSize().Height
	o[1].Move(fyne.NewPos(left, (s.Height-height)/2))
	o[1].Resize(fyne.NewSize(max(0, right-left), height))
	if l.placed != nil {
		l.placed()
	}
}

// hasList reports whether what is shared needs a list: one thing says itself what it is,
// unless it is lost, or devices may do more elsewhere than in it.
func hasList(s server.Snapshot) bool {
	if len(s.Items) != 1 {
		return len(s.Items) > 1
	}
	only := s.Items[0]
	return only.Err != nil || only.Dir && s.Policy.Allow != server.Read
}

// itemRows returns the rows of what is shared, or of what is chosen; none if that needs no
// list.
func itemRows(s server.Snapshot, chosen *folderPanel) []item {
	if hasList(s) {
		return sharedRows(s, chosen)
	}
	if s.State == server.Sharing || len(chosen.items) == 0 || chosen.isFolder() {
		return nil
	}
	rows := make([]item, 0, len(chosen.items))
	for i, it := range chosen.items {
		t := thing{path: it.Path}
		if things := chosen.scanner.things; i < len(things) && things[i].path == it.Path {
			t = things[i]
		} else {
			t = chosen.thing(it.Path)
		}
		rows = append(rows, item{path: it.Path, name: baseName(it.Path), about: t.about(), size: t.size(), bytes: t.bytes(), folder: !t.file, most: it.Most})
	}
	return rows
}

func sharedRows(s server.Snapshot, known *folderPanel) []item {
	rows := make([]item, len(s.Items))
	for i, state := range s.Items {
		rows[i] = item{path: state.Path, name: words.Visible(state.Name), about: words.Bytes(state.Size), bytes: state.Size, folder: state.Dir, last: len(s.Items) == 1}
		if i < len(s.Share.Items) {
			rows[i].most = s.Share.Items[i].Most
		}
		switch {
		case isOneOf(state.Err, server.ErrItemGone):
			rows[i].about, rows[i].lost = lang.L("is gone"), true
		case isOneOf(state.Err, server.ErrItemLocked):
			rows[i].about, rows[i].lost = lang.L("cannot be read"), true
		case state.Err != nil:
			rows[i].about, rows[i].lost = lang.L("is not answering"), true
		case state.Dir:
			t := known.thing(state.Path)
			rows[i].about, rows[i].size, rows[i].bytes = t.about(), t.size(), t.bytes()
		}
	}
	return rows
}

// about says how large a thing is.
func (t thing) about() string {
	switch {
	case t.file:
		return words.Bytes(t.look.Bytes)
	case t.look.Files == 0 && !t.look.Complete:
		return lang.L("Folder")
	}
	return foundText(t.look)
}

// size is what matters most of about, if that has parts.
func (t thing) size() string {
	if t.file || t.look.Files == 0 {
		return ""
	}
	return words.Bytes(t.look.Bytes)
}

// bytes returns how large a thing is, as far as it was counted; -1 if it was not.
func (t thing) bytes() int64 {
	if t.err != nil || t.look.Files == 0 && !t.look.Complete {
		return -1
	}
	return t.look.Bytes
}
