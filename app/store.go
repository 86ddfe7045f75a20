package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"
)

// Settings are what is remembered from one time to the next, by key. They are
// one file, which is only ever replaced whole: Fyne's preferences are written
// in place, and a crash in that moment would take all of them. Its methods are
// called as those of Fyne's. The zero value forgets everything at the end.
type Settings struct {
	path string // "" keeps nothing

	mu     sync.Mutex
	values map[string]json.RawMessage // guarded by mu
	dirty  bool                       // a writer will come; guarded by mu

	writing sync.Mutex // held by who writes the file
	writers sync.WaitGroup
}

// LoadSettings reads the person's settings. A file that cannot be read, or that
// somebody has damaged, counts as none; it stays as "settings.json.damaged".
func LoadSettings() *Settings {
	dir, err := os.UserConfigDir()
	if err != nil {
		return &Settings{}
	}
	s := &Settings{path: filepath.Join(dir, "windowsill", "settings.json")}
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
	if look := s.String(keyLook); look != "" && os.Getenv("FYNE_THEME") == "" {
		_ = os.Setenv("FYNE_THEME", look) // the only way to tell Fyne, which reads it once
	}
	return s
}

// Wait returns when everything is on the disk.
func (s *Settings) Wait() { s.writers.Wait() }

// value reads one setting.
func value[T any](s *Settings, key string, fallback T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	var v T
	if json.Unmarshal(s.values[key], &v) != nil { // not there, or of another kind
		return fallback
	}
	return v
}

// set changes a setting, or forgets it if v is nil, and has the file written off Fyne's goroutine.
func (s *Settings) set(key string, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		return // numbers, texts and lists of them: this cannot happen
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil {
		s.values = map[string]json.RawMessage{}
	}
	s.values[key] = b
	if v == nil {
		delete(s.values, key)
	}
	if s.path != "" && !s.dirty {
		s.dirty = true
		s.writers.Go(s.write)
	}
}

func (s *Settings) write() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	s.dirty = false
	values := maps.Clone(s.values)
	s.mu.Unlock()
	if err := s.replace(values); err != nil {
		slog.Warn("The settings could not be kept.", "err", err)
	}
}

// replace puts a new file in the place of the old one, once all of it is on the
// disk.
func (s *Settings) replace(values map[string]json.RawMessage) error {
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
	defer os.Remove(f.Name()) // fails once it has its name
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

// String returns a text, "" if there is none.
func (s *Settings) String(key string) string { return value(s, key, "") }

// SetString remembers a text.
func (s *Settings) SetString(key, v string) { s.set(key, v) }

// StringList returns texts, nil if there are none.
func (s *Settings) StringList(key string) []string { return value[[]string](s, key, nil) }

// SetStringList remembers texts.
func (s *Settings) SetStringList(key string, v []string) { s.set(key, v) }

// Bool returns whether something is so; it is not unless that is remembered.
func (s *Settings) Bool(key string) bool { return value(s, key, false) }

// SetBool remembers whether something is so.
func (s *Settings) SetBool(key string, v bool) { s.set(key, v) }

// IntWithFallback returns a whole number.
func (s *Settings) IntWithFallback(key string, fallback int) int { return value(s, key, fallback) }

// SetInt remembers a whole number.
func (s *Settings) SetInt(key string, v int) { s.set(key, v) }

// FloatWithFallback returns a number.
func (s *Settings) FloatWithFallback(key string, fallback float64) float64 {
	return value(s, key, fallback)
}

// SetFloat remembers a number.
func (s *Settings) SetFloat(key string, v float64) { s.set(key, v) }

// RemoveValue forgets a setting.
func (s *Settings) RemoveValue(key string) { s.set(key, nil) }
