package share

import (
	"runtime"
	"sync"
	"time"
)

// maxSpare is how many files stay open at most for those who come next.
const maxSpare = 64

// spares are files that one request has done with and that stay open for the next:
// players and download managers ask for one piece of a file after the other. Each is
// closed after [keptFor] unless somebody takes it.
type spares struct {
	mu  sync.Mutex        // guards what follows
	all map[place][]*File // nil unless a timer runs that closes them
	n   int               // files in all
}

// Spare takes over an open file from whoever opened it, who must not use it any
// more, for those who ask [Folder.Again] for it within a second.
func (f *Folder) Spare(file *File) {
	if runtime.GOOS == "windows" || file.tree == nil || file.IsDir() || file.Inode() == 0 {
		return // as in keep
	}
	again := *file
	if f.view.set.spare.put(place{file.tree, file.name}, &again) {
		file.file = nil
	}
}

// Again returns the file of that name if one was spared, [Folder.Open] would open
// it, and it has not changed since; else nil. Where it is read from next is not
// known. The caller closes it.
func (f *Folder) Again(name string) *File {
	if f.view.set.spare.isEmpty() {
		return nil
	}
	t, local, err := f.view.at(name)
	if err != nil || t == nil {
		return nil
	}
	file := f.view.set.spare.take(place{t, local})
	if file == nil {
		return nil
	}
	if t.contentIDAt(local) != file.contentID() {
		file.Close()
		return nil
	}
	return file
}

func (s *spares) put(at place, file *File) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.n == maxSpare {
		return false
	}
	if s.all == nil {
		s.all = map[place][]*File{}
		time.AfterFunc(keptFor, s.clear)
	}
	s.all[at] = append(s.all[at], file)
	s.n++
	return true
}

func (s *spares) take(at place) *File {
	s.mu.Lock()
	defer s.mu.Unlock()
	there := s.all[at]
	if len(there) == 0 {
		return nil
	}
	last := len(there) - 1
	s.all[at] = there[:last]
	s.n--
	return there[last]
}

func (s *spares) isEmpty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n == 0
}

func (s *spares) clear() {
	s.mu.Lock()
	all := s.all
	s.all, s.n = nil, 0
	s.mu.Unlock()
	for _, files := range all {
		for _, file := range files {
			file.Close()
		}
	}
}
