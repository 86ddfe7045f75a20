package server

import (
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"windowsill/server/access"
	"windowsill/server/share"
)

// Item is one of several files and folders that a share consists of.
type Item struct {
	Path string // absolute or relative to the working directory
	// Most is the most that devices may do in a folder: what holds is this or the
	// policy, whichever allows less. A file can only be looked at.
	Most Permission
}

// ItemState is how an item was last seen. Its Err is nil, [ErrItemGone],
// [ErrItemLocked] or [ErrItemSilent].
type ItemState = share.RootState

// Why devices cannot have an item of a share.
var (
	ErrItemGone   = share.ErrGone         // moved or deleted since it was shared
	ErrItemLocked = share.ErrNotReadable  // may not be read any more
	ErrItemSilent = share.ErrNotAnswering // its drive does not answer
)

// MissingError says which items cannot be shared.
type MissingError = share.MissingError

// IsFolder reports whether there is a folder at a path.
func IsFolder(path string) bool { return share.IsFolder(path) }

// normal returns the share with absolute paths, and no item twice. A single item
// that is a folder, with nothing withheld, is the Folder.
func (sh Share) normal() Share {
	if len(sh.Items) == 0 {
		if abs, err := filepath.Abs(sh.Folder); err == nil {
			sh.Folder = abs
		}
		return sh
	}
	sh.Folder, sh.Items = "", normalItems(sh.Items)
	if one := sh.Items[0]; len(sh.Items) == 1 && one.Most == Change && share.IsFolder(one.Path) {
		sh.Folder, sh.Items = one.Path, nil
	}
	return sh
}

func normalItems(items []Item) (normal []Item) {
	known := map[string]bool{}
	for _, i := range items {
		if abs, err := filepath.Abs(i.Path); err == nil && i.Path != "" {
			i.Path = abs
		}
		if !known[i.Path] {
			known[i.Path] = true
			normal = append(normal, i)
		}
	}
	return normal
}

// same reports whether two shares consist of the same files and folders.
func (sh Share) same(o Share) bool {
	if sh.Folder != o.Folder || sh.Receiving != o.Receiving || len(sh.Items) != len(o.Items) {
		return false
	}
	for i := range sh.Items {
		if sh.Items[i].Path != o.Items[i].Path {
			return false
		}
	}
	return true
}

// Name returns what people call the share: the last element of its folder's path
// or, of several items, that of the first and the number of the others, as in
// "a.pdf + 2".
func (sh Share) Name() string {
	switch n := len(sh.Items); {
	case n == 0:
		return filepath.Base(sh.Folder)
	case n == 1:
		return filepath.Base(sh.Items[0].Path)
	default:
		return filepath.Base(sh.Items[0].Path) + " + " + strconv.Itoa(n-1)
	}
}

// open opens what is shared.
func (sh Share) open() (*share.Folder, error) {
	o := share.Options{Hidden: sh.Hidden, VisitorsPages: sh.VisitorsPages}
	if sh.Receiving.On {
		return sh.openInbox(o)
	}
	if len(sh.Items) == 0 {
		return share.Open(sh.Folder, o)
	}
	return share.OpenRoots(roots(sh.Items), o)
}

func roots(items []Item) []share.Root {
	all := make([]share.Root, len(items))
	for i, item := range items {
		all[i] = share.Root{Path: item.Path, ReadOnly: item.Most == Read}
	}
	return all
}

// SetItems makes items what is shared, in place of those before or of the folder:
// at once, and without a restart. Devices stay in, and of the items that stay
// nothing changes, but for what devices may do there. The error is a
// [*MissingError] if some are not there, and [ErrNoShare] while nothing is shared, or
// the share only receives; then nothing changes at all.
func (s *Server) SetItems(items []Item) error {
	s.op.Lock()
	defer s.op.Unlock()
	r := s.running()
	if r == nil || r.receiving.On || len(items) == 0 {
		return ErrNoShare
	}
	items = normalItems(items)
	if err := r.content.folder.SetRoots(roots(items)); err != nil {
		return err
	}
	r.limits.set(items, r.content.folder.Roots())
	s.set(func(c *current) { c.share.Folder, c.share.Items = "", items })
	r.tidy()
	r.web.PolicyChanged()
	return nil
}

// limits say what devices may do with the items of a share at most.
type limits struct {
	now atomic.Pointer[itemLimits] // nil if there are no items
}

type itemLimits struct {
	most   map[string]access.Permission // by the name of the item in the share
	nested []nested
}

// nested is an item that lies within another one, and can be reached by the way
// through that too.
type nested struct {
	name string // in the share, by that way
	most access.Permission
}

func (l *limits) set(items []Item, states []ItemState) {
	if len(items) == 0 {
		l.now.Store(nil)
		return
	}
	now := &itemLimits{most: map[string]access.Permission{}}
	folders := map[string]string{} // names by path
	for i, s := range states {
		if s.Dir {
			now.most[s.Name], folders[s.Path] = items[i].Most, s.Name
		}
	}
	for i, s := range states {
		if !s.Dir {
			continue
		}
		for at, up := s.Path, filepath.Dir(s.Path); up != at; at, up = up, filepath.Dir(up) {
			if name, ok := folders[up]; ok {
				inside := strings.Trim(filepath.ToSlash(s.Path[len(up):]), "/")
				now.nested = append(now.nested, nested{name + "/" + inside, items[i].Most})
			}
		}
	}
	l.now.Store(now)
}

// allow returns what devices may do with what has a name, given what the policy
// allows, or, if whole is true, with all that is below it as well. Nobody changes
// what the owner has put together.
func (l *limits) allow(name string, whole bool, p access.Permission) access.Permission {
	now := l.now.Load()
	if now == nil {
		return p
	}
	first, _, _ := strings.Cut(name, "/")
	p = min(p, now.most[first])
	for _, n := range now.nested {
		if isWithin(name, n.name) || whole && isWithin(n.name, name) {
			p = min(p, n.most)
		}
	}
	return p
}

// isWithin reports whether one name is another, or below it, on a file system that
// may ignore the case of letters.
func isWithin(name, folder string) bool {
	return len(name) >= len(folder) && strings.EqualFold(name[:len(folder)], folder) && (len(name) == len(folder) || name[len(folder)] == '/')
}
