package app

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/server"
)

// receivedPanel lists what has come in, the latest first, while files are received.
type receivedPanel struct {
	content  fyne.CanvasObject
	title    *widget.Label
	list     *widget.List
	pictures *pictures
	do       receivedCommands

	files   []receivedFile
	deleted map[uint64]bool // by the person, by ID of the upload
}

// receivedCommands are what the person can do with a file that came in.
type receivedCommands struct {
	open   func(path string)
	show   func(path string) // in its folder
	copy   func(path string) // its text, or the picture
	delete func(f receivedFile)
}

// receivedFile is a file that has come in.
type receivedFile struct {
	id   uint64
	path string // on the disk
	from string // the device
	size int64
}

func newReceivedPanel(p *pictures, do receivedCommands) *receivedPanel {
	r := &receivedPanel{title: kit.NewStrong(""), pictures: p, do: do, deleted: map[uint64]bool{}}
	r.list = widget.NewList(func() int { return len(r.files) },
		func() fyne.CanvasObject { return newReceivedRow(r) },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*receivedRow).show(r.files[i]) })
	r.list.HideSeparators = true
	r.list.OnSelected = func(widget.ListItemID) { r.list.UnselectAll() }
	rows := func() int { return len(r.files) }
	r.content = kit.NewPanel(8, kit.Border(r.title, nil, nil, nil, container.New(itemsLayout{rows}, r.list)))
	r.content.Hide()
	return r
}

// show draws what has come in, and reports whether the list has another height.
func (r *receivedPanel) show(s server.Snapshot) (resized bool) {
	var files []receivedFile
	if s.Share.Receiving.On {
		files = receivedIn(s, r.deleted)
	}
	shown := len(files) > 0
	resized = r.content.Visible() != shown || min(len(r.files), itemsVisible) != min(len(files), itemsVisible)
	if !slices.Equal(r.files, files) {
		r.files = files
		kit.SetText(r.title, words.Count(int64(len(files)), words.Phrase("{{.Count}} files received")))
		r.list.Refresh()
	}
	kit.SetShown(r.content, shown)
	return resized
}

func receivedIn(s server.Snapshot, deleted map[uint64]bool) (files []receivedFile) {
	names := namesOf(s.Devices)
	for _, u := range slices.Backward(s.Uploads) {
		if u.State == server.Arrived && !deleted[u.ID] {
			files = append(files, receivedFile{u.ID, onDisk(s, u.Name), names.of(keyOf(u.Device, u.Addr)), u.Bytes})
		}
	}
	return files
}

// forget takes a file out of the list.
func (r *receivedPanel) forget(id uint64) { r.deleted[id] = true }

// menu offers what can be done with a file. What might be a program is not opened by a
// click: a stranger may have sent it.
func (r *receivedPanel) menu(f receivedFile) (items []*fyne.MenuItem) {
	ext := strings.ToLower(path.Ext(f.path))
	if slices.Contains(harmless, ext) {
		items = append(items, fyne.NewMenuItem(lang.L("Open"), func() { r.do.open(f.path) }))
	}
	items = append(items, fyne.NewMenuItem(lang.L("Show in folder"), func() { r.do.show(f.path) }))
	if isPictured(f.path) {
		items = append(items, fyne.NewMenuItem(lang.L("Copy picture"), func() { r.do.copy(f.path) }))
	}
	if slices.Contains(copyable, ext) && f.size <= copiedMost {
		items = append(items, fyne.NewMenuItem(lang.L("Copy text"), func() { r.do.copy(f.path) }))
	}
	return append(items, fyne.NewMenuItem(lang.L("Delete…"), func() { r.do.delete(f) }))
}

// copiedMost is how many bytes of text are copied at most.
const copiedMost = 1 << 20

// copyable are the extensions of files whose text can be copied.
var copyable = []string{".txt", ".md", ".csv", ".log"}

// harmless are the extensions of files that programs only show or play.
var harmless = append([]string{
	".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".avif", ".jxl", ".bmp", ".tif", ".tiff",
	".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v", ".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac", ".pdf",
}, copyable...)

// readText returns the text of a small file.
func readText(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > copiedMost {
		return "", errNotCopied
	}
	b, err := os.ReadFile(path)
	if err == nil && !utf8.Valid(b) {
		err = errNotCopied
	}
	return string(b), err
}

// receivedRow shows a file that came in.
type receivedRow struct {
	widget.BaseWidget
	panel       *receivedPanel
	now         receivedFile
	picture     *smallImage
	name, about *widget.Label
	more        *kit.Button
}

func newReceivedRow(p *receivedPanel) *receivedRow {
	r := &receivedRow{panel: p, picture: newSmallImage(p.pictures), name: kit.NewText("", theme.SizeNameText, false), about: kit.NewCaption("")}
	r.more = kit.NewMenuButton("", theme.MoreVerticalIcon(), func() []*fyne.MenuItem { return p.menu(r.now) })
	r.ExtendBaseWidget(r)
	return r
}

func (r *receivedRow) show(f receivedFile) {
	r.now = f
	name := words.Visible(filepath.Base(f.path))
	kit.SetText(r.name, name)
	kit.SetText(r.about, words.Bytes(f.size)+" · "+f.from)
	r.picture.show(f.path, kit.Muted(kit.IconFile))
	r.more.Name = lang.L("Options for {{.Name}}", map[string]any{"Name": name})
}

// MinSize is the same for all rows.
func (r *receivedRow) MinSize() fyne.Size { return fyne.NewSize(120, itemHeight) }

// CreateRenderer is called by Fyne.
func (r *receivedRow) CreateRenderer() fyne.WidgetRenderer {
	none := kit.Gap(0)
	none.Hide()
	return widget.NewSimpleRenderer(container.New(itemRowLayout{}, r.picture.content, kit.TextStack(r.name, r.about), none, r.more))
}
