package app

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// check finds a check box by its text.
func (h *harness) check(text string) *widget.Check {
	h.t.Helper()
	for _, o := range h.objects() {
		if c, ok := o.(*widget.Check); ok && c.Text == text {
			return c
		}
	}
	h.t.Fatalf("There is no check box %q.", text)
	return nil
}

// group shows a group of the settings.
func (h *harness) group(name string) {
	h.t.Helper()
	h.view.showSettings(true)
	h.tap(name)
}

// choices returns the dropdowns on the page, in order.
func (h *harness) choices() (all []*kit.Dropdown) {
	for _, o := range h.objects() {
		if c, ok := o.(*kit.Dropdown); ok {
			all = append(all, c)
		}
	}
	return all
}

// pick chooses an option of a dropdown.
func (h *harness) pick(c *kit.Dropdown, option string) {
	h.t.Helper()
	test.Tap(c)
	h.choose(option)
}

func TestLimits(t *testing.T) {
	h := sharingWindow(t)
	h.group("Limits")
	h.pick(h.choices()[0], "1 MB per second")
	h.pick(h.choices()[1], "250 kB per second")
	h.pick(h.choices()[2], "20 connections")
	h.pick(h.choices()[3], "100 MB")
	h.pick(h.choices()[4], "10 GB")
	h.pick(h.choices()[5], "1,000 files")
	h.told("at most 1000000, 0 each, 0 connections", "at most 1000000, 250000 each, 0 connections", "at most 1000000, 250000 each, 20 connections",
		"files of 100000000, 0 in all", "files of 100000000, 10000000000 in all", "1000 files")
	again := h.store.Bounds()
	if want := (server.Bounds{Most: server.Most{All: 1_000_000, PerDevice: 250_000}, Connections: 20, File: 100_000_000, Added: 10_000_000_000, Files: 1000}); again != want {
		t.Errorf("the next time %+v, want %+v", again, want)
	}
}

func TestShareAtOnce(t *testing.T) {
	dir := t.TempDir()
	h := newHarness(t)
	h.store.Shared(server.Share{Folder: dir, Port: settings.DefaultPort})
	settings.ShareAtOnce.Set(&h.store, true)
	h.open(server.Share{Port: -1})
	h.untilState(server.Sharing)
	if started := h.engine.started(); len(started) != 1 || started[0].Folder != dir {
		t.Errorf("shared: %+v, want %s", started, dir)
	}
}

func TestListFoldersWithAnIndex(t *testing.T) {
	h := opened(t)
	h.group("Folder")
	h.check("Show a folder with an index.html as a web site").SetChecked(false)
	h.view.toggleSettings()
	h.sharing.folder.set("/srv/site")
	h.tap("Share")
	h.untilState(server.Sharing)
	if !h.engine.started()[0].Listing {
		t.Error("The folder is not listed.")
	}
}

func TestStartWithTheComputer(t *testing.T) {
	useHome(t)
	h := opened(t)
	h.group("Starting and stopping")
	h.check("Start with the computer").SetChecked(true)
	h.until("the entry", func() bool {
		h.view.settings.panels.start.read()
		h.drain()
		return h.view.settings.panels.start.atLogin.Checked
	})
	h.check("Start with the computer").SetChecked(false)
	h.until("no entry", func() bool {
		h.view.settings.panels.start.read()
		h.drain()
		return !h.view.settings.panels.start.atLogin.Checked
	})
}

func TestThemeAndLanguage(t *testing.T) {
	useHome(t)
	t.Setenv("FYNE_THEME", "")
	h := opened(t)
	h.group("Window")
	colours, languages := h.choices()[0], h.choices()[1]
	h.pick(colours, "dark")
	if !slices.Contains(languages.Options, "Deutsch") {
		t.Errorf("the languages are %q, want Deutsch among them", languages.Options)
	}
	h.pick(languages, "Deutsch")
	if settings.Language.Get(&h.store) != "de" || settings.Theme.Get(&h.store) != "dark" {
		t.Errorf("language %q, colours %q", settings.Language.Get(&h.store), settings.Theme.Get(&h.store))
	}
}

// If a page had to be scrolled, the Tab key would reach what cannot be seen.
func TestSettingsFitInTheSmallestWindow(t *testing.T) {
	h, _, _ := trayed(t) // which brings one choice more
	h.win.Resize(smallest)
	h.share()
	h.view.showSettings(true)
	for i, g := range h.view.settings.groups {
		h.view.settings.choose(i)
		page := g.content.(*container.Scroll)
		if need, has := page.Content.MinSize(), page.Size(); need.Height > has.Height || need.Width > has.Width {
			t.Errorf("%s needs %v and has %v", g.name, need, has)
		}
	}
}

func TestLicences(t *testing.T) {
	h := opened(t)
	h.group("About")
	h.tap("Licences of what it is built from")
	h.sees("built from what others made")
	h.win.Canvas().Overlays().Top().Hide()
}
