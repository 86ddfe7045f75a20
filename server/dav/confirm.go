package dav

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Change is what a request is about to do to a name.
type Change struct {
	Name   string // as share.Folder.Open takes it
	Tree   bool   // to all below it, too
	Member bool   // it begins or ceases to exist in its folder
}

// Concerns reports whether there is anything that Confirm would look at: most
// shares have no locks, and most requests no conditions.
func (h *Handler) Concerns(q *http.Request) bool {
	return len(q.Header["If"]) > 0 || h.locks.any()
}

// HasLocks reports whether there are locks at all.
func (h *Handler) HasLocks() bool { return h.locks.any() }

// Confirm returns nil if the conditions in a request's If header hold, and the
// device has sent the tokens of all locks that its changes meet. Otherwise the
// error is [ErrIfHeader], [ErrPrecondition] or [ErrLocked].
func (h *Handler) Confirm(q *http.Request, holder string, changes ...Change) error {
	lists, err := parseIf(q.Header)
	if err != nil {
		return err
	}
	now := time.Now()
	if len(lists) > 0 && !slices.ContainsFunc(lists, func(l ifList) bool { return h.holds(q, l, now) }) {
		return ErrPrecondition
	}
	return h.unlocked(lists, holder, now, changes)
}

// Unlocked is Confirm without the conditions, for changes that come to be known
// while a request goes on, when what it has done may have made them false.
func (h *Handler) Unlocked(q *http.Request, holder string, changes ...Change) error {
	lists, err := parseIf(q.Header)
	if err != nil {
		return err
	}
	return h.unlocked(lists, holder, time.Now(), changes)
}

// unlocked returns nil if a device has sent the tokens of all locks that its
// changes meet.
func (h *Handler) unlocked(lists []ifList, holder string, now time.Time, changes []Change) error {
	tokens := submitted(lists)
	for _, c := range changes {
		for _, root := range h.locks.touched(c, now) {
			mine := func(l lock) bool { return l.holder == holder && slices.Contains(tokens, l.token) }
			if !slices.ContainsFunc(root, mine) {
				return ErrLocked
			}
		}
	}
	return nil
}

// submitted returns the tokens that an If header holds: also one whose condition
// is false counts as sent (RFC 4918 10.4.1).
func submitted(lists []ifList) (tokens []string) {
	for _, l := range lists {
		for _, c := range l.conditions {
			if c.token != "" {
				tokens = append(tokens, c.token)
			}
		}
	}
	return tokens
}

// holds reports whether all conditions of a list hold.
func (h *Handler) holds(q *http.Request, l ifList, now time.Time) bool {
	name, ok := NameOf(q.URL.Path), true
	if l.resource != "" {
		name, ok = nameOfReference(q, l.resource)
	}
	tag, asked := "", false
	for _, c := range l.conditions {
		is := false
		switch {
		case !ok: // on another server, where nothing is known of it
		case c.token != "":
			_, is = h.locks.find(c.token, name, now)
		default:
			if !asked {
				tag, asked = h.tagOf(name), true
			}
			is = tag != "" && tag == c.etag
		}
		if is == c.not {
			return false
		}
	}
	return true
}

// NameOf returns the name in the share that a path of an address leads to.
func NameOf(path string) string { return strings.Trim(path, "/") }

func nameOfReference(q *http.Request, reference string) (name string, ok bool) {
	u, err := url.Parse(reference)
	if err != nil || u.Host != "" && !strings.EqualFold(u.Host, q.Host) {
		return "", false
	}
	return NameOf(u.Path), true
}

// tagOf returns the entity tag of what has a name; "" for nothing.
func (h *Handler) tagOf(name string) string {
	f, err := h.folder.Open(name)
	if err != nil {
		tag, _ := h.Held(name)
		return tag
	}
	defer f.Close()
	return f.Member().ETag
}
