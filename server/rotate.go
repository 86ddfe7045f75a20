package server

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// A log file never grows above mostLogBytes; keptLogFiles older ones stay,
// with .1 for the latest of them to .5 behind the name.
const (
	mostLogBytes = 10_000_000
	keptLogFiles = 5
)

// rotatingFile is a file that becomes another one when it is full. lumberjack
// (gopkg.in/natefinch/lumberjack.v2 v2.2.1) does that too, but names the older
// ones by the time of day, and leaves a goroutine behind that never ends.
type rotatingFile struct {
	path string
	most int64    // bytes
	file *os.File // nil if it has to be opened again
	size int64
}

func (f *rotatingFile) open() error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	f.file, f.size = file, info.Size()
	return nil
}

// write appends all of b, or nothing: in a new file if b has no room in this
// one. It may be called again after an error.
func (f *rotatingFile) write(b []byte) error {
	if f.file == nil {
		if err := f.open(); err != nil {
			return err
		}
	}
	if f.size > 0 && f.size+int64(len(b)) > f.most {
		if err := f.rotate(); err != nil {
			return err
		}
	}
	n, err := f.file.Write(b)
	if err != nil && n > 0 && f.file.Truncate(f.size) == nil {
		n = 0
	}
	f.size += int64(n)
	return err
}

// rotate puts the file among the older ones and begins a new one. If it fails,
// the next write goes on with this one.
func (f *rotatingFile) rotate() error {
	if err := f.close(); err != nil {
		return err
	}
	for n := keptLogFiles; n > 0; n-- {
		if err := os.Rename(f.older(n-1), f.older(n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return f.open()
}

// older returns the name of the nth file before this one, of this one for 0.
func (f *rotatingFile) older(n int) string {
	if n == 0 {
		return f.path
	}
	return f.path + "." + strconv.Itoa(n)
}

func (f *rotatingFile) close() error {
	if f.file == nil {
		return nil
	}
	err := f.file.Close()
	f.file = nil
	return err
}
