package app

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"go.uber.org/goleak"
)

// fakePortal stands for the desktop portal on a bus of its own.
type fakePortal struct {
	conn    *dbus.Conn
	version uint32
	asked   chan map[string]dbus.Variant // the options of each dialog
	closed  chan dbus.ObjectPath
	answer  func(*fakePortal, dbus.Sender, dbus.ObjectPath) // nil leaves the dialog open
}

// OpenFile is called over the bus.
func (p *fakePortal) OpenFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	from := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	request := dbus.ObjectPath(portalPath + "/request/" + from + "/" + options["handle_token"].Value().(string))
	p.conn.Export(requestObject{p, request}, request, portalRequest)
	p.asked <- options // not before: the test may close the dialog at once
	if p.answer != nil {
		go p.answer(p, sender, request)
	}
	return request, nil
}

// Get is called over the bus.
func (p *fakePortal) Get(_, _ string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant(p.version), nil
}

type requestObject struct {
	portal *fakePortal
	path   dbus.ObjectPath
}

// Close is called over the bus.
func (r requestObject) Close() *dbus.Error { r.portal.closed <- r.path; return nil }

// respond ends a dialog.
func (p *fakePortal) respond(request dbus.ObjectPath, status uint32, uris ...string) {
	results := map[string]dbus.Variant{}
	if len(uris) > 0 {
		results["uris"] = dbus.MakeVariant(uris)
	}
	p.conn.Emit(request, portalRequest+".Response", status, results)
}

// newFakePortal starts a bus, and puts the portal on it.
func newFakePortal(t *testing.T, version uint32, answer func(*fakePortal, dbus.Sender, dbus.ObjectPath)) *fakePortal {
	startBus(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	p := &fakePortal{
		conn: conn, version: version, answer: answer,
		asked: make(chan map[string]dbus.Variant, 1), closed: make(chan dbus.ObjectPath, 1),
	}
	for _, name := range []string{portalChooser, "org.freedesktop.DBus.Properties"} {
		if err := conn.Export(p, portalPath, name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName(portalName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return p
}

// startBus makes an empty session bus the one of this process.
func startBus(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus") // t.TempDir may hold what an address has to escape
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address", "--address=unix:dir="+folder)
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		t.Skip("There is no dbus-daemon here:", err)
	}
	t.Cleanup(func() { bus.Process.Kill(); bus.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
}

func TestChooserAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		status uint32
		uris   []string
		want   string
		err    string // a part of it; "" for none
	}{
		{"a folder", 0, []string{"file:///home/ann/Summer%202026"}, "/home/ann/Summer 2026", ""},
		{"plus, percent and letters", 0, []string{"file:///srv/C++%20100%25/K%C3%B6ln"}, "/srv/C++ 100%/Köln", ""},
		{"cancelled", 1, nil, "", ""},
		{"ended otherwise", 2, nil, "", "status 2"},
		{"nothing chosen", 0, nil, "", ""},
		{"on another computer", 0, []string{"sftp://host/folder"}, "", "not a place on this computer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newFakePortal(t, 4, func(p *fakePortal, _ dbus.Sender, request dbus.ObjectPath) {
				p.conn.Emit(portalPath, "org.freedesktop.portal.Settings.SettingChanged", "a", "b", dbus.MakeVariant(1))
				p.respond(request+"other", 0, "file:///wrong")
				p.respond(request, c.status, c.uris...)
			})
			got, err := systemFolder(t.Context(), "", t.TempDir())
			if got != c.want {
				t.Errorf("chosen is %q, want %q", got, c.want)
			}
			if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("the error is %v, want %q", err, c.err)
			}
			if options := <-p.asked; options["directory"].Value() != true {
				t.Errorf("the options are %v", options)
			}
		})
	}
}

func TestChooserWithoutPortal(t *testing.T) {
	startBus(t)
	if _, err := systemFolder(t.Context(), "", ""); !errors.Is(err, errNoChooser) {
		t.Errorf("the error is %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
	if _, err := systemFolder(t.Context(), "", ""); !errors.Is(err, errNoChooser) {
		t.Errorf("without a bus the error is %v", err)
	}
}

func TestChooserOfAnOldPortal(t *testing.T) {
	newFakePortal(t, 2, nil)
	if _, err := systemFolder(t.Context(), "", ""); !errors.Is(err, errNoChooser) {
		t.Errorf("the error is %v: such a portal would let one choose files alone", err)
	}
}

func TestChooserIsClosedWithTheWindow(t *testing.T) {
	p := newFakePortal(t, 4, nil)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := systemFolder(ctx, "", "")
		ended <- err
	}()
	<-p.asked
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	select {
	case <-p.closed:
	case <-time.After(10 * time.Second):
		t.Error("the dialog stays on the screen")
	}
}

// chooserQueue runs what is meant for Fyne's goroutine where the test says.
type chooserQueue chan func()

func (q chooserQueue) put(f func()) { q <- f }

func (q chooserQueue) runOne(t *testing.T) {
	t.Helper()
	select {
	case f := <-q:
		f()
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came for Fyne's goroutine")
	}
}

func TestChooserOfTheSystemIsAskedFirst(t *testing.T) {
	newFakePortal(t, 4, func(p *fakePortal, _ dbus.Sender, request dbus.ObjectPath) {
		p.respond(request, 0, "file:///srv/pictures")
	})
	w, q, got := chooserWindow(t), make(chooserQueue), ""
	leaks := goleak.IgnoreCurrent()
	chooseFolder(t.Context(), w, "", q.put, func(path string, err error) { got = path })
	q.runOne(t)
	if got != "/srv/pictures" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chosen is %q", got)
	}
	goleak.VerifyNone(t, leaks)
}

func TestChooserFallsBackOnItsOwn(t *testing.T) {
	startBus(t)
	folder := t.TempDir()
	w, q, got := chooserWindow(t), make(chooserQueue), ""
	chooseFolder(t.Context(), w, folder, q.put, func(path string, err error) { got = path })
	q.runOne(t)
	tapButton(t, w, "Choose")
	if got != folder {
		t.Errorf("chosen is %q, want %q", got, folder)
	}
}

func TestChooserOfANewFileFallsBackOnItsOwn(t *testing.T) {
	startBus(t)
	want := filepath.Join(t.TempDir(), "x.log")
	w, q, saved := chooserWindow(t), make(chooserQueue), make(chan string, 1)
	chooseNewFile(t.Context(), w, "x.log", q.put, func(path string) error {
		saved <- path
		return errors.New("The disk is full.")
	})
	q.runOne(t)
	typeInto(t, w, want)
	tapButton(t, w, "Save")
	if got := <-saved; got != want {
		t.Errorf("saved as %q, want %q", got, want)
	}
	q.runOne(t)
	if w.Canvas().Overlays().Top() == nil {
		t.Error("there is no word of a failed save")
	}
}
