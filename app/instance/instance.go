// Package instance sees to it that a person has one Windowsill: whoever starts
// it a second time gets the window of the first, with the files and folders in it
// that the second was given.
//
// The first is found by its name on the session's D-Bus and by a socket in the
// user's runtime folder, on Windows by a named pipe. All of these belong to
// the person alone, and all of them vanish with the process, so that one that
// crashed is in nobody's way. The package opens no window and shares nothing.
package instance

import (
	"bufio"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// ErrNoAnswer says that there is a Windowsill, but that it hangs.
var ErrNoAnswer = errors.New("Windowsill is running already, but it does not answer. End it, or open another one with -new-instance.")

const (
	// patience is how long the first one may take to answer.
	patience = 5 * time.Second
	// longest is the most that all paths may have when they are handed over, in
	// bytes: enough for tens of thousands of files.
	longest = 16 << 20
	// most is how many starts it keeps until somebody watches. Explorer starts the
	// program for each of up to 100 selected files.
	most = 1000
)

// Instance is the one Windowsill of a person. The zero value is one that
// nobody finds.
type Instance struct {
	release []func()
	close   sync.Once
	closed  chan struct{}
	news    chan struct{} // given has grown; nil if nobody finds it

	mu    sync.Mutex
	given [][]string // what each later start was given, none if it asks for the window alone; guarded by mu
}

// Claim makes this process the one Windowsill of its person. If there is one
// already, that is given the paths, if there are any, and Claim returns nil.
// Where neither D-Bus nor a socket can be had, this process counts as the
// first. The error is [ErrNoAnswer]. Who wants to be one more, beside others,
// gets an Instance that nobody finds.
func Claim(paths []string, oneMore bool) (*Instance, error) {
	if oneMore {
		return new(Instance), nil
	}
	whole := make([]string, len(paths))
	for n, path := range paths {
		whole[n] = path
		if abs, err := filepath.Abs(path); err == nil && path != "" {
			whole[n] = abs
		}
	}
	i := &Instance{closed: make(chan struct{}), news: make(chan struct{}, 1)}
	first, err := i.claim(whole)
	if err != nil || !first {
		i.Close()
		return nil, err
	}
	return i, nil
}

// Watch calls open with what each later start was given, all of its paths at once,
// one start after the other on a goroutine of its own until Close. Paths are
// absolute; there are none if it was given none.
func (i *Instance) Watch(open func(paths []string)) {
	if i.news == nil {
		return
	}
	go func() {
		for {
			select {
			case <-i.news:
				for _, paths := range i.taken() {
					open(paths)
				}
			case <-i.closed:
				return
			}
		}
	}()
}

// Close lets another process be the first.
func (i *Instance) Close() {
	i.close.Do(func() {
		for _, f := range i.release {
			f()
		}
		if i.closed != nil {
			close(i.closed)
		}
	})
}

// take keeps the paths of a start until somebody watches.
func (i *Instance) take(paths []string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.given) == most {
		return
	}
	i.given = append(i.given, paths)
	select {
	case i.news <- struct{}{}:
	default:
	}
}

// taken returns what starts were given since it was last called.
func (i *Instance) taken() [][]string {
	i.mu.Lock()
	defer i.mu.Unlock()
	given := i.given
	i.given = nil
	return given
}

// receive reads what [deliver] writes, and answers that it has.
func (i *Instance) receive(c io.ReadWriter) {
	line, err := bufio.NewReader(io.LimitReader(c, longest)).ReadString('\n')
	if err != nil {
		return
	}
	paths, err := decode(strings.TrimSuffix(line, "\n"))
	if err != nil {
		return
	}
	i.take(paths)
	// If this fails the other one says that there was no answer.
	_, _ = io.WriteString(c, "\n")
}

// deliver hands paths to the first instance and waits until it has them.
func deliver(c io.ReadWriter, paths []string) error {
	if _, err := io.WriteString(c, encode(paths)+"\n"); err != nil {
		return err
	}
	_, err := io.ReadFull(c, make([]byte, 1))
	return err
}

// encode makes one line of paths. Escaped, none of them holds a blank.
func encode(paths []string) string {
	escaped := make([]string, len(paths))
	for n, path := range paths {
		escaped[n] = url.PathEscape(path)
	}
	return strings.Join(escaped, " ")
}

// decode is the inverse of encode.
func decode(line string) (paths []string, err error) {
	for escaped := range strings.FieldsSeq(line) {
		path, err := url.PathUnescape(escaped)
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
