package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"windowsill/app/words"
	"windowsill/assets"
	"windowsill/server"
)

// Texts in other languages are longer. At the smallest size of the window none may be cut
// off, or make the window grow.
func TestTextsFitInAllLanguages(t *testing.T) {
	for _, language := range []string{"en", "de", "fr", "es", "pt", "it"} {
		t.Run(language, func(t *testing.T) {
			useLanguage(t, language)
			h := opened(t)
			h.win.Resize(smallest)
			h.allRead("stopped")
			h.sharing.folder.set("/srv/Summer 2026")
			h.tap(lang.L("Share"))
			h.untilState(server.Sharing)
			h.allRead("sharing")
			h.view.toggleSettings()
			h.view.settings.showAdvanced(true)
			h.allRead("settings")
		})
	}
}

// A sentence that leads to a button has to call it what it is called.
func TestSentencesNameTheButton(t *testing.T) {
	for _, tag := range words.Languages(assets.Languages()) {
		useLanguage(t, tag)
		sentence := lang.L("Nobody on the network can read what is sent. Browsers warn of it until they trust this computer: see Other addresses.")
		if button := lang.L("Other addresses"); !strings.Contains(sentence, button) {
			t.Errorf("%s: %q does not name %q", tag, sentence, button)
		}
	}
}

// allRead checks that no label is cut off.
func (h *harness) allRead(state string) {
	h.t.Helper()
	if size := h.win.Content().MinSize(); size.Width > leastWidth || size.Height > leastHeight {
		h.t.Errorf("%s: the window needs %v", state, size)
	}
	for _, o := range h.objects() {
		l, ok := o.(*widget.Label)
		if !ok || l.Truncation != fyne.TextTruncateEllipsis || strings.TrimSpace(l.Text) == "" {
			continue
		}
		name := l.SizeName
		if name == "" {
			name = theme.SizeNameText
		}
		width := fyne.MeasureText(l.Text, theme.Size(name), l.TextStyle).Width
		if room := l.Size().Width - 2*theme.InnerPadding(); width > room+1 {
			h.t.Errorf("%s: %q needs %v and has %v", state, l.Text, width, room)
		}
	}
}
