package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/kit"
	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

// dropFolders makes folders and files below a new one, and returns the path of it. A name
// that ends in a slash is a folder.
func dropFolders(t *testing.T, names ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Pictures")
	for _, name := range append([]string{"/"}, names...) {
		var err error
		if path := filepath.Join(dir, name); name[len(name)-1] == '/' {
			err = os.Mkdir(path, 0o700)
		} else {
			err = os.WriteFile(path, nil, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// drop drops things on the window, and waits until it asks something or has
// other things.
func (h *harness) drop(paths ...string) {
	h.t.Helper()
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	before := pathsOf(h.sharing.folder.items)
	h.desktop.picker.dropped(fyne.Position{}, uris)
	h.until("the drop", func() bool {
		return h.asker.IsOpen() || h.sharing.folder.scanner.done && !slices.Equal(pathsOf(h.sharing.folder.items), before)
	})
}

func TestDropFolder(t *testing.T) {
	h := opened(t)
	h.drop(filepath.Join(dropFolders(t, "Summer 2026/"), "Summer 2026"))
	h.sees("Summer 2026")
	if len(h.engine.started()) > 0 {
		t.Error("Dropping alone must not share.")
	}
}

func TestDropFolderWhileSharing(t *testing.T) {
	h := sharingWindow(t)
	beach := filepath.Join(dropFolders(t, "Beach/"), "Beach")
	drop := func() {
		h.drop(beach)
		h.until("the question", func() bool { return h.asker.IsOpen() })
	}
	drop()
	h.sees("Add “Beach” to what is shared?", "“Summer 2026” will no longer be shared.")
	h.answer("Cancel")
	if h.sharing.folder.only() != "/srv/Summer 2026" || len(h.engine.started()) != 1 {
		t.Error("It did not keep sharing.")
	}
	drop()
	h.answer("Add to share")
	h.until("two things", func() bool { return len(h.sharing.snapshot.Items) == 2 })
	h.sees("2 folders", "Summer 2026", "Beach")
	h.until("both are counted", func() bool { return h.sharing.found == "2,486 files · 6.8 GB" })
	if len(h.engine.started()) != 1 {
		t.Error("It was restarted.")
	}
	h.drop(filepath.Join(dropFolders(t, "Lake/"), "Lake"))
	h.until("three things, without another question", func() bool { return len(h.sharing.snapshot.Items) == 3 })
	if h.asker.IsOpen() {
		t.Error("It asks what it was told already.")
	}
}

func TestDropFolderInPlaceOfWhatIsShared(t *testing.T) {
	h := sharingWindow(t)
	dir := dropFolders(t, "Beach/", "Sand/", "Lake/")
	isShared := func(name string) bool {
		return h.sharing.snapshot.Share.Folder == filepath.Join(dir, name) && h.sharing.snapshot.State == server.Sharing
	}
	h.drop(filepath.Join(dir, "Beach"))
	h.until("the question", func() bool { return h.asker.IsOpen() })
	h.answer("Share only this")
	h.until("the other share", func() bool { return isShared("Beach") })
	h.seesNot("Summer 2026")
	h.drop(filepath.Join(dir, "Sand"))
	h.until("the next one, without another question", func() bool { return isShared("Sand") })
	h.change(func(n *server.Snapshot) { n.Transfers = fakeTransfers(1, 1) })
	h.until("the transfer", func() bool { return len(h.sharing.snapshot.Transfers) == 1 })
	h.drop(filepath.Join(dir, "Lake"))
	h.until("a question, since a transfer would be cut off", func() bool { return h.asker.IsOpen() })
}

func TestDropFile(t *testing.T) {
	h := opened(t)
	h.drop(filepath.Join(dropFolders(t, "film.mp4"), "film.mp4"))
	h.sees("film.mp4")
	h.seesNot("1 item")
	h.tap("Share")
	h.untilState(server.Sharing)
	for _, want := range []string{"film.mp4", "3.4 GB"} {
		if n := len(slices.DeleteFunc(h.texts(), func(s string) bool { return s != want })); n != 1 {
			t.Errorf("The window says %q %d times.", want, n)
		}
	}
	h.button("Add or send")
	if got := h.engine.started()[0]; got.Folder != "" || len(got.Items) != 1 || filepath.Base(got.Items[0].Path) != "film.mp4" {
		t.Errorf("Shared %+v.", got)
	}
	for _, o := range h.objects() {
		if b, ok := o.(*kit.Button); ok && strings.HasPrefix(b.Name, "Take out") {
			t.Error("The last thing can be taken out.")
		}
	}
}

// One thing is lost in a list, where it can be said.
func TestLostFile(t *testing.T) {
	h := opened(t)
	h.drop(filepath.Join(dropFolders(t, "film.mp4"), "film.mp4"))
	h.tap("Share")
	h.untilState(server.Sharing)
	h.change(func(n *server.Snapshot) {
		n.Totals.Requests++
		n.Items = slices.Clone(n.Items)
		n.Items[0].Err = server.ErrItemGone
	})
	h.sees("is gone", "Add to share")
}

func TestSignAndWordsOfWhatIsChosen(t *testing.T) {
	for _, c := range []struct {
		names       []string
		name, found string
		icon        fyne.Resource
	}{
		{[]string{"a/"}, "a", "1 file · 1 kB", kit.IconFolder},
		{[]string{"b.txt"}, "b.txt", "1 kB", kit.IconFile},
		{[]string{"a/", "c/"}, "2 folders", "2 files · 2 kB", kit.IconFolder},
		{[]string{"b.txt", "d.txt"}, "2 files", "2 kB", kit.IconFile},
		{[]string{"a/", "b.txt"}, "2 items", "2 files · 2 kB", kit.IconFolder},
	} {
		h := opened(t)
		h.engine.look = func(context.Context, string) (server.Look, error) {
			return server.Look{Files: 1, Bytes: 1000, Complete: true}, nil
		}
		dir := dropFolders(t, c.names...)
		var paths []string
		for _, n := range c.names {
			paths = append(paths, filepath.Join(dir, n))
		}
		h.drop(paths...)
		p := h.sharing.folder
		h.until("the scan", func() bool { return p.scanner.done })
		if p.name.Text != c.name || p.found.Text != c.found || p.picture.icon.Resource.Name() != kit.Accented(c.icon).Name() {
			t.Errorf("%q: %q, %q, %s", c.names, p.name.Text, p.found.Text, p.picture.icon.Resource.Name())
		}
	}
}

// What cannot be shared is named, and the rest is.
func TestDropSeveral(t *testing.T) {
	h := opened(t)
	dir := dropFolders(t, "a/", "b.txt", "c.txt")
	h.engine.look = func(_ context.Context, path string) (server.Look, error) {
		if _, err := os.Stat(path); err != nil {
			return server.Look{}, server.ErrFolderMissing
		}
		return server.Look{Files: 1, Bytes: 1000, Complete: true}, nil
	}
	h.drop(filepath.Join(dir, "a"), filepath.Join(dir, "b.txt"), filepath.Join(dir, "gone.txt"), filepath.Join(dir, "c.txt"))
	h.sees("3 items · 3 kB", "There is nothing at "+filepath.Join(dir, "gone.txt"))
	h.tap("Take out b.txt")
	h.until("the scan", func() bool { return h.sharing.folder.scanner.done })
	h.sees("2 items · 2 kB")
	h.seesNot("b.txt")
	h.tap("Share")
	h.untilState(server.Sharing)
	if got := pathsOf(h.engine.started()[0].Items); !slices.Equal(got, []string{filepath.Join(dir, "a"), filepath.Join(dir, "c.txt")}) {
		t.Errorf("Shared %q.", got)
	}
	h.tap("Take out c.txt")
	h.until("one thing", func() bool { return len(h.sharing.snapshot.Items) == 1 })
	h.sees("Sharing")
	h.seesNot("c.txt")
}

// What devices may do in one folder is never offered as more than what they may do in
// all.
func TestRightsOfAnItem(t *testing.T) {
	h := opened(t)
	dir := dropFolders(t, "a/", "b.txt")
	h.drop(filepath.Join(dir, "a"), filepath.Join(dir, "b.txt"))
	h.tap("Share")
	h.untilState(server.Sharing)
	dropdowns := func() (all []*kit.Dropdown) {
		for _, o := range h.objects() {
			if r, ok := o.(*itemRow); ok && r.most.Visible() {
				all = append(all, r.most)
			}
		}
		return all
	}
	if len(dropdowns()) > 0 {
		t.Error("Devices may only look, but there is something to choose.")
	}
	h.engine.SetPolicy(server.Policy{Allow: server.Add})
	h.until("the policy", func() bool { return h.sharing.snapshot.Policy.Allow == server.Add })
	one := dropdowns()
	if len(one) != 1 || len(one[0].Options) != 2 || one[0].Text != "Add" {
		t.Fatalf("There are %d choices, %v.", len(one), one)
	}
	one[0].Choose(0)
	h.until("the item", func() bool { return h.sharing.snapshot.Share.Items[0].Most == server.Read })
}

// What is chosen can be read in every language, and the first words of what is beside it.
func TestRightsOfAnItemFit(t *testing.T) {
	for _, tag := range words.Languages(assets.Languages()) {
		useLanguage(t, tag)
		r := newItemRow(&itemsPanel{allow: server.Change, pictures: newPictures(t.Context(), nil, nil, nil)})
		test.NewTempWindow(t, r)
		r.Resize(fyne.NewSize(272, itemHeight)) // in the smallest window
		for _, most := range permissions {
			r.show(item{path: "/srv/a", name: "a", folder: true, most: most})
			if has, wants := r.most.Size().Width, fyne.MeasureText(r.most.Text, theme.CaptionTextSize(), fyne.TextStyle{}).Width; has < wants+30 {
				t.Errorf("%s: %q is %v wide, and has %v.", tag, r.most.Text, wants, has)
			}
			if rest := r.name.Size().Width; rest < 80 {
				t.Errorf("%s: the name has %v.", tag, rest)
			}
		}
	}
}

// The head of the list counts what is there.
func TestHeadLeavesOutWhatIsGone(t *testing.T) {
	h := opened(t)
	dir := dropFolders(t, "a/", "b.txt", "c.txt")
	h.drop(filepath.Join(dir, "a"), filepath.Join(dir, "b.txt"), filepath.Join(dir, "c.txt"))
	h.tap("Share")
	h.untilState(server.Sharing)
	h.sees("3 items · ")
	h.change(func(n *server.Snapshot) {
		n.Totals.Requests++
		n.Items = slices.Clone(n.Items)
		n.Items[1].Err, n.Items[2].Size = server.ErrItemGone, 5_000_000
	})
	h.sees("2 items · 3.4 GB", "b.txt", "is gone")
	h.change(func(n *server.Snapshot) {
		n.Totals.Requests++
		n.Items = slices.Clone(n.Items)
		n.Items[0].Err = server.ErrItemGone
	})
	h.sees("1 file · 5 MB")
}

// Where the number of files does not fit beside what devices may do, the size does.
func TestSizeOfAnItemFits(t *testing.T) {
	for _, tag := range words.Languages(assets.Languages()) {
		useLanguage(t, tag)
		r := newItemRow(&itemsPanel{allow: server.Change, pictures: newPictures(t.Context(), nil, nil, nil)})
		test.NewTempWindow(t, r)
		folder := thing{look: server.Look{Files: 12_345, Bytes: 999_000_000, Complete: true}}
		r.show(item{path: "/srv/a", name: "a", about: folder.about(), size: folder.size(), folder: true, most: server.Add})
		r.Resize(fyne.NewSize(272, itemHeight)) // in the smallest window
		if has, wants := r.about.Size().Width, kit.TextWidth(r.about, r.about.Text); has < wants || !strings.Contains(r.about.Text, folder.size()) {
			t.Errorf("%s: it says %q on %v, and needs %v.", tag, r.about.Text, has, wants)
		}
		if r.Resize(fyne.NewSize(800, itemHeight)); r.about.Text != folder.about() {
			t.Errorf("%s: where there is room it says %q.", tag, r.about.Text)
		}
	}
}

func TestOpenWhileSharing(t *testing.T) {
	h := sharingWindow(t)
	h.Open([]string{"/srv/Summer 2026"})
	h.drain()
	if h.asker.IsOpen() {
		t.Error("It asks about what is shared already.")
	}
	h.Open([]string{"/srv/Summer 2026", "/srv/Beach"})
	h.until("the question", func() bool { return h.asker.IsOpen() })
	h.answer("Add to share")
	h.until("two things", func() bool { return len(h.sharing.snapshot.Items) == 2 })
}

// Explorer starts the program once for each file that is selected. Each of them counts,
// also while the share starts, and whichever is looked at first.
func TestOpenEachOfManyAtOnce(t *testing.T) {
	h := opened(t)
	looking := make(chan struct{})
	h.engine.look = func(ctx context.Context, path string) (server.Look, error) {
		select {
		case <-looking:
		case <-ctx.Done():
		}
		return server.Look{Files: 1, Bytes: 1, Complete: true}, nil
	}
	busy := make(chan struct{})
	h.control.run(func() error { <-busy; h.engine.Start(server.Share{Folder: "/srv/first"}); return nil }, func(error) {})
	for n := range 4 {
		h.Open([]string{fmt.Sprint("/srv/busy ", n)})
	}
	h.drain()
	close(busy)
	h.untilState(server.Sharing)
	for n := range 4 {
		h.Open([]string{fmt.Sprint("/srv/shared ", n)})
	}
	h.drain()
	close(looking)
	h.until("the question", func() bool { return h.asker.IsOpen() })
	h.control.jobs.Wait()
	h.drain()
	h.answer("Add to share")
	h.until("all of them", func() bool { return len(h.sharing.snapshot.Items) == 9 })
}

// The folder that is all of the share gets a name in it when something is added. What
// is on its way goes on, so nothing is asked; sharing something else would end it.
func TestAddingCutsNothingOff(t *testing.T) {
	h := sharingWindow(t)
	dir := dropFolders(t, "Beach/", "Lake/")
	h.change(func(n *server.Snapshot) { n.Transfers = fakeTransfers(2, 1) })
	h.until("the transfers", func() bool { return len(h.sharing.snapshot.Transfers) == 2 })
	h.sharing.add([]string{filepath.Join(dir, "Beach")})
	h.until("two things", func() bool { return len(h.sharing.snapshot.Items) == 2 })
	if h.asker.IsOpen() {
		t.Error("It asks before it does what does no harm.")
	}
	h.drop(filepath.Join(dir, "Lake"))
	h.until("the question", func() bool { return h.asker.IsOpen() })
	h.sees("2 transfers are running and would go on only if you add it.")
	h.seesNot("would be cut off")
}

// What devices may do in one folder is remembered with it, also when it was chosen while
// it was shared.
func TestRightsComeBack(t *testing.T) {
	h := opened(t)
	dir := dropFolders(t, "a/", "b/", "other/")
	h.engine.SetPolicy(server.Policy{Allow: server.Change})
	h.drop(filepath.Join(dir, "a"), filepath.Join(dir, "b"))
	h.sharing.permit(filepath.Join(dir, "a"), server.Read)
	h.tap("Share")
	h.untilState(server.Sharing)
	h.sharing.permit(filepath.Join(dir, "b"), server.Add)
	h.until("the item", func() bool { return h.sharing.snapshot.Share.Items[1].Most == server.Add })
	want := []server.Item{{Path: filepath.Join(dir, "a"), Most: server.Read}, {Path: filepath.Join(dir, "b"), Most: server.Add}}
	h.until("the settings", func() bool {
		all := h.store.RecentShares()
		return len(all) == 1 && slices.Equal(all[0], want)
	})
	h.tap("Stop sharing")
	h.untilState(server.Stopped)
	h.drop(filepath.Join(dir, "other"))
	h.control.jobs.Wait()
	h.Window.recall(false)
	h.until("the list", func() bool { return h.sharing.folder.recent.Visible() })
	for _, o := range h.objects() {
		if row, ok := o.(fyne.Tappable); ok && fmt.Sprintf("%T", o) == "*kit.recentRow" {
			row.Tapped(nil)
			break
		}
	}
	if got := h.sharing.folder.items; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}
