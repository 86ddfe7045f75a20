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

// lister lists folders for requests.
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
	taken := false
	caller := l.devices.groupOf(q).String()
	giveBack := func() {
		if taken {
			l.turns.Give(caller)
		}
	}
	list, err = l.folder.ListInTurn(name, func() error {
		err := l.take(q.Context(), caller)
		taken = err == nil
		return err
	})
	if err != nil {
		giveBack()
		return nil, nil, err
	}
	return list, func() { list.Close(); giveBack() }, nil
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
