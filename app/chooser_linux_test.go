package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"

	"windowsill/app/desktop/desktoptest"
	"windowsill/app/kit"
	"windowsill/server"
)

func chooserWindow(t *testing.T) fyne.Window {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	w.Resize(fyne.NewSize(900, 640))
	return w
}

// noDesktop takes the session bus away.
func noDesktop(t *testing.T) { t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus") }

// tapButton presses the button with that text in the dialog on top.
func tapButton(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("The dialog has no button %q.", text)
}

// queueOfOne runs what is meant for Fyne's goroutine where the test says.
type queueOfOne chan func()

func (q queueOfOne) put(f func()) { q <- f }

func (q queueOfOne) runOne(t *testing.T) {
	t.Helper()
	select {
	case f := <-q:
		f()
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came for Fyne's goroutine")
	}
}

func TestDialogOfTheDesktopComesFirst(t *testing.T) {
	desktoptest.NewPortal(t, 4, func(p *desktoptest.Portal, request dbus.ObjectPath) {
		p.Respond(request, 0, "file:///srv/pictures")
	})
	w, q, got := chooserWindow(t), make(queueOfOne), ""
	leaks := goleak.IgnoreCurrent()
	chooseFolder(t.Context(), w, "", q.put, func(path string, err error) { got = path })
	q.runOne(t)
	if got != "/srv/pictures" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chosen is %q", got)
	}
	goleak.VerifyNone(t, leaks)
}

func TestFolderDialogWithoutDesktop(t *testing.T) {
	noDesktop(t)
	folder := t.TempDir()
	w, q, got := chooserWindow(t), make(queueOfOne), ""
	chooseFolder(t.Context(), w, folder, q.put, func(path string, err error) { got = path })
	q.runOne(t)
	tapButton(t, w, "Choose")
	if got != folder {
		t.Errorf("chosen is %q, want %q", got, folder)
	}
}

func TestSaveDialogWithoutDesktop(t *testing.T) {
	noDesktop(t)
	want := filepath.Join(t.TempDir(), "x.log")
	w, q, saved := chooserWindow(t), make(queueOfOne), make(chan string, 1)
	chooseNewFile(t.Context(), w, "x.log", q.put, func(path string) error {
		saved <- path
		return errors.New("The disk is full.")
	})
	q.runOne(t)
	w.Canvas().Focused().(*kit.Entry).SetText(want)
	tapButton(t, w, "Save")
	if got := <-saved; got != want {
		t.Errorf("saved as %q, want %q", got, want)
	}
	q.runOne(t)
	if w.Canvas().Overlays().Top() == nil {
		t.Error("there is no word of a failed save")
	}
}

// Whoever receives files chooses where they go, and not what is shared.
func TestAFolderForReceivedFilesThatIsGone(t *testing.T) {
	portal := desktoptest.NewPortal(t, 4, func(p *desktoptest.Portal, request dbus.ObjectPath) {
		p.Respond(request, 0, "file:///srv/inbox")
	})
	for _, err := range []error{server.ErrFolderGone, &server.FolderNotMadeError{Path: "/srv", Err: os.ErrPermission}} {
		h, _ := receiving(t)
		h.sharing.options.given = server.Share{Folder: "/srv/given", Receiving: server.Receiving{On: true}}
		h.change(func(n *server.Snapshot) {
			n.State, n.Err, n.Links = server.Failed, err, nil
			n.Share.Receiving.On = true
		})
		h.tap("Choose another folder…")
		<-portal.Asked
		h.until("it receives again", func() bool { return len(h.engine.started()) == 2 })
		if got := h.engine.started()[1]; got.Folder != "/srv/inbox" || !got.Receiving.On {
			t.Errorf("%v: started %+v", err, got)
		}
		if got := h.sharing.folder.only(); got != "" {
			t.Errorf("%v: %q is chosen to be shared", err, got)
		}
	}
}
