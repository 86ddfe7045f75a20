package desktop

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"windowsill/app/desktop/desktoptest"
)

func TestDialogAnswers(t *testing.T) {
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
		{"on another computer", 0, []string{"sftp://host/folder"}, "", "sftp://host/folder is not a place on this computer’s disks"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := desktoptest.NewPortal(t, 4, func(p *desktoptest.Portal, request dbus.ObjectPath) {
				p.Conn.Emit(portalPath, "org.freedesktop.portal.Settings.SettingChanged", "a", "b", dbus.MakeVariant(1))
				p.Respond(request+"other", 0, "file:///wrong")
				p.Respond(request, c.status, c.uris...)
			})
			got, err := Dialog{}.ChooseFolder(t.Context(), t.TempDir())
			if got != c.want {
				t.Errorf("chosen is %q, want %q", got, c.want)
			}
			if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("the error is %v, want %q", err, c.err)
			}
			if options := <-p.Asked; options["directory"].Value() != true {
				t.Errorf("the options are %v", options)
			}
		})
	}
}

func TestDialogWithoutPortal(t *testing.T) {
	desktoptest.StartBus(t)
	if _, err := (Dialog{}).ChooseFolder(t.Context(), ""); !errors.Is(err, ErrNoDialog) {
		t.Errorf("the error is %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
	if _, err := (Dialog{}).ChooseFolder(t.Context(), ""); !errors.Is(err, ErrNoDialog) {
		t.Errorf("without a bus the error is %v", err)
	}
}

func TestDialogOfAnOldPortal(t *testing.T) {
	desktoptest.NewPortal(t, 2, nil)
	if _, err := (Dialog{}).ChooseFolder(t.Context(), ""); !errors.Is(err, ErrNoDialog) {
		t.Errorf("the error is %v: such a portal would let one choose files alone", err)
	}
}

func TestDialogIsClosedWithItsContext(t *testing.T) {
	p := desktoptest.NewPortal(t, 4, nil)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := Dialog{}.ChooseFolder(ctx, "")
		ended <- err
	}()
	<-p.Asked
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	select {
	case <-p.Closed:
	case <-time.After(10 * time.Second):
		t.Error("the dialog stays on the screen")
	}
}

func TestExistingFolder(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("HOME", "/home/mia")
	for path, want := range map[string]string{
		folder: folder, filepath.Join(folder, "gone", "too"): folder, "": "/home/mia", "gone": "/home/mia",
	} {
		if got := ExistingFolder(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
