package share

import "strings"

// Pinned returns a Writer for something that goes on for a while, such as a file that
// comes in, and that is not to notice when others are added to the folder that is all
// of the share: what it knows by a name keeps that name, which [Folder.Now] translates.
// In all else it is as the share is. What the owner takes out, or allows no longer, is
// refused to it as well.
func (w *Writer) Pinned() *Writer { return &Writer{w.view.pin(w.view.set.now.Load())} }

// Pinned is [Writer.Pinned] for reading.
func (f *Folder) Pinned() *Folder { return &Folder{f.view.pin(f.view.set.now.Load())} }

// Before is Pinned for what began when the folder was all of the share; nil if it never
// was, or is not shared any more.
func (w *Writer) Before() *Writer {
	c := w.view.set.now.Load()
	if c.was == nil {
		return nil
	}
	return &Writer{w.view.pin(c.was)}
}

// pin returns the view with the names that there are in these contents. Those of roots
// do not change, so only those in a single folder have to be kept.
func (v view) pin(c *contents) view {
	if c.whole != nil {
		v.pinned = c
	}
	return v
}

// Now returns the name that something has in the share by now.
func (f *Folder) Now(name string) string {
	if c := f.view.set.now.Load(); f.view.pinned != nil && c.before != nil {
		return c.before.shown(name)
	}
	return name
}

// partial notes which names are those of the tree that a partial is in.
func (w *Writer) partial(folder string) func(*Partial, error) (*Partial, error) {
	return func(p *Partial, err error) (*Partial, error) {
		if err == nil && w.view.contents().whole == nil {
			first, _, _ := strings.Cut(folder, "/")
			p.prefix = first + "/"
		}
		return p, err
	}
}
