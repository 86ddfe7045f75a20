package app

import (
	"context"
	"runtime"
	"slices"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// sharing decides what the main button, keys and dropped things do, up to the moment
// when the server is called. It has the state that the window shows. It has more methods
// than most types because each is one thing that a person or the program can ask for, and
// all go through the same few questions: is something shared, is the server free.
type sharing struct {
	control *control
	asker   *kit.Asker
	actions sharingActions
	options options

	folder *folderPanel // where files and folders are chosen
	port   *portRow

	snapshot server.Snapshot // as drawn
	found    string          // what is in the shared folder
	pending  bool            // Share was pressed before the folder was scanned
	counting bool            // what is shared is counted again
	asked    addAnswer       // what is done with what is dropped while something is shared
	settled  error           // of a snapshot, that the person has settled
}

// sharingActions are the things that sharing does to the rest of the window.
type sharingActions struct {
	redraw       func() // shows what has changed here
	chooseFolder func() // lets the person choose another folder
	chooseFiles  func() // lets the person choose files
	stopped      func() // the person has stopped the share
}

func newSharing(c *control, store *settings.Store, asker *kit.Asker, actions sharingActions) *sharing {
	s := &sharing{control: c, asker: asker, actions: actions, options: options{store: store, redraw: actions.redraw}}
	small := newSmallImage(newPictures(c.life, c.engine.Picture, c.onUI, func() { s.folder.draw() }))
	s.folder = newFolderPanel(newScanner(c.engine.Look, c.onUI), small, folderActions{
		actions.chooseFolder, actions.chooseFiles, s.toggle, s.folderChanged, c.report,
	})
	s.port = newPortRow(s.toggle, s.settle)
	return s
}

// isSharing reports whether something is shared.
func (s *sharing) isSharing() bool { return s.snapshot.State == server.Sharing }

// ready reports whether the main button does something.
func (s *sharing) ready() bool {
	_, valid := s.port.value()
	chosen := valid && len(s.folder.items) > 0 && s.folder.scanner.err == nil
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

// share starts once what is chosen has been scanned, and the person has answered what
// there is to ask.
func (s *sharing) share() {
	s.pending = true
	s.folder.scanner.then(func(l server.Look, err error) {
		s.pending = false
		items, things := s.folder.items, s.folder.scanner.things
		start := func() {
			explainFirewall(s.asker, s.options.store, runtime.GOOS, func() { s.start(items, things, s.control.start) })
		}
		if err != nil { // the server says the same, and is the one to say it
			start()
			return
		}
		s.confirm(things, start)
	})
	s.actions.redraw()
}

// confirm asks once for each thing with something precious in it whether it is to be
// shared.
func (s *sharing) confirm(things []thing, then func()) {
	for _, t := range things {
		if len(t.look.Concerns) == 0 || s.options.store.Accepted(t.path) {
			continue
		}
		q := concernQuestion(t.path, t.look, s.options.hidden())
		q.OnYes, q.AfterNo = func() { s.options.store.Accept(t.path); s.confirm(things, then) }, s.actions.chooseFolder
		s.asker.Ask(q)
		return
	}
	then()
}

// start shares items on the port that is typed, by way of control.start or
// control.restart. things is what is known of them, nil for nothing.
func (s *sharing) start(items []server.Item, things []thing, start func(server.Share, func(error))) {
	port, valid := s.port.value()
	if !valid {
		return
	}
	s.found = foundInAll(things)
	share := s.options.share(port, s.port.wanted)
	if len(items) == 1 && items[0].Most == server.Change && len(things) == 1 && !things[0].file {
		share.Folder = items[0].Path
	} else {
		share.Items = items
	}
	start(share, s.done)
	s.actions.redraw()
}

// done is called when the server has started or stopped. An error is in the next
// snapshot too, unless it left everything as it was.
func (s *sharing) done(err error) {
	s.control.report(err)
	s.actions.redraw()
}

// folderChanged is called when something else is chosen, or more is known about it.
func (s *sharing) folderChanged() {
	s.pending = false
	if s.isSharing() {
		s.actions.redraw()
		return
	}
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

// open shares what the program was started with. If something else is shared already,
// it offers to add it.
func (s *sharing) open(paths []string) {
	items := itemsOf(paths)
	switch {
	case !s.isSharing():
		s.folder.setItems(items)
		s.toggle()
	case s.snapshot.Share.Receiving.On || len(without(items, pathsOf(sharedItems(s.snapshot.Share))...)) > 0:
		s.offer(items)
	}
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
	if s.snapshot.Share.Receiving.On {
		s.startReceiving(s.control.restart)
		return
	}
	s.start(sharedItems(s.snapshot.Share), s.folder.scanner.things, s.control.restart)
}

// recount counts again what is in the shared folder: it has changed, or may have.
func (s *sharing) recount() {
	if !s.isSharing() || s.counting {
		return
	}
	s.counting = true
	paths, since := pathsOf(sharedItems(s.snapshot.Share)), s.snapshot.Since
	var things []thing
	s.control.background(func() error {
		ctx, cancel := context.WithTimeout(s.control.life, scanTimeout)
		defer cancel()
		things = lookAtAll(ctx, s.control.engine.Look, paths)
		_, err := sumOf(things)
		return err
	}, func(err error) {
		s.counting = false
		switch {
		case !s.snapshot.Since.Equal(since): // another share
		case !slices.Equal(paths, pathsOf(sharedItems(s.snapshot.Share))):
			s.recount() // something was added or taken out meanwhile
		case err == nil:
			s.found = foundInAll(things)
			s.folder.scanner.learn(things)
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

// setPort changes the port that the window begins with. The main view gets it too,
// and offers to move there what is shared.
func (s *sharing) setPort(port int) {
	settings.Port.Set(s.options.store, port)
	s.port.set(port, true)
	s.actions.redraw()
}

// where returns where something is shared, or would be.
func (s *sharing) where() server.Where {
	if s.isSharing() {
		return s.snapshot.Share.Where
	}
	return s.options.store.Where("")
}
