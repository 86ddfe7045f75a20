package server

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"

	"windowsill/server/traffic"
)

// A log file never grows above mostLogBytes; keptLogFiles older ones stay,
// with .1 for the latest of them to .5 behind the name.
const (
	mostLogBytes = 10_000_000
	keptLogFiles = 5
)

// logFile writes the rows of the log to a file, a while after they came: the
// requests know nothing of it, and the 10,000 rows that are kept anyway are all
// that waits for a slow disk.
type logFile struct {
	path   string
	most   int64
	file   *os.File
	size   int64
	record *traffic.Recorder // whose rows are written
	next   uint64            // number of the first row that isn't yet
	missed uint64            // rows that were gone before they could be written, or that the disk refused
	cancel func()            // ends the watching
}

// SetLogFile appends every request from the present run on to a file in the
// Combined Log Format, until it is called again; "" ends it, and everything is
// in the file then. At 10 MB the file becomes path.1, that one path.2, up to
// path.5. The error is a sentence for a person: the file cannot be written, and
// what held before ends.
func (s *Server) SetLogFile(path string) error {
	s.logging.Lock()
	defer s.logging.Unlock()
	if s.logFile != nil {
		s.logFile.close(s)
		s.logFile = nil
	}
	if path == "" {
		return nil
	}
	l := &logFile{path: path, most: mostLogBytes}
	if err := l.open(); err != nil {
		return fmt.Errorf("The log cannot be written to %s. Choose a file that you may change: %w", path, err)
	}
	l.cancel = s.Watch(func(Snapshot) { l.follow(s) })
	s.logFile = l
	return nil
}

func (l *logFile) open() (err error) {
	if err = os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	l.file, err = os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := l.file.Stat()
	if err != nil {
		return errors.Join(err, l.file.Close())
	}
	l.size = info.Size()
	return nil
}

func (l *logFile) close(s *Server) {
	l.cancel()
	l.follow(s)
	if err := l.file.Close(); err != nil || l.missed > 0 {
		slog.Warn("The log file is not whole.", "missed", l.missed, "err", err)
	}
}

// follow writes what is new.
func (l *logFile) follow(s *Server) {
	s.mu.Lock()
	record := s.record
	s.mu.Unlock()
	if record == nil {
		return
	}
	if record != l.record {
		l.record, l.next = record, 0
	}
	l.add(record.Snapshot().Log)
}

// add writes the rows of a log that are not yet in the file.
func (l *logFile) add(log Log) {
	if gone := log.First(); gone > l.next {
		l.missed += gone - l.next
		l.next = gone
	}
	var line []byte
	for i := int(l.next - log.First()); i < log.Len(); i++ {
		line = log.At(i).AppendCombined(line[:0])
		l.next++
		if err := l.write(line); err != nil {
			l.missed++
		}
	}
}

// write appends a line, in a new file if it has no room in this one.
func (l *logFile) write(line []byte) error {
	if l.size > 0 && l.size+int64(len(line)) > l.most {
		if err := l.rotate(); err != nil {
			return err
		}
	}
	n, err := l.file.Write(line)
	l.size += int64(n)
	return err
}

// rotate puts the file among the older ones and begins a new one.
func (l *logFile) rotate() error {
	if err := l.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	for n := keptLogFiles; n > 1; n-- {
		err := os.Rename(l.older(n-1), l.older(n))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := os.Rename(l.path, l.older(1)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return l.open()
}

func (l *logFile) older(n int) string { return l.path + "." + strconv.Itoa(n) }
