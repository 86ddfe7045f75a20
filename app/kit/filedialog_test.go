package kit

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func dialogWindow(t *testing.T) fyne.Window {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	w.Resize(fyne.NewSize(900, 640))
	return w
}

// tapButton presses the button with that text in the dialog on top.
func tapButton(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	top := w.Canvas().Overlays().Top()
	if top == nil {
		t.Fatalf("there is no dialog with a button %q", text)
	}
	for _, o := range test.LaidOutObjects(top) {
		if b, ok := o.(*widget.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("the dialog has no button %q", text)
}

func TestPlacesOfTheFolderDialogAreTranslated(t *testing.T) {
	english := lang.L
	t.Cleanup(func() { lang.L = english })
	lang.L = func(s string, _ ...any) string { return "«" + s + "»" }
	w := dialogWindow(t)
	ShowFolderDialog(w, t.TempDir(), func(string, error) {})
	var texts []string
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if l, ok := o.(*widget.Label); ok {
			texts = append(texts, l.Text)
		}
	}
	if !slices.Contains(texts, "«Home»") || slices.Contains(texts, "Home") {
		t.Errorf("It says %q.", texts)
	}
}

func TestFolderDialog(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		name  string
		do    func(w fyne.Window)
		want  string
		start string
	}{
		{"chosen", func(w fyne.Window) { tapButton(t, w, "Choose") }, folder, folder},
		{"cancelled", func(w fyne.Window) { tapButton(t, w, "Cancel") }, "", folder},
		{"Escape", func(w fyne.Window) { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }, "", folder},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, keys, calls := dialogWindow(t), 0, 0
			w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { keys++ })
			got := "not called"
			ShowFolderDialog(w, c.start, func(path string, err error) {
				calls++
				if got = path; err != nil {
					t.Error(err)
				}
			})
			c.do(w)
			if got != c.want || calls != 1 {
				t.Errorf("chosen is %q in %d calls, want %q in one", got, calls, c.want)
			}
			if w.Canvas().Overlays().Top() != nil {
				t.Error("the dialog stays")
			}
			if w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}); keys != 1 {
				t.Error("the window does not get its keys back")
			}
		})
	}
}

// typeInto replaces what is in the entry of the dialog on top.
func typeInto(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	e, ok := w.Canvas().Focused().(*Entry)
	if !ok {
		t.Fatal("nothing waits for typing")
	}
	e.SetText(text)
}

func TestSaveDialog(t *testing.T) {
	folder := t.TempDir()
	old, fresh := filepath.Join(folder, "old.log"), filepath.Join(folder, "new.log")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		taps       []string
		want       string
	}{
		{"new", fresh, []string{"Save"}, fresh},
		{"cancelled", fresh, []string{"Cancel"}, ""},
		{"nothing typed", "  ", []string{"Save"}, ""},
		{"replaced", old, []string{"Save", "Replace"}, old},
		{"kept", old, []string{"Save", "Keep it"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, got := dialogWindow(t), ""
			ShowSaveDialog(w, "x.log", func(path string) { got = path })
			typeInto(t, w, c.path)
			for _, b := range c.taps {
				tapButton(t, w, b)
			}
			if got != c.want {
				t.Errorf("chosen is %q, want %q", got, c.want)
			}
		})
	}
}

func TestSaveDialogByKeyboard(t *testing.T) {
	w, got := dialogWindow(t), ""
	picked := func(path string) { got = path }
	ShowSaveDialog(w, "x.log", picked)
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil || got != "" {
		t.Error("Escape does not close the dialog")
	}
	ShowSaveDialog(w, "x.log", picked)
	typeInto(t, w, filepath.Join(t.TempDir(), "y.log"))
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if filepath.Base(got) != "y.log" {
		t.Errorf("Return chooses %q", got)
	}
}
