package app

import (
	"context"
	"path/filepath"
	"runtime"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// sharing decides what the main button, keys and dropped folders do, up to the moment
// when the server is called. It has the state that the window shows.
type sharing struct {
	control *control
	store   *settings.Store
	asker   *kit.Asker
	actions sharingActions

	folder *folderPanel // where a folder is chosen
	port   *portRow

	snapshot server.Snapshot // as drawn
	found    string          // what is in the shared folder
	given    server.Share    // by the command line: Where, if not zero, Hidden and VisitorsPages
	pending  bool            // Share was pressed before the folder was scanned
	counting bool            // the folder is counted again
	settled  error           // of a snapshot, that the person has settled
}

// sharingActions are the things that sharing does to the rest of the window.
type sharingActions struct {
	redraw       func() // shows what has changed here
	chooseFolder func() // lets the person choose another folder
	stopped      func() // the person has stopped the share
}

func newSharing(c *control, store *settings.Store, asker *kit.Asker, actions sharingActions) *sharing {
	s := &sharing{control: c, store: store, asker: asker, actions: actions}
	s.folder = newFolderPanel(newScanner(c.engine.Look, c.onUI), actions.chooseFolder, s.toggle, s.folderChanged)
	s.port = newPortRow(s.toggle, s.settle)
	return s
}

// isSharing reports whether a folder is shared.
func (s *sharing) isSharing() bool { return s.snapshot.State == server.Sharing }

// ready reports whether the main button does something.
func (s *sharing) ready() bool {
	_, valid := s.port.value()
	chosen := valid && s.folder.folder != "" && s.folder.scanner.err == nil
	return !s.control.busy && !s.pending && (s.isSharing() || chosen)
}

// toggle is the main button: Share, or Stop.
func (s *sharing) toggle() {
	switch {
	case !s.ready() || !stateStyles[s.snapshot.State].enabled:
		s.folder.rescan() // by now it may be back
	case s.isSharing():
		s.control.stop(func(err error) {
			s.done(err)
			s.actions.stopped()
		})
		s.actions.redraw()
	default:
		s.share()
	}
}

// share starts once the folder has been scanned and the person has answered what
// there is to ask.
func (s *sharing) share() {
	folder := s.folder.folder
	s.pending = true
	s.folder.scanner.then(func(l server.Look, err error) {
		s.pending = false
		start := func() { s.explainFirewall(runtime.GOOS, func() { s.start(folder, l, s.control.start) }) }
		if err != nil { // the server says the same, and is the one to say it
			start()
			return
		}
		s.confirm(folder, l, start)
	})
	s.actions.redraw()
}

// confirm asks once whether a folder with something precious in it is to be shared.
func (s *sharing) confirm(folder string, l server.Look, then func()) {
	if len(l.Concerns) == 0 || s.store.Accepted(folder) {
		then()
		return
	}
	q := concernQuestion(folder, l, s.sharesHidden())
	q.OnYes, q.AfterNo = func() { s.store.Accept(folder); then() }, s.actions.chooseFolder
	s.asker.Ask(q)
}

// explainFirewall explains once what Windows asks when a program is to be reached
// from the network for the first time. Who says no there never learns why nobody
// comes.
func (s *sharing) explainFirewall(system string, then func()) {
	if system != "windows" || settings.FirewallExplained.Get(s.store) {
		then()
		return
	}
	q := firewallQuestion()
	q.OnYes = func() { settings.FirewallExplained.Set(s.store, true); then() }
	s.asker.Ask(q)
}

// start shares a folder on the port that is typed, by way of control.start or
// control.restart.
func (s *sharing) start(folder string, l server.Look, start func(server.Share, func(error))) {
	port, valid := s.port.value()
	if !valid {
		return
	}
	s.found = foundText(l)
	start(server.Share{
		Folder: folder, Port: port, ExactPort: s.port.wanted && port != 0,
		Hidden: s.sharesHidden(), VisitorsPages: s.given.VisitorsPages, Listing: settings.Listing.Get(s.store), Where: s.given.Where,
	}, s.done)
	s.actions.redraw()
}

// done is called when the server has started or stopped. An error is in the next
// snapshot too, unless it left everything as it was.
func (s *sharing) done(err error) {
	s.control.report(err)
	s.actions.redraw()
}

// folderChanged is called when another folder is chosen, or more is known about it.
func (s *sharing) folderChanged() {
	s.pending = false
	s.settle()
}

// settle takes away what is said of an error: the person does something about it, or has
// read it.
func (s *sharing) settle() {
	s.settled = s.snapshot.Err
	s.control.report(nil)
	s.actions.redraw()
}

// hasFailed reports whether there is an error that the person has not settled.
func (s *sharing) hasFailed() bool {
	return s.snapshot.State == server.Failed && (s.settled == nil || s.settled != s.snapshot.Err)
}

// offerInstead offers to share another folder than the present one, once it is known
// that this is possible.
func (s *sharing) offerInstead(folder string) {
	keep := func() { s.folder.set(s.snapshot.Share.Folder) }
	s.folder.set(folder)
	folder = s.folder.folder
	s.folder.scanner.then(func(l server.Look, err error) {
		if err != nil {
			s.control.report(err)
			keep()
			return
		}
		q := insteadQuestion(s.snapshot, folder)
		q.OnYes, q.OnNo = func() {
			s.confirm(folder, l, func() { s.start(folder, l, s.control.restart) })
		}, keep
		s.asker.Ask(q)
	})
}

// open shares a folder that the program was started with. If another one is shared,
// it offers to share this one instead.
func (s *sharing) open(folder string) {
	switch {
	case !s.isSharing():
		s.folder.set(folder)
		s.toggle()
	case filepath.Clean(folder) != s.snapshot.Share.Folder:
		s.offerInstead(folder)
	}
}

// openItems shares files and folders that the program was started with. If something
// else is shared, it offers to share these instead.
func (s *sharing) openItems(items []server.Item) {
	if !s.isSharing() {
		s.startItems(items, s.control.start)
		return
	}
	q := insteadQuestion(s.snapshot, server.Share{Items: items}.Name())
	q.OnYes = func() { s.startItems(items, s.control.restart) }
	s.asker.Ask(q)
}

// startItems is start for several files and folders, or a file.
func (s *sharing) startItems(items []server.Item, start func(server.Share, func(error))) {
	port, valid := s.port.value()
	if !valid {
		return
	}
	s.found = ""
	start(server.Share{
		Items: items, Port: port, ExactPort: s.port.wanted && port != 0,
		Hidden: s.sharesHidden(), VisitorsPages: s.given.VisitorsPages, Listing: settings.Listing.Get(s.store), Where: s.given.Where,
	}, s.done)
	s.actions.redraw()
}

// usePort shares on a port that the person accepted by a click.
func (s *sharing) usePort(port int) {
	s.port.set(port, true)
	// The offer may be on the screen before the failed start is over.
	s.control.whenFree(s.toggle)
}

// moveToPort shares the same folder on the port that is typed.
func (s *sharing) moveToPort() {
	port, valid := s.port.value()
	if !s.isSharing() || !valid || port == s.snapshot.Share.Port || s.control.busy {
		return
	}
	if items := s.snapshot.Share.Items; len(items) > 0 {
		s.startItems(items, s.control.restart)
		return
	}
	s.start(s.snapshot.Share.Folder, s.folder.scanner.found, s.control.restart)
}

// recount counts again what is in the shared folder: it has changed, or may have.
func (s *sharing) recount() {
	if !s.isSharing() || s.counting || len(s.snapshot.Share.Items) > 0 {
		return
	}
	s.counting = true
	folder, since := s.snapshot.Share.Folder, s.snapshot.Since
	var found server.Look
	s.control.background(func() error {
		ctx, cancel := context.WithTimeout(s.control.life, scanTimeout)
		defer cancel()
		var err error
		found, err = s.control.engine.Look(ctx, folder)
		return err
	}, func(err error) {
		s.counting = false
		if err == nil && s.snapshot.Since.Equal(since) {
			s.found = foundText(found)
			s.actions.redraw()
		}
	})
}

// hasOtherFiles reports whether devices have changed what is in the folder.
func hasOtherFiles(before, now server.Snapshot) bool {
	arrived := func(s server.Snapshot) (n int) {
		for _, u := range s.Uploads {
			if u.State == server.Arrived {
				n++
			}
		}
		return n
	}
	return len(before.Deleted) != len(now.Deleted) || arrived(before) != arrived(now)
}

// sharesHidden reports whether hidden files will be shared too.
func (s *sharing) sharesHidden() bool { return s.given.Hidden || settings.Hidden.Get(s.store) }

// setHidden shares hidden files too from the next share on, or no longer.
func (s *sharing) setHidden(hidden bool) {
	s.given.Hidden = false
	settings.Hidden.Set(s.store, hidden)
	s.actions.redraw()
}

// setSite says whether a folder with an index.html is shown as a web site.
func (s *sharing) setSite(site bool) {
	settings.Listing.Set(s.store, !site)
	s.actions.redraw()
}

// setPort changes the port that the window begins with. The main view gets it too,
// and offers to move there what is shared.
func (s *sharing) setPort(port int) {
	settings.Port.Set(s.store, port)
	s.port.set(port, true)
	s.actions.redraw()
}

// where returns where something is shared, or would be.
func (s *sharing) where() server.Where {
	if s.isSharing() {
		return s.snapshot.Share.Where
	}
	return s.store.Where("")
}
