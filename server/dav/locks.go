package dav

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxLocks       = 5000             // in all
	maxPerHolder   = 500              // of one device
	maxPerGroup    = 1000             // of one address, since a program may give itself out as many devices
	defaultTimeout = 10 * time.Minute // for clients that ask for none
	maxTimeout     = time.Hour        // a client that goes on asks again
)

// Why a request fails because of locks.
var (
	ErrLocked       = errors.New("somebody else has locked it")
	ErrPrecondition = errors.New("a condition of the If header does not hold")
	ErrNoLock       = errors.New("no such lock there")
	ErrNotHolder    = errors.New("the lock is another device's")
	ErrTooManyLocks = errors.New("too many locks")
)

// lock is one lock. It does not change, but for when it ends.
type lock struct {
	token    string
	name     string // its root, as Folder.Open takes it
	deep     bool   // it covers all below the root as well
	shared   bool
	owner    []byte // what the client says of its user, as XML
	holder   string // the device
	group    string // as which its address counts
	unmapped bool   // nothing had the name when it was locked
	caseless bool   // its drive takes names for the same that differ in case only
	timeout  time.Duration
	ends     time.Time
}

// locks are the locks of a share.
type locks struct {
	mu     sync.Mutex
	byName map[string][]*lock // by folded names; guarded by mu
	count  int                // guarded by mu
	next   time.Time          // no lock ends before; guarded by mu
}

// newToken makes a token that nobody guesses (RFC 4918 6.5, RFC 9562 5.4).
func newToken() string {
	var b [16]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	x := hex.EncodeToString(b[:])
	return "urn:uuid:" + x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]
}

// add adds a lock and gives it its token, unless others forbid it.
func (s *locks) add(l *lock, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire(now)
	held, ofGroup := 0, 0
	for _, at := range s.byName {
		for _, other := range at {
			if other.holder == l.holder {
				held++
			}
			if other.group == l.group {
				ofGroup++
			}
			if (covers(other, l.name) || covers(l, other.name)) && !(other.shared && l.shared) {
				return ErrLocked
			}
		}
	}
	if s.count >= maxLocks || held >= maxPerHolder || ofGroup >= maxPerGroup {
		return ErrTooManyLocks
	}
	l.token, l.ends = newToken(), now.Add(l.timeout)
	if s.byName == nil {
		s.byName = map[string][]*lock{}
	}
	at := folded(l.name)
	s.byName[at] = append(s.byName[at], l)
	s.next = earlier(s.next, l.ends)
	s.count++
	return nil
}

// folded returns what all names have in common that some file system takes for the
// same but for their joiners.
func folded(name string) string { return strings.ToLower(strings.ToUpper(name)) }

// on returns a name as it is compared on the lock's drive.
func (l *lock) on(name string) string {
	if l.caseless {
		return folded(name)
	}
	return name
}

// isRoot reports whether a name is that of what was locked.
func (l *lock) isRoot(name string) bool { return l.on(l.name) == l.on(name) }

// covers reports whether a lock covers a name.
func covers(l *lock, name string) bool {
	return l.isRoot(name) || l.deep && isBelow(l.on(name), l.on(l.name))
}

func isBelow(name, folder string) bool {
	return folder == "" && name != "" || len(name) > len(folder) && name[len(folder)] == '/' && strings.HasPrefix(name, folder)
}

// expire removes locks whose time is over; called with s.mu held.
func (s *locks) expire(now time.Time) {
	if s.next.After(now) {
		return
	}
	s.next = now.Add(maxTimeout)
	s.removeFunc(func(l *lock) bool {
		if l.ends.After(now) {
			s.next = earlier(s.next, l.ends)
			return false
		}
		return true
	})
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// removeFunc is called with s.mu held.
func (s *locks) removeFunc(gone func(*lock) bool) {
	for name, at := range s.byName {
		before := len(at)
		at = slices.DeleteFunc(at, gone)
		s.count -= before - len(at)
		if len(at) == 0 {
			delete(s.byName, name)
		} else {
			s.byName[name] = at
		}
	}
}

// on returns the locks that cover a name, as they are now.
func (s *locks) on(name string, now time.Time) (all []lock) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count == 0 {
		return nil
	}
	s.expire(now)
	for at := folded(name); ; at = parent(at) {
		for _, l := range s.byName[at] {
			if covers(l, name) {
				all = append(all, *l)
			}
		}
		if at == "" {
			return all
		}
	}
}

// find returns the lock of a token that covers a name.
func (s *locks) find(token, name string, now time.Time) (lock, bool) {
	for _, l := range s.on(name, now) {
		if l.token == token {
			return l, true
		}
	}
	return lock{}, false
}

// refresh lets a lock go on for as long as asked.
func (s *locks) refresh(token, name string, timeout time.Duration, now time.Time) (lock, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, at := range s.byName {
		for _, l := range at {
			if l.token == token && covers(l, name) && l.ends.After(now) {
				l.timeout, l.ends = timeout, now.Add(timeout)
				s.next = earlier(s.next, l.ends)
				return *l, true
			}
		}
	}
	return lock{}, false
}

func (s *locks) remove(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeFunc(func(l *lock) bool { return l.token == token })
}

// removeTree removes the locks on a name and below it.
func (s *locks) removeTree(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeFunc(func(l *lock) bool { return l.isRoot(name) || isBelow(l.on(l.name), l.on(name)) })
}

// removeHolders removes all locks of the devices for which gone reports true.
func (s *locks) removeHolders(gone func(holder string) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.removeFunc(func(l *lock) bool { return gone(l.holder) })
}

// any reports whether there are locks at all.
func (s *locks) any() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count > 0
}

// touched returns the locks that a change of a name meets, grouped by their
// roots: of several shared ones at one root, one is enough.
func (s *locks) touched(c Change, now time.Time) [][]lock {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count == 0 {
		return nil
	}
	s.expire(now)
	roots := map[string][]lock{}
	for _, at := range s.candidates(c) {
		for _, l := range at {
			isParent := c.Member && c.Name != "" && l.isRoot(parent(c.Name))
			if covers(l, c.Name) || isParent || c.Tree && isBelow(l.on(l.name), l.on(c.Name)) {
				roots[l.on(l.name)] = append(roots[l.on(l.name)], *l)
			}
		}
	}
	return slices.SortedFunc(maps.Values(roots), func(a, b []lock) int { return cmp.Compare(a[0].name, b[0].name) })
}

// candidates returns the locks that a change may meet, by the names of their roots;
// called with s.mu held. Without a tree they are those on the way to its name: a
// form may ask for hundreds of names until one is free.
func (s *locks) candidates(c Change) map[string][]*lock {
	if c.Tree {
		return s.byName
	}
	on := map[string][]*lock{}
	for name := folded(c.Name); ; name = parent(name) {
		if at := s.byName[name]; at != nil {
			on[name] = at
		}
		if name == "" {
			return on
		}
	}
}

// parent returns the folder that a name is in; "" for the share.
func parent(name string) string { return name[:max(0, strings.LastIndexByte(name, '/'))] }
