package settings

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"
)

// Store has the values of one person. They are one file, which is only ever
// replaced as a whole: Fyne's preferences are written in place, and a crash at that
// moment would lose all of them. The zero value keeps nothing on the disk. Any
// goroutine may use it. Its methods are for what takes more than one key, or a type of
// the server's.
type Store struct {
	path string // "" for no file

	mu     sync.Mutex
	values map[string]json.RawMessage // guarded by mu
	dirty  bool                       // a write is about to start; guarded by mu

	writing sync.Mutex // held while the file is written
	writers sync.WaitGroup
}

// Load reads the person's settings. A file that cannot be read counts as none; a
// damaged one is kept as "settings.json.damaged".
func Load() *Store {
	dir, err := os.UserConfigDir()
	if err != nil {
		return &Store{}
	}
	s := &Store{path: filepath.Join(dir, "windowsill", "settings.json")}
	b, err := os.ReadFile(s.path)
	if err != nil {
		return s
	}
	if err := json.Unmarshal(b, &s.values); err != nil {
		s.values = nil
		if err := os.Rename(s.path, s.path+".damaged"); err != nil {
			slog.Warn("The settings are damaged.", "err", err)
		}
	}
	return s
}

// Wait returns when everything is on the disk.
func (s *Store) Wait() { s.writers.Wait() }

// Key is a setting of type T.
type Key[T any] struct {
	name     string // in the file
	fallback T
}

// Get returns the value, or its default.
func (k Key[T]) Get(s *Store) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	var v T
	if json.Unmarshal(s.values[k.name], &v) != nil { // missing, or of another type
		return k.fallback
	}
	return v
}

// Set remembers a value. The file is written on another goroutine.
func (k Key[T]) Set(s *Store, v T) {
	b, err := json.Marshal(v)
	if err != nil {
		return // impossible: numbers, texts and lists of them
	}
	s.change(func() { s.values[k.name] = b })
}

// Remove brings back the default.
func (k Key[T]) Remove(s *Store) { s.change(func() { delete(s.values, k.name) }) }

func (s *Store) change(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil {
		s.values = map[string]json.RawMessage{}
	}
	change()
	if s.path != "" && !s.dirty {
		s.dirty = true
		s.writers.Go(s.write)
	}
}

func (s *Store) write() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	s.dirty = false
	values := maps.Clone(s.values)
	s.mu.Unlock()
	if err := s.replaceFile(values); err != nil {
		slog.Warn("The settings could not be kept.", "err", err)
	}
}

// replaceFile renames a new file to the old one once all of it is on the disk.
func (s *Store) replaceFile(values map[string]json.RawMessage) error {
	b, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return err
	}
	dir := filepath.Dir(s.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".settings-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it is renamed
	_, err = f.Write(append(b, '\n'))
	for _, step := range []func() error{f.Sync, f.Close} {
		if stepErr := step(); err == nil {
			err = stepErr
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	return os.Rename(f.Name(), s.path)
}
