package app

import (
	"context"
	"errors"

	"windowsill/server"
)

// offer offers to add items to what is shared, or to share them instead, once it is
// known what they are. Those that cannot be shared are named and left out. Some file
// managers start the program once for each file: one question is about all of them.
func (s *sharing) offer(items []server.Item) {
	s.examine(joined(s.folder.offered, items), func(items []server.Item, things []thing) {
		q := addQuestion(s.snapshot, items)
		s.asker.Decline()
		s.folder.offered = items
		q.OnNo = func() { s.folder.offered = nil }
		q.OnYes = func() {
			s.folder.offered = nil
			s.confirm(things, func() { s.setShared(joined(sharedItems(s.snapshot.Share), items)) })
		}
		q.OnAlso = func() {
			s.folder.offered = nil
			s.confirm(things, func() {
				s.folder.setItems(items)
				s.start(items, things, s.control.restart)
			})
		}
		if s.snapshot.Share.Receiving.On { // there is nothing to add to
			q.OnYes = q.OnAlso
		}
		s.asker.Ask(q)
	})
}

// add adds what a person has chosen for that to what is shared, or to what is chosen.
func (s *sharing) add(paths []string) {
	items := itemsOf(paths)
	if !s.isSharing() {
		s.folder.setItems(joined(s.folder.items, items))
		return
	}
	s.examine(items, func(items []server.Item, things []thing) {
		s.confirm(things, func() { s.setShared(joined(sharedItems(s.snapshot.Share), items)) })
	})
}

// examine looks at items, says which of them cannot be shared, and goes on with the
// others while something is shared.
func (s *sharing) examine(items []server.Item, then func([]server.Item, []thing)) {
	var things []thing
	s.control.background(func() error {
		ctx, cancel := context.WithTimeout(s.control.life, scanTimeout)
		defer cancel()
		things = lookAtAll(ctx, s.control.engine.Look, pathsOf(items))
		return unsharable(things)
	}, func(err error) {
		if err != nil {
			s.control.report(err)
		}
		if items = without(items, pathsOfFailed(things)...); len(items) > 0 && s.isSharing() {
			then(items, things)
		}
	})
}

// remove takes something out of what is shared, or of what is chosen.
func (s *sharing) remove(path string) {
	if !s.isSharing() {
		s.folder.setItems(without(s.folder.items, path))
		return
	}
	s.setShared(without(sharedItems(s.snapshot.Share), path))
}

// permit says what devices may do in one of several folders at most.
func (s *sharing) permit(path string, most server.Permission) {
	items := s.folder.items
	if s.isSharing() {
		items = sharedItems(s.snapshot.Share)
	}
	items = without(items) // a copy
	for i := range items {
		if items[i].Path == path {
			items[i].Most = most
		}
	}
	if !s.isSharing() {
		s.folder.items = items
		s.actions.redraw()
		return
	}
	s.setShared(items)
}

// setShared makes these items what is shared, at once. If some have vanished meanwhile it
// says so, and shares the others.
func (s *sharing) setShared(items []server.Item) {
	if len(items) == 0 {
		return
	}
	s.control.tryThen(func() error {
		err := s.control.engine.SetItems(items)
		if missing, ok := errors.AsType[*server.MissingError](err); ok {
			if rest := without(items, missing.Paths...); len(rest) > 0 {
				err = errors.Join(err, s.control.engine.SetItems(rest))
			}
		}
		return err
	}, func(err error) {
		if err != nil {
			s.control.report(err)
			return
		}
		s.folder.setItems(items)
		s.recount()
	})
}
