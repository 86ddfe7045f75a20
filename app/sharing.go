package app

import (
	"context"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"

	"windowsill/app/kit"
	"windowsill/app/settings"
	"windowsill/server"
)

// sharing is what buttons, keys and drops do, from the first click to the
// moment when the server is asked. All of it runs on Fyne's goroutine.
type sharing struct {
	win     fyne.Window
	life    context.Context // ends with the window, and with it an open chooser
	store   *settings.Store
	control *control
	asker   *kit.Asker
	view    *view
	redraw  func() // shows what changed here

	now     server.Snapshot // as drawn
	found   string          // how much is in the shared folder
	where   server.Where    // as the command line says; the zero value leaves it to memory
	hidden  bool            // hidden files are shared too, this time only
	pending bool            // Share was pressed while the look was not over
}

// ready says whether the big button does something.
func (s *sharing) ready() bool {
	_, valid := s.view.port.value()
	chosen := valid && s.view.folder.folder != ""
	return !s.control.busy && !s.pending && (s.now.State == server.Sharing || chosen)
}

// act is the one big button: share, or stop.
func (s *sharing) act() {
	switch {
	case !s.ready() || !faces[s.now.State].acts:
	case s.now.State == server.Sharing:
		s.control.stop(s.done)
		s.redraw()
	default:
		s.view.folder.again()
		s.share()
	}
}

// share takes a look at the chosen folder, asks if it has to, and starts.
func (s *sharing) share() {
	folder := s.view.folder.folder
	s.pending = true
	s.view.folder.looker.then(func(l server.Look, err error) {
		s.pending = false
		start := func() { s.forewarn(runtime.GOOS, func() { s.launch(folder, l, s.control.start) }) }
		if err != nil { // the server says the same, and is the one to say it
			start()
			return
		}
		s.consider(folder, l, start)
	})
	s.redraw()
}

// consider asks once whether a folder that looks precious is to be shared.
func (s *sharing) consider(folder string, l server.Look, do func()) {
	if len(l.Concerns) == 0 || s.store.Accepted(folder) {
		do()
		return
	}
	q := concernQuestion(folder, l, s.sharesHidden())
	q.OnYes, q.AfterNo = func() { s.store.Accept(folder); do() }, s.choose
	s.asker.Ask(q)
}

// launch starts or restarts the server on the port that is typed.
func (s *sharing) launch(folder string, l server.Look, run func(server.Share, func(error))) {
	port, valid := s.view.port.value()
	if !valid {
		return
	}
	s.found = lookText(l)
	run(server.Share{
		Folder: folder, Port: port, ExactPort: s.view.port.asked && port != 0, Hidden: s.sharesHidden(), Listing: settings.Listing.Get(s.store), Where: s.where,
	}, s.done)
	s.redraw()
}

// done is called when the server has done what it was asked. Why it could not
// is in the next snapshot too, unless it left everything as it was.
func (s *sharing) done(err error) {
	s.view.urgent.notice.show(err)
	s.redraw()
}

// choose opens the system's chooser of folders.
func (s *sharing) choose() {
	chooseFolder(s.life, s.win, s.view.folder.folder, s.control.onUI, func(folder string, err error) {
		switch {
		case err != nil:
			s.view.urgent.notice.show(err)
		case folder != "":
			s.propose(folder)
		}
	})
}

// propose takes a folder as chosen. While another one is shared it offers to
// share this one instead, once it is known that this can be done.
func (s *sharing) propose(folder string) {
	if s.now.State != server.Sharing {
		s.view.folder.set(folder)
		s.view.focusFirst(s.win.Canvas())
		return
	}
	keep := func() { s.view.folder.set(s.now.Share.Folder) }
	s.view.folder.set(folder)
	folder = s.view.folder.folder
	s.view.folder.looker.then(func(l server.Look, err error) {
		if err != nil {
			s.view.urgent.notice.show(err)
			keep()
			return
		}
		q := insteadQuestion(s.now, folder)
		q.OnYes, q.OnNo = func() {
			s.consider(folder, l, func() { s.launch(folder, l, s.control.restart) })
		}, keep
		s.asker.Ask(q)
	})
}

// take does with a folder what is done with the one that the program was
// started with: it is shared, and if another one is shared, that is offered.
func (s *sharing) take(folder string) {
	switch {
	case s.now.State != server.Sharing:
		s.view.folder.set(folder)
		s.act()
	case filepath.Clean(folder) != s.now.Share.Folder:
		s.propose(folder)
	}
}

// usePort shares on a port that the person accepted by a click.
func (s *sharing) usePort(port int) {
	s.view.port.set(port, true)
	// The offer may be on the screen before the failed start is over.
	s.control.whenFree(s.act)
}

// submitPort is the Return key in the field of the port.
func (s *sharing) submitPort() {
	if s.now.State == server.Sharing {
		s.move()
		return
	}
	s.act()
}

// move shares the same folder on the port that is typed now.
func (s *sharing) move() {
	port, valid := s.view.port.value()
	if s.now.State != server.Sharing || !valid || port == s.now.Share.Port || s.control.busy {
		return
	}
	s.launch(s.now.Share.Folder, s.view.folder.looker.found, s.control.restart)
}

// sharesHidden says whether hidden files will be shared too.
func (s *sharing) sharesHidden() bool { return s.hidden || settings.Hidden.Get(s.store) }

// setIndex says whether a folder with an index.html is a web site.
func (s *sharing) setIndex(site bool) {
	settings.Listing.Set(s.store, !site)
	s.redraw()
}

// setPort makes another port the one that the window begins with. The main view
// has it too, and offers to move there what is shared.
func (s *sharing) setPort(port int) {
	settings.Port.Set(s.store, port)
	s.view.port.set(port, true)
	s.redraw()
}

func (s *sharing) setHidden(hidden bool) {
	s.hidden = false
	settings.Hidden.Set(s.store, hidden)
	s.redraw()
}
