package web

import (
	"io"
	"os"
	"syscall"
)

// sought is the content of an open file. To send a range, [http.ServeContent] seeks
// five times; the system hears only of where the file is then read.
type sought struct {
	file *os.File
	size int64 // as it was opened
	at   int64 // where the next read begins, unless here
	here bool  // the file's own offset says so
}

// Seek is for [io.Seeker].
func (s *sought) Seek(offset int64, whence int) (int64, error) {
	switch {
	case whence == io.SeekCurrent && s.here:
		return s.file.Seek(offset, whence)
	case whence == io.SeekCurrent:
		offset += s.at
	case whence == io.SeekEnd:
		offset += s.size
	}
	if offset < 0 {
		return 0, os.ErrInvalid
	}
	s.at, s.here = offset, false
	return offset, nil
}

// Read is for [io.Reader].
func (s *sought) Read(p []byte) (int, error) {
	if err := s.arrive(); err != nil {
		return 0, err
	}
	return s.file.Read(p)
}

// SyscallConn is for the kernel, which sends what comes next.
func (s *sought) SyscallConn() (syscall.RawConn, error) {
	if err := s.arrive(); err != nil {
		return nil, err
	}
	return s.file.SyscallConn()
}

func (s *sought) arrive() error {
	if s.here {
		return nil
	}
	_, err := s.file.Seek(s.at, io.SeekStart)
	s.here = err == nil
	return err
}
