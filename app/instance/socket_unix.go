//go:build unix

package instance

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// claimSocket takes the lock of the socket's folder and listens, or hands the
// paths to who has the lock. The lock ends with its process, however
// that ends; the socket that it leaves is then in nobody's way.
func (i *Instance) claimSocket(paths []string) (first bool, err error) {
	dir, err := socketDir()
	if err != nil {
		return true, nil
	}
	lock, err := os.Open(dir)
	if err != nil {
		return true, nil
	}
	socket := filepath.Join(dir, "socket")
	switch err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		lock.Close()
		return false, callSocket(socket, paths)
	case err != nil: // a file system without locks
		lock.Close()
		return true, nil
	}
	i.release = append(i.release, func() { lock.Close() })
	os.Remove(socket)
	if l, err := net.Listen("unix", socket); err == nil {
		i.release = append(i.release, func() { l.Close() })
		go i.accept(l)
	}
	return true, nil
}

// socketDir makes a folder that is this person's alone. XDG_RUNTIME_DIR may be
// somebody else's, as after "sudo -E" or "su".
func socketDir() (string, error) {
	base := os.Getenv("XDG_RUNTIME_DIR")
	if !filepath.IsAbs(base) || !isPrivate(base) {
		var err error
		if base, err = os.UserCacheDir(); err != nil {
			return "", err
		}
	}
	dir := filepath.Join(base, "windowsill")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	if !isPrivate(dir) {
		return "", errNotPrivate
	}
	return dir, nil
}

var errNotPrivate = errors.New("others may write to the folder of the socket")

// isPrivate reports whether path is a folder, no link to one, that belongs to
// this person and that nobody else may write to.
func isPrivate(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o022 != 0 {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// callSocket hands paths to the first instance, which may have the lock
// already and not yet listen.
func callSocket(socket string, paths []string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(patience / 100) {
		c, err := net.DialTimeout("unix", socket, patience)
		if err != nil {
			continue
		}
		defer c.Close()
		if c.SetDeadline(end) != nil || deliver(c, paths) != nil {
			break
		}
		return nil
	}
	return ErrNoAnswer
}

func (i *Instance) accept(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		if c.SetDeadline(time.Now().Add(patience)) == nil {
			i.receive(c)
		}
		c.Close()
	}
}
