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
	maxWatched   = 200                    // folders at once
	debounce     = 150 * time.Millisecond // changes within it are reported together
	minInterval  = 2 * time.Second        // between two reports about a folder
	pollInterval = 2 * time.Second        // for folders that the system does not report
	pollAllEvery = 5                      // of so many polls, one includes the others as well
)

// ErrTooManyWatched says that as many folders are watched as can be.
var ErrTooManyWatched = errors.New("too many folders are watched")

// Watcher reports changes of what can be seen in folders of a share, and of
// nothing further down. Where the system does not report them, as on network
// drives, it compares the folders' modification times.
type Watcher struct {
	tree   *tree
	system *fsnotify.Watcher // nil where it is of no use
	end    chan struct{}

	mu      sync.Mutex
	folders map[string]*watched // by path on disk; guarded by mu, as is each of them
}

// watched is a folder that is watched.
type watched struct {
	path     string
	reported bool      // the system reports changes of it
	modified time.Time // as of the last poll
	watches  []*Watch
	timer    *time.Timer // runs while there is something to report; else nil
	last     time.Time   // when a change was last reported
}

// Watch is one caller's watch of a folder.
type Watch struct {
	Changed  <-chan struct{} // receives soon after changes, once for several
	Modified time.Time       // of the folder when the watch began, see [List.Modified]

	changed chan struct{}
	watcher *Watcher
	path    string
}

// NewWatcher returns a watcher of the folders of a share. The caller closes it
// before the share.
func NewWatcher(f *Folder) *Watcher {
	w := &Watcher{tree: f.tree, end: make(chan struct{}), folders: map[string]*watched{}}
	// The systems of other platforms would need every file in the folder open.
	if runtime.GOOS == "linux" || runtime.GOOS == "windows" {
		w.system, _ = fsnotify.NewWatcher() // without it, polling has to do
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
	for _, f := range w.folders {
		f.stopTimer()
	}
}

// Watch begins to watch a folder. The error is one like those of [Folder.Open],
// or [ErrTooManyWatched]. The caller stops the watch.
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
	f := w.folders[path]
	if f == nil {
		if len(w.folders) >= maxWatched {
			return nil, ErrTooManyWatched
		}
		f = &watched{path: path, reported: w.system != nil && w.system.Add(path) == nil}
		f.modified = modified(path)
		w.folders[path] = f
	}
	f.watches = append(f.watches, watch)
	watch.Modified = modified(path)
	return watch, nil
}

// Stop ends the watch.
func (v *Watch) Stop() {
	w := v.watcher
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.folders[v.path]
	f.watches = slices.DeleteFunc(f.watches, func(o *Watch) bool { return o == v })
	if len(f.watches) > 0 {
		return
	}
	f.stopTimer()
	delete(w.folders, v.path)
	if f.reported {
		w.system.Remove(f.path) // fails if the folder is gone or the watcher closed
	}
}

func (w *Watcher) run() {
	var events chan fsnotify.Event
	var failures chan error
	if w.system != nil {
		events, failures = w.system.Events, w.system.Errors
	}
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	for n := 1; ; {
		select {
		case <-w.end:
			return
		case e, ok := <-events:
			if !ok {
				events = nil // closed
			}
			w.handle(e)
		case _, ok := <-failures:
			if !ok {
				failures = nil
			}
			w.poll(true) // some events were lost
		case <-tick.C:
			w.poll(n%pollAllEvery == 0)
			n++
		}
	}
}

// handle takes an event of the system. Uploads in progress, and other files
// that nobody can see, change nothing.
func (w *Watcher) handle(e fsnotify.Event) {
	if e.Op == fsnotify.Chmod || e.Name == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if f := w.folders[e.Name]; f != nil { // the folder itself
		w.report(f)
	}
	if f := w.folders[filepath.Dir(e.Name)]; f != nil && w.tree.options.allows(filepath.Base(e.Name)) {
		w.report(f)
	}
}

// poll compares the modification times of all folders, or of those that the
// system does not report. The disk may be slow, so it is asked without the lock.
func (w *Watcher) poll(all bool) {
	w.mu.Lock()
	var paths []string
	for path, f := range w.folders {
		if all || !f.reported {
			paths = append(paths, path)
		}
	}
	w.mu.Unlock()
	for _, path := range paths {
		now := modified(path)
		w.mu.Lock()
		if f := w.folders[path]; f != nil && !f.modified.Equal(now) {
			f.modified = now
			w.report(f)
		}
		w.mu.Unlock()
	}
}

// report tells the watches of a folder in a moment; called with mu held.
func (w *Watcher) report(f *watched) {
	if f.timer != nil {
		return
	}
	f.timer = time.AfterFunc(max(debounce, time.Until(f.last.Add(minInterval))), func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if f.timer == nil {
			return // stopped
		}
		f.timer, f.last = nil, time.Now()
		for _, v := range f.watches {
			select {
			case v.changed <- struct{}{}:
			default:
			}
		}
	})
}

// stopTimer drops what was to be reported; called with the watcher's mu held.
func (f *watched) stopTimer() {
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
}

// modified returns when a folder was last changed; zero if it does not exist.
func modified(path string) time.Time {
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
