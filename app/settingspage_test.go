package app

import (
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// check finds a check box by its text.
func (h *harness) check(text string) *kit.Check {
	h.t.Helper()
	for _, o := range h.objects() {
		if c, ok := o.(*kit.Check); ok && c.Text == text {
			return c
		}
	}
	h.t.Fatalf("There is no check box %q.", text)
	return nil
}

// openSettings shows the settings, the advanced ones too.
func (h *harness) openSettings() {
	h.t.Helper()
	h.view.showSettings(true)
	h.view.settings.showAdvanced(true)
}

// dropdown finds a dropdown of the settings by its label.
func (h *harness) dropdown(about string) *kit.Dropdown {
	h.t.Helper()
	for _, o := range h.objects() {
		if d, ok := o.(*kit.Dropdown); ok && strings.HasPrefix(d.Name, about+": ") {
			return d
		}
	}
	h.t.Fatalf("There is no choice %q.", about)
	return nil
}

// pick chooses an option of a dropdown.
func (h *harness) pick(c *kit.Dropdown, option string) {
	h.t.Helper()
	test.Tap(c)
	h.choose(option)
}

func TestLimits(t *testing.T) {
	h := sharingWindow(t)
	h.openSettings()
	h.pick(h.dropdown("Downloads, all together"), "1 MB per second")
	h.pick(h.dropdown("Downloads, each device"), "250 kB per second")
	h.pick(h.dropdown("At the same time"), "20 connections")
	h.pick(h.dropdown("Added files, each"), "100 MB")
	h.pick(h.dropdown("Added files, all together"), "10 GB")
	h.pick(h.dropdown("Added files, how many"), "1,000 files")
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
	h.openSettings()
	h.check("Show folders with an index.html as web sites").SetChecked(false)
	h.view.toggleSettings()
	h.sharing.folder.set("/srv/site")
	h.tap("Share")
	h.untilState(server.Sharing)
	if !h.engine.started()[0].Listing {
		t.Error("The folder is not listed.")
	}
}

func TestReadmesCanBeLeftOut(t *testing.T) {
	h := opened(t)
	h.openSettings()
	h.check("Show a folder's README.md below its list").SetChecked(false)
	h.view.toggleSettings()
	h.sharing.folder.set("/srv/site")
	h.tap("Share")
	h.untilState(server.Sharing)
	if !h.engine.started()[0].NoReadmes {
		t.Error("They are shown.")
	}
}

func TestStartWithTheComputer(t *testing.T) {
	useHome(t)
	h := opened(t)
	h.openSettings()
	h.check("Start when I log in").SetChecked(true)
	h.until("the entry", func() bool {
		h.view.settings.panels.start.read()
		h.drain()
		return h.view.settings.panels.start.atLogin.Checked
	})
	h.check("Start when I log in").SetChecked(false)
	h.until("no entry", func() bool {
		h.view.settings.panels.start.read()
		h.drain()
		return !h.view.settings.panels.start.atLogin.Checked
	})
}

func TestThemeAndLanguage(t *testing.T) {
	useHome(t)
	h := opened(t)
	h.openSettings()
	colours, languages := h.dropdown("Theme"), h.dropdown("Language")
	background := func() color.Color { return theme.Color(theme.ColorNameBackground) }
	h.pick(colours, "Light")
	light := background()
	h.pick(colours, "Dark")
	if background() == light {
		t.Error("The window has not changed.")
	}
	if !slices.Contains(languages.Options, "Deutsch") {
		t.Errorf("the languages are %q, want Deutsch among them", languages.Options)
	}
	h.pick(languages, "Deutsch")
	if settings.Language.Get(&h.store) != "de" || settings.Theme.Get(&h.store) != "dark" {
		t.Errorf("language %q, colours %q", settings.Language.Get(&h.store), settings.Theme.Get(&h.store))
	}
}

// The page has to be one that only scrolls downwards.
func TestSettingsFitInTheSmallestWindow(t *testing.T) {
	h, _, _ := trayed(t) // which brings one choice more
	h.win.Resize(smallest)
	h.share()
	h.openSettings()
	page := h.view.settings.scroll
	if need, has := page.Content.MinSize(), page.Size(); need.Width > has.Width {
		t.Errorf("It needs a width of %v and has %v.", need, has)
	}
}

func TestAdvancedSettingsAreFolded(t *testing.T) {
	h := opened(t)
	h.view.showSettings(true)
	h.sees("Folder and sharing", "Network", "Start and window", "About", "Keyboard shortcuts", "Advanced")
	h.seesNot("Limits", "Log file")
	h.tap("Advanced")
	h.sees("Limits", "Log file")
	h.tap("Advanced")
	h.seesNot("Limits", "Log file")
	h.showLimits()
	h.sees("Limits")
}

func TestLicences(t *testing.T) {
	h := opened(t)
	h.openSettings()
	h.tap("Open-source licences")
	h.sees("built from what others made")
	h.win.Canvas().Overlays().Top().Hide()
}
