package share

import (
	"errors"
	"io/fs"
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
	view   view
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
	polling  bool      // it is being asked for, which a drive that does not answer may delay
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
	w := &Watcher{view: f.view, end: make(chan struct{}), folders: map[string]*watched{}}
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
	path, err := w.pathOf(name)
	if err != nil {
		return nil, err
	}
	now := w.modified(path)
	watch := &Watch{changed: make(chan struct{}, 1), watcher: w, path: path}
	watch.Changed = watch.changed
	if err := w.add(watch, now); err != nil {
		return nil, err
	}
	watch.Modified = w.modified(path) // what happens from now on is reported
	return watch, nil
}

// add adds a watch of a folder that was last changed now.
func (w *Watcher) add(watch *Watch, now time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	path := watch.path
	f := w.folders[path]
	if f == nil {
		if len(w.folders) >= maxWatched {
			return ErrTooManyWatched
		}
		f = &watched{path: path, modified: now, reported: path != "" && w.system != nil && w.system.Add(path) == nil}
		w.folders[path] = f
	}
	f.watches = append(f.watches, watch)
	return nil
}

// pathOf returns the path on disk of a folder of the share; "" stands for the share
// itself, if that consists of roots.
func (w *Watcher) pathOf(name string) (string, error) {
	t, local, err := w.view.at(name)
	if err != nil {
		return "", &fs.PathError{Op: "watch", Path: name, Err: err}
	}
	if t == nil {
		return "", nil
	}
	found, err := t.findFolder(local)
	if err != nil {
		return "", err
	}
	return filepath.Join(t.path, filepath.FromSlash(found)), nil
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
	if f := w.folders[filepath.Dir(e.Name)]; f != nil && w.view.set.options.allows(filepath.Base(e.Name)) {
		w.report(f)
	}
}

// poll compares the modification times of all folders, or of those that the
// system does not report. A disk may be slow, so each is asked without the lock,
// and holds up no other.
func (w *Watcher) poll(all bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.folders {
		if (all || !f.reported) && !f.polling {
			f.polling = true
			go w.pollOne(f)
		}
	}
}

func (w *Watcher) pollOne(f *watched) {
	now := w.modified(f.path)
	w.mu.Lock()
	defer w.mu.Unlock()
	f.polling = false
	if w.folders[f.path] == f && !f.modified.Equal(now) {
		f.modified = now
		w.report(f)
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
func (w *Watcher) modified(path string) time.Time {
	if path == "" {
		return w.view.set.lastChange()
	}
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
