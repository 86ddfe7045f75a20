package app

import (
	"context"
	"errors"
	"sync/atomic"
	"syscall"
	"testing"

	"fyne.io/fyne/v2/test"

	"windowsill/server"
)

// refusing makes the engine fail with err unless fine returns true.
func refusing(err error, fine func(server.Share) bool) func(*harness) {
	return func(h *harness) {
		h.engine.refuse = func(s server.Share) error {
			if fine(s) {
				return nil
			}
			return err
		}
	}
}

func never(server.Share) bool { return false }

func TestBusyPortOffersTheNextOne(t *testing.T) {
	busy := &server.PortBusyError{Port: 8000, Suggestion: 8001, Err: syscall.EADDRINUSE}
	h := opened(t, refusing(busy, func(s server.Share) bool { return s.Port == 8001 }))
	h.sharing.folder.set("/srv/photos")
	test.Type(h.sharing.port.entry, "")
	h.sharing.port.set(8000, true)
	h.tap("Share")
	h.untilState(server.Failed)
	h.sees("Failed", busy.Error(), "Share")
	h.tap("Use 8001")
	h.untilState(server.Sharing)
	h.seesNot(busy.Error())
	h.sees("192.168.1.20:8001")
	if got := h.engine.started()[1]; got.Port != 8001 || !got.ExactPort {
		t.Errorf("Shared %+v.", got)
	}
}

func TestRemedies(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		remedy string // "" if no button can help
	}{
		"a busy port, nothing near free": {&server.PortBusyError{Port: 65535}, ""},
		"a port for administrators":      {&server.PortForbiddenError{Port: 80, Suggestion: 8080}, "Use 8080"},
		"no such folder":                 {server.ErrFolderMissing, "Choose another folder…"},
		"a file":                         {server.ErrNotAFolder, "Choose another folder…"},
		"a forbidden folder":             {server.ErrFolderUnreadable, "Choose another folder…"},
		"anything else":                  {errors.New("Something is odd. Try again."), ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := opened(t, refusing(c.err, never))
			h.sharing.folder.set("/srv/photos")
			h.tap("Share")
			h.untilState(server.Failed)
			h.sees(c.err.Error())
			if c.remedy != "" {
				h.button(c.remedy)
			} else if h.view.alerts.notice.remedy.Visible() && h.view.alerts.notice.row.Visible() {
				t.Errorf("There is a button %q.", h.view.alerts.notice.remedy.Text)
			}
			if h.button("Share").Disabled() {
				t.Error("Share cannot be pressed again.")
			}
		})
	}
}

func TestVanishedFolder(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Totals.Requests = 3 })
	h.change(func(n *server.Snapshot) {
		n.State, n.Err, n.Links = server.Failed, server.ErrFolderGone, nil
	})
	h.sees("Failed", server.ErrFolderGone.Error(), "Choose another folder…", "Requests")
}

func TestUnreadableFolderIsReportedBeforeSharing(t *testing.T) {
	h := opened(t, func(h *harness) {
		h.engine.look = func(context.Context, string) (server.Look, error) { return server.Look{}, server.ErrFolderMissing }
	})
	test.Type(h.sharing.folder.path.Entry, "/srv/typo")
	h.until("the look", func() bool { return h.sharing.folder.scanner.done })
	h.sees(server.ErrFolderMissing.Error())
}

func TestFolderThatIsBackIsScannedAgain(t *testing.T) {
	var there atomic.Bool
	h := opened(t, func(h *harness) {
		h.engine.look = func(context.Context, string) (server.Look, error) {
			if !there.Load() {
				return server.Look{}, server.ErrFolderMissing
			}
			return server.Look{Files: 7, Complete: true}, nil
		}
	})
	h.sharing.folder.set("/media/stick")
	h.until("the look", func() bool { return h.sharing.folder.scanner.done })
	h.sees(server.ErrFolderMissing.Error())
	if !h.button("Share").Disabled() {
		t.Error("A folder can be shared that is not there.")
	}
	there.Store(true)
	h.until("it is found again", func() bool { return !h.button("Share").Disabled() && h.sharing.folder.scanner.done })
	h.sees("7 files")
	h.tap("Share")
	h.untilState(server.Sharing)
}

func TestErrorsFollowTheirCause(t *testing.T) {
	for name, settle := range map[string]func(*harness){
		"another folder": func(h *harness) { h.sharing.folder.set("/srv/other") },
		"another port":   func(h *harness) { test.Type(h.sharing.port.entry, "9") },
		"by a click":     func(h *harness) { h.tap("Close this message") },
	} {
		t.Run(name, func(t *testing.T) {
			busy := &server.PortBusyError{Port: 8000, Suggestion: 8001, Err: syscall.EADDRINUSE}
			h := opened(t, refusing(busy, never))
			h.sharing.folder.set("/srv/photos")
			h.tap("Share")
			h.untilState(server.Failed)
			h.sees(busy.Error(), "Failed")
			settle(h)
			h.seesNot(busy.Error(), "Failed")
			h.sees("Not shared")
		})
	}
}

func TestConcernsAreAskedAboutOnce(t *testing.T) {
	precious := server.Look{Files: 1, Complete: true, Concerns: []server.Concern{
		{Kind: server.HomeFolder},
		{Kind: server.Secrets, Names: []string{"keys/server.pem"}},
		{Kind: server.Secrets, Names: []string{".ssh", ".env"}, Hidden: true},
	}}
	h := opened(t, func(h *harness) {
		h.engine.look = func(context.Context, string) (server.Look, error) { return precious, nil }
	})
	h.sharing.folder.set("/home/mia")
	h.tap("Share")
	h.until("the question", func() bool { return h.asker.IsOpen() })
	h.sees("“mia” is a home folder", "keys/server.pem", "These stay hidden: .ssh, .env.")
	h.asker.Decline()
	h.drain()
	if len(h.engine.started()) > 0 {
		t.Error("It was shared without a yes.")
	}
	h.tap("Share")
	h.tap("Share it anyway")
	h.untilState(server.Sharing)
	h.tap("Stop sharing")
	h.untilState(server.Stopped)
	h.tap("Share")
	h.untilState(server.Sharing)
}

func TestConcernQuestion(t *testing.T) {
	secrets := func(hidden bool) server.Look {
		return server.Look{Concerns: []server.Concern{{Kind: server.Secrets, Names: []string{".env"}, Hidden: hidden}}}
	}
	for name, c := range map[string]struct {
		look        server.Look
		hidden      bool
		title, body string
	}{
		"a disk":                 {server.Look{Concerns: []server.Concern{{Kind: server.WholeDisk}}}, false, "“data” is a whole disk", "Everyone who comes in could open every file on it."},
		"hidden secrets":         {secrets(true), false, "“data” contains keys or passwords", "Everyone who comes in could open everything in it that is not hidden. These stay hidden: .env."},
		"hidden secrets, shared": {secrets(true), true, "“data” contains keys or passwords", "Everyone who comes in could open everything in it. That includes hidden files, as the settings say: .env."},
		"visible secrets":        {secrets(false), false, "“data” contains keys or passwords", "Everyone who comes in could open everything in it that is not hidden. That includes .env."},
	} {
		q := concernQuestion("/data", c.look, c.hidden)
		if q.Title != c.title || q.Body != c.body {
			t.Errorf("%s: %q %q", name, q.Title, q.Body)
		}
	}
}
