package share

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	mostSpots  = 200                    // folders watched at once
	soon       = 150 * time.Millisecond // changes that come together are told together
	notBefore  = 2 * time.Second        // between two times of telling
	lookEvery  = 2 * time.Second        // at folders of which the system does not tell
	lookRarely = 5                      // of so many looks, one is at the others as well
)

// ErrManyWatched says that so many folders are watched that no more can be.
var ErrManyWatched = errors.New("too many folders are watched")

// Watcher tells of changes in folders of a share: of what anybody would see
// there, and of nothing that lies further down. Where the system does not
// tell, as with drives in the network, the time of a folder's change does.
type Watcher struct {
	tree   *tree
	system *fsnotify.Watcher // nil where it is of no use
	end    chan struct{}

	mu    sync.Mutex
	spots map[string]*spot // by path on disk; guarded by mu, and so are they
}

// spot is one folder that is watched.
type spot struct {
	path     string
	told     bool      // the system tells of it
	modified time.Time // at the last look
	watches  []*Watch
	timer    *time.Timer // runs while there is something to tell; else nil
	last     time.Time   // when it was told last
}

// Watch is somebody's wish to know when a folder changes.
type Watch struct {
	Changed  <-chan struct{} // receives after changes, soon but not for each
	Modified time.Time       // of the folder when the watch began, see [List.Modified]

	changed chan struct{}
	watcher *Watcher
	path    string
}

// NewWatcher returns a watcher of the folders of a share. The caller closes it
// before the share.
func NewWatcher(f *Folder) *Watcher {
	w := &Watcher{tree: f.tree, end: make(chan struct{}), spots: map[string]*spot{}}
	// Elsewhere the system would have each file in the folder opened.
	if runtime.GOOS == "linux" || runtime.GOOS == "windows" {
		w.system, _ = fsnotify.NewWatcher() // without it, looks have to do
	}
	go w.run()
	return w
}

// Close ends all watches.
func (w *Watcher) Close() {
	close(w.end)
	if w.system != nil {
		w.system.Close()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.spots {
		s.rest()
	}
}

// Watch begins to watch a folder. Its errors are those of [Folder.Open], and
// [ErrManyWatched]. The caller stops the watch.
func (w *Watcher) Watch(name string) (*Watch, error) {
	found, err := w.tree.findFolder(name)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(w.tree.path, filepath.FromSlash(found))
	watch := &Watch{changed: make(chan struct{}, 1), watcher: w, path: path}
	watch.Changed = watch.changed
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.spots[path]
	if s == nil {
		if len(w.spots) >= mostSpots {
			return nil, ErrManyWatched
		}
		s = &spot{path: path, told: w.system != nil && w.system.Add(path) == nil}
		s.modified = modified(path)
		w.spots[path] = s
	}
	s.watches = append(s.watches, watch)
	watch.Modified = modified(path)
	return watch, nil
}

// Stop ends the watch.
func (v *Watch) Stop() {
	w := v.watcher
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.spots[v.path]
	s.watches = slices.DeleteFunc(s.watches, func(o *Watch) bool { return o == v })
	if len(s.watches) > 0 {
		return
	}
	s.rest()
	delete(w.spots, v.path)
	if s.told {
		w.system.Remove(s.path) // it may be gone, or the watcher closed
	}
}

func (w *Watcher) run() {
	var events chan fsnotify.Event
	var failures chan error
	if w.system != nil {
		events, failures = w.system.Events, w.system.Errors
	}
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for n := 1; ; {
		select {
		case <-w.end:
			return
		case e, ok := <-events:
			if !ok {
				events = nil // closed
			}
			w.note(e)
		case _, ok := <-failures:
			if !ok {
				failures = nil
			}
			w.look(true) // some events were lost
		case <-tick.C:
			w.look(n%lookRarely == 0)
			n++
		}
	}
}

// note takes what the system tells. Uploads that are not whole yet, and others
// that nobody can see, change nothing.
func (w *Watcher) note(e fsnotify.Event) {
	if e.Op == fsnotify.Chmod || e.Name == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.spots[e.Name]; s != nil { // the folder itself
		w.tell(s)
	}
	if s := w.spots[filepath.Dir(e.Name)]; s != nil && w.tree.options.allows(filepath.Base(e.Name)) {
		w.tell(s)
	}
}

// look compares when folders were changed last: all of them, or those that the
// system does not tell of. It asks the disk, which may be slow, without lock.
func (w *Watcher) look(all bool) {
	w.mu.Lock()
	var paths []string
	for path, s := range w.spots {
		if all || !s.told {
			paths = append(paths, path)
		}
	}
	w.mu.Unlock()
	for _, path := range paths {
		now := modified(path)
		w.mu.Lock()
		if s := w.spots[path]; s != nil && !s.modified.Equal(now) {
			s.modified = now
			w.tell(s)
		}
		w.mu.Unlock()
	}
}

// tell lets those who watch a folder know in a moment; called with mu held.
func (w *Watcher) tell(s *spot) {
	if s.timer != nil {
		return
	}
	s.timer = time.AfterFunc(max(soon, time.Until(s.last.Add(notBefore))), func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if s.timer == nil {
			return // stopped
		}
		s.timer, s.last = nil, time.Now()
		for _, v := range s.watches {
			select {
			case v.changed <- struct{}{}:
			default:
			}
		}
	})
}

// rest forgets what was to be told; called with the watcher's mu held.
func (s *spot) rest() {
	if s.timer != nil {
		s.timer.Stop()
		s.timer = nil
	}
}

// modified is when a folder was changed last; zero if it is not there.
func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
