package certs

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settled is how long after a change the files are looked at: a certificate and its key
// are two of them.
const settled = 100 * time.Millisecond

// maxLinks is how many links to one file are watched.
const maxLinks = 10

// Watch returns what receives soon after the files may have changed, until ctx ends; nil
// where the system does not say so. It does not say all, that of network drives for one,
// so that whoever waits also asks [Files.Changed] now and then.
func (f *Files) Watch(ctx context.Context) <-chan struct{} {
	// The systems of other platforms would need every file in the folders open.
	if runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		return nil
	}
	system, err := fsnotify.NewWatcher()
	if err != nil {
		return nil
	}
	changed := make(chan struct{}, 1)
	go f.watch(ctx, system, changed)
	return changed
}

func (f *Files) watch(ctx context.Context, system *fsnotify.Watcher, changed chan<- struct{}) {
	defer system.Close()
	ours := f.addFolders(system)
	quiet := time.NewTimer(0) // they may have changed before
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-system.Events:
			if e.Op != fsnotify.Chmod && (ours[e.Name] || ours[filepath.Dir(e.Name)]) {
				quiet.Reset(settled)
			}
		case <-system.Errors: // some events were lost
			quiet.Reset(settled)
		case <-quiet.C:
			ours = f.addFolders(system) // a link may lead elsewhere now
			select {
			case changed <- struct{}{}:
			default: // nobody has looked since the last one
			}
		}
	}
}

// addFolders watches the folders in which the files are, and those of the links that
// lead there: programs renew a certificate by writing it, by renaming another one, or,
// as certbot does, by a new link. It returns the paths that concern the files.
func (f *Files) addFolders(system *fsnotify.Watcher) map[string]bool {
	ours := map[string]bool{}
	for _, path := range f.paths {
		f.addLinks(system, path, ours)
	}
	if f.isFolder() {
		_ = system.Add(f.paths[0]) // as far as it can be watched
		seen, _ := f.look()
		for _, s := range seen {
			f.addLinks(system, s.path, ours)
		}
	}
	return ours
}

func (f *Files) addLinks(system *fsnotify.Watcher, path string, ours map[string]bool) {
	path = filepath.Clean(path)
	for range maxLinks {
		ours[path] = true
		_ = system.Add(filepath.Dir(path)) // as far as it can be watched
		target, err := os.Readlink(path)
		if err != nil {
			return
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
}
