package app

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"windowsill/server"
)

// check finds a switch by its words.
func (h *harness) check(words string) *widget.Check {
	h.t.Helper()
	for _, o := range h.objects() {
		if c, ok := o.(*widget.Check); ok && c.Text == words {
			return c
		}
	}
	h.t.Fatalf("There is no switch %q.", words)
	return nil
}

// choices are the lists to choose from on the page, in order.
func (h *harness) choices() (all []*choice) {
	for _, o := range h.objects() {
		if c, ok := o.(*choice); ok {
			all = append(all, c)
		}
	}
	return all
}

// pick opens a list and chooses from it.
func (h *harness) pick(c *choice, option string) {
	h.t.Helper()
	test.Tap(c)
	h.choose(option)
}

func TestLimitsCountAtOnceAndTheNextTime(t *testing.T) {
	h := sharingWindow(t)
	h.toggleSettings()
	h.pick(h.choices()[0], "1 MB per second")
	h.pick(h.choices()[1], "250 kB per second")
	h.pick(h.choices()[2], "20 connections")
	h.told("at most 1000000, 0 each, 0 connections", "at most 1000000, 250000 each, 0 connections", "at most 1000000, 250000 each, 20 connections")
	again := memory{&h.settings}.bounds()
	if want := (server.Bounds{Most: server.Most{All: 1_000_000, PerDevice: 250_000}, Connections: 20}); again != want {
		t.Errorf("the next time %+v, want %+v", again, want)
	}
}

func TestLastFolderIsSharedAtOnceIfThatIsWanted(t *testing.T) {
	dir := t.TempDir()
	h := newHarness(t)
	memory{&h.settings}.shared(server.Share{Folder: dir, Port: defaultPort})
	memory{&h.settings}.setAtOnce(true)
	h.open(server.Share{Port: -1})
	h.untilState(server.Sharing)
	if started := h.engine.started(); len(started) != 1 || started[0].Folder != dir {
		t.Errorf("shared: %+v, want %s", started, dir)
	}
}

func TestFoldersAreListedIfThatIsWanted(t *testing.T) {
	h := opened(t)
	h.toggleSettings()
	h.check("Show a folder with an index.html as a web site").SetChecked(false)
	h.toggleSettings()
	h.view.folder.set("/srv/site")
	h.tap("Share")
	h.untilState(server.Sharing)
	if !h.engine.started()[0].Listing {
		t.Error("The folder is not listed.")
	}
}

func TestStartWithTheComputer(t *testing.T) {
	settingsFile(t)
	h := opened(t)
	h.toggleSettings()
	h.check("Start with the computer").SetChecked(true)
	h.until("the entry", func() bool { h.view.start.look(); h.rest(); return h.view.start.starts.Checked })
	h.check("Start with the computer").SetChecked(false)
	h.until("no entry", func() bool { h.view.start.look(); h.rest(); return !h.view.start.starts.Checked })
}

func TestLooksAreChosenForTheNextStart(t *testing.T) {
	settingsFile(t)
	t.Setenv("FYNE_THEME", "")
	h := opened(t)
	h.toggleSettings()
	colours, languages := h.choices()[3], h.choices()[4]
	h.pick(colours, "dark")
	if !slices.Contains(languages.options, "Deutsch") {
		t.Errorf("the languages are %q, want Deutsch among them", languages.options)
	}
	h.pick(languages, "Deutsch")
	if h.settings.Language() != "de" || (memory{&h.settings}).look() != "dark" {
		t.Errorf("language %q, colours %q", h.settings.Language(), memory{&h.settings}.look())
	}
}

func TestLicencesAreShown(t *testing.T) {
	h := opened(t)
	h.toggleSettings()
	h.tap("Licences of what it is built from")
	h.sees("built from what others made")
	h.win.Canvas().Overlays().Top().Hide()
}
