package app

import (
	"context"
	"errors"

	"windowsill/server"
)

// offer offers to add items to what is shared, or to share them instead, once it is
// known what they are. Those that cannot be shared are named and left out. Some file
// managers start the program once for each file: one question is about all of them. What
// the person answers holds until the program ends.
func (s *sharing) offer(items []server.Item) {
	s.folder.offered.items = joined(s.folder.offered.items, items)
	s.folder.offered.times++
	times := s.folder.offered.times
	s.examine(s.folder.offered.items, func(items []server.Item, things []thing) {
		if times != s.folder.offered.times { // it is about these too
			return
		}
		s.asker.Decline()
		s.folder.offered.items = nil
		o := offer{s, items, things}
		switch {
		case len(items) == 0:
		case s.snapshot.Share.Receiving.On: // there is nothing to add to
			o.ask(o.replace, o.replace)
		case s.asked == toAdd:
			o.add()
		case s.asked == toReplace && len(s.snapshot.Transfers) == 0:
			o.replace()
		default:
			o.ask(func() { s.asked = toAdd; o.add() }, func() { s.asked = toReplace; o.replace() })
		}
	})
}

// addAnswer is what a person has said is to be done with what comes to a share.
type addAnswer int

const (
	notAsked addAnswer = iota
	toAdd
	toReplace
)

// offered are items that the person has not been asked about, or not answered yet.
type offered struct {
	items []server.Item
	times int // that any were offered
}

// offer is what could be shared too, or instead.
type offer struct {
	to     *sharing
	items  []server.Item
	things []thing // what is known of them
}

func (o offer) ask(yes, also func()) {
	all := &o.to.folder.offered
	then := func(do func()) func() {
		return func() { all.items = without(all.items, pathsOf(o.items)...); do() }
	}
	q := addQuestion(o.to.snapshot, o.items)
	all.items = o.items
	q.OnNo, q.OnYes, q.OnAlso = then(func() {}), then(yes), then(also)
	o.to.asker.Ask(q)
}

func (o offer) add() {
	o.to.confirm(o.things, func() { o.to.setShared(joined(sharedItems(o.to.snapshot.Share), o.items)) })
}

func (o offer) replace() {
	o.to.confirm(o.things, func() {
		o.to.folder.setItems(o.items)
		o.to.start(o.items, o.things, o.to.control.restart)
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
		if len(items) == 0 {
			return
		}
		s.confirm(things, func() { s.setShared(joined(sharedItems(s.snapshot.Share), items)) })
	})
}

// examine looks at items, says which of them cannot be shared, and goes on with the
// others: with none once nothing is shared.
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
		if items = without(items, pathsOfFailed(things)...); !s.isSharing() {
			items = nil
		}
		then(items, things)
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
	})
}
