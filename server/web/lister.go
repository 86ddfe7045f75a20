package web

import (
	"context"
	"net/http"
	"time"

	"windowsill/server/share"
	"windowsill/server/turns"
)

const (
	// maxLargeLists is how many lists of large folders there are at once. Each
	// holds megabytes for as long as whoever asked takes to read the answer.
	maxLargeLists      = 12
	maxLargeListsOfOne = 3                // of them, for one address
	maxListWait        = 20 * time.Second // for a turn
)

// lister lists folders for requests, and gives turns to what lists large ones.
type lister struct {
	folder  *share.Folder
	devices devices
	turns   *turns.Turns
	closing context.Context
}

func newLister(folder *share.Folder, devices devices, closing context.Context) *lister {
	return &lister{folder, devices, turns.New(maxLargeLists, maxLargeListsOfOne), closing}
}

// list lists a folder, for a large one as soon as it is the turn of the address
// that asks. The caller calls done at the end.
func (l *lister) list(q *http.Request, name string) (list *share.List, done func(), err error) {
	wait, giveBack := l.turn(q)
	list, err = l.folder.ListInTurn(name, wait)
	if err != nil {
		giveBack()
		return nil, nil, err
	}
	return list, func() { list.Close(); giveBack() }, nil
}

// turn returns what waits for a turn, and what gives it back if it was taken.
func (l *lister) turn(q *http.Request) (wait func() error, giveBack func()) {
	taken, caller := false, l.devices.groupOf(q).String()
	wait = func() error {
		err := l.take(q.Context(), caller)
		taken = err == nil
		return err
	}
	giveBack = func() {
		if taken {
			l.turns.Give(caller)
		}
	}
	return wait, giveBack
}

func (l *lister) take(ctx context.Context, caller string) error {
	ctx, cancel := context.WithTimeout(ctx, maxListWait)
	defer cancel()
	defer context.AfterFunc(l.closing, cancel)()
	if l.turns.Take(ctx, caller) != nil {
		return errLists
	}
	return nil
}
