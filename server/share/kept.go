package share

import (
	"bytes"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"time"
)

const (
	// keptFor is how long a content is kept at most. What a program writes into a
	// file through a mapping of its memory may show in none of the file's times.
	keptFor = time.Second
	// maxKept is how much is kept at most, in bytes.
	maxKept = 16 << 20
	// quietBefore is how old a change must be before the content is kept, so that the
	// next one cannot bear the same time: FAT counts in steps of two seconds.
	quietBefore = 3 * time.Second
)

// keeper keeps the contents of small files that several ask for at once. To look
// whether a file is still the same takes a third of the system calls that opening it
// does.
type keeper struct {
	mu   sync.Mutex // guards what follows
	all  map[place]*Kept
	size int // bytes kept; a timer that ends that runs if it is not 0
}

// place is where a file is.
type place struct {
	tree *tree
	name string
}

// Kept is a small file whose content is in memory.
type Kept struct {
	file    File // closed, and without its info
	is      contentID
	content []byte
}

// Name is as [File.Name].
func (k *Kept) Name() string { return k.file.Name() }

// Size is as [File.Size].
func (k *Kept) Size() int64 { return k.is.size }

// ModTime is as [File.ModTime].
func (k *Kept) ModTime() time.Time { return time.Unix(0, k.is.modified) }

// ETag is as [File.ETag].
func (k *Kept) ETag() string { return k.is.tag() }

// Visited is as [File.Visited].
func (k *Kept) Visited() bool { return k.file.Visited() }

// Content returns all of the content, which must not be changed.
func (k *Kept) Content() []byte { return k.content }

// Keep keeps the whole content of a file for others who ask for it within a
// second.
func (f *Folder) Keep(file *File, content []byte) { f.keep(file, content, time.Now()) }

func (f *Folder) keep(file *File, content []byte, now time.Time) {
	if runtime.GOOS == "windows" || file.tree == nil || file.IsDir() || int64(len(content)) != file.Size() {
		return // on Windows only an open file tells what there is to compare
	}
	k := &Kept{File{tree: file.tree, name: file.name, root: file.root}, file.contentID(), nil}
	if k.isQuiet(now) {
		k.content = bytes.Clone(content)
		f.view.set.kept.put(place{file.tree, file.name}, k)
	}
}

// isQuiet reports whether the next change will show.
func (k *Kept) isQuiet(now time.Time) bool {
	return k.is.changed != 0 && now.Sub(time.Unix(0, int64(k.is.changed))) >= quietBefore
}

// Small reads the file of that name if it has at most so many bytes, which takes fewer
// system calls than [Folder.Open]; nil if it has more, or only Open can tell. It keeps
// the content as [Folder.Keep] does.
func (f *Folder) Small(name string, most int64) *Kept {
	t, local, err := f.view.at(name)
	if err != nil || t == nil || !wellFormed(local) || !t.options.allowsAll(local) {
		return nil
	}
	content, s, err := t.direct.read(local, most)
	if err != nil {
		return nil
	}
	k := &Kept{File{tree: t, name: local}, s.contentID(), content}
	if k.isQuiet(time.Now()) {
		f.view.set.kept.put(place{t, local}, k)
	}
	return k
}

// Kept returns the file of that name if its content is kept, [Folder.Open] would open
// it, and it has not changed since; else nil.
func (f *Folder) Kept(name string) *Kept {
	if f.view.set.kept.isEmpty() {
		return nil
	}
	t, local, err := f.view.at(name)
	if err != nil || t == nil {
		return nil
	}
	k := f.view.set.kept.get(place{t, local})
	if k == nil || t.contentIDAt(local) != k.is {
		return nil
	}
	return k
}

// contentIDAt returns the identity of the file at name without opening it; the zero
// identity, which no file has, if there is none.
func (t *tree) contentIDAt(name string) contentID {
	if !wellFormed(name) {
		return contentID{}
	}
	if strings.Contains(name, "/") && t.options.allowsAll(name) {
		switch s, err := t.direct.look(name); {
		case err == nil && s.mode.IsRegular():
			return s.contentID()
		case err == fs.ErrNotExist:
			return contentID{}
		}
	}
	_, info, err := t.find(name)
	if err != nil || !info.Mode().IsRegular() {
		return contentID{}
	}
	return contentIDOf(info)
}

// contentIDOf takes it from what the system tells of a file that is not open.
func contentIDOf(info fs.FileInfo) contentID {
	return contentID{stampOf(nil, info), info.Size(), info.ModTime().UnixNano()}
}

func (k *keeper) put(at place, content *Kept) {
	size := len(content.content) + 512 // for all that is around it
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all[at] != nil || k.size+size > maxKept {
		return
	}
	if k.size == 0 {
		k.all = map[place]*Kept{}
		time.AfterFunc(keptFor, k.clear)
	}
	k.all[at] = content
	k.size += size
}

func (k *keeper) get(at place) *Kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all[at]
}

func (k *keeper) isEmpty() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.size == 0
}

func (k *keeper) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all, k.size = nil, 0
}
