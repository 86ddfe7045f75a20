package server

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"windowsill/server/traffic"
)

// logging writes the log to a file, if the owner wants that.
type logging struct {
	watchers *watchers
	current  func() *traffic.Recorder // of the present or the last run; nil before the first

	mu      sync.Mutex
	file    *logFile // nil while there is none; guarded by mu
	failure atomic.Pointer[LogFileError]
}

// LogFileError says that requests are missing in the log file.
type LogFileError struct {
	Path    string
	Missing uint64 // requests that will never be in it
	Err     error  // why it cannot be written; nil if it can again
}

// Error returns a sentence for a person.
func (e *LogFileError) Error() string {
	switch {
	case e.Missing == 0:
		return fmt.Sprintf("The log cannot be written to %s. Choose a file that you may change.", e.Path)
	case e.Err == nil:
		return fmt.Sprintf("The log in %s is incomplete: for a while it could not be written. Missing requests: %d.", e.Path, e.Missing)
	}
	return fmt.Sprintf("The log cannot be written to %s. Make room, or choose another file. Missing requests: %d.", e.Path, e.Missing)
}

// Sentence returns that sentence as a template, and what to put into it.
func (e *LogFileError) Sentence() (template string, data map[string]any) {
	data = map[string]any{"Path": e.Path, "Missing": e.Missing}
	switch {
	case e.Missing == 0:
		return "The log cannot be written to {{.Path}}. Choose a file that you may change.", data
	case e.Err == nil:
		return "The log in {{.Path}} is incomplete: for a while it could not be written. Missing requests: {{.Missing}}.", data
	}
	return "The log cannot be written to {{.Path}}. Make room, or choose another file. Missing requests: {{.Missing}}.", data
}

// Unwrap returns the system's own error.
func (e *LogFileError) Unwrap() error { return e.Err }

// SetLogFile appends every request from the present run on to a file in the
// Combined Log Format, until it is called again; "" ends it, and everything is
// in the file then. At 10 MB the file becomes path.1, that one path.2, up to
// path.5. If the file cannot be written, the error is a [*LogFileError], and
// what held before ends. What goes wrong later is [Snapshot].LogErr; the last
// 10,000 requests wait until the file can be written again.
func (s *Server) SetLogFile(path string) error { return s.log.set(path, mostLogBytes) }

func (g *logging) set(path string, most int64) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.file != nil {
		g.file.close()
		g.file = nil
		g.failure.Store(nil)
	}
	if path == "" {
		return nil
	}
	l := &logFile{file: rotatingFile{path: path, most: most}, current: g.current, failed: g.failed}
	if err := l.file.open(); err != nil {
		return &LogFileError{Path: path, Err: err}
	}
	l.cancel = g.watchers.add(new(watcher), l.follow)
	g.file = l
	return nil
}

// failed keeps what is wrong with the log file for the next snapshots; nil
// if nothing is. It is called after each change of the log.
func (g *logging) failed(now *LogFileError) {
	before := g.failure.Swap(now)
	if isSame(before, now) {
		return
	}
	if now != nil && before == nil {
		slog.Warn(now.Error(), "error", now.Err)
	}
	g.watchers.changed()
}

// isSame reports whether two errors say the same to a person.
func isSame(a, b *LogFileError) bool {
	return a == b || a != nil && b != nil && a.Error() == b.Error()
}

// logFile writes the rows of the log to a file, a while after they came:
// requests do not wait for the disk. What waits for a slow one are the 10,000
// rows that are kept anyway.
type logFile struct {
	file    rotatingFile
	current func() *traffic.Recorder // of the present or the last run; nil before the first
	failed  func(*LogFileError)
	cancel  func() // ends following

	record  *traffic.Recorder // whose rows are written
	next    uint64            // number of its first row that is not in the file yet
	missing uint64            // rows that were gone before they could be written
}

// follow writes what is new.
func (l *logFile) follow() {
	err := l.write()
	if now := l.current(); now != nil && now != l.record {
		l.missing += l.waiting()
		l.record, l.next = now, 0
		err = l.write()
	}
	if err == nil && l.missing == 0 {
		l.failed(nil)
		return
	}
	l.failed(&LogFileError{Path: l.file.path, Missing: l.missing, Err: err})
}

// waiting returns how many rows are not in the file yet.
func (l *logFile) waiting() uint64 {
	if l.record == nil {
		return 0
	}
	log := l.record.Log()
	return log.First() + uint64(log.Len()) - l.next
}

// write appends the rows that are not in the file yet. Those from the first one
// on that it cannot append stay for the next time.
func (l *logFile) write() error {
	if l.record == nil {
		return nil
	}
	log := l.record.Log()
	if gone := log.First(); gone > l.next {
		l.missing += gone - l.next
		l.next = gone
	}
	const enough = 32 << 10
	var lines []byte
	for l.next < log.First()+uint64(log.Len()) {
		lines = lines[:0]
		n := l.next
		for ; n < log.First()+uint64(log.Len()) && len(lines) < enough; n++ {
			lines = log.At(int(n - log.First())).AppendCombined(lines)
		}
		if err := l.file.write(lines); err != nil {
			return err
		}
		l.next = n
	}
	return nil
}

func (l *logFile) close() {
	l.cancel()
	l.follow()
	err := l.file.close()
	if lost := l.missing + l.waiting(); err != nil || lost > 0 {
		slog.Warn("The log file is not whole.", "path", l.file.path, "missing", lost, "error", err)
	}
}
