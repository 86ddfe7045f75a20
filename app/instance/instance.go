// Package instance sees to it that a person has one Windowsill: whoever starts
// it a second time gets the window of the first, with the folder in it that
// the second was given.
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
	// longest is the most that a folder's path may have when it is handed
	// over, in bytes.
	longest = 64 << 10
)

// Instance is the one Windowsill of a person. The zero value is one that
// nobody finds.
type Instance struct {
	folders chan string // what later starts were given; "" asks for the window alone
	release []func()
	close   sync.Once
	closed  chan struct{}
}

// Claim makes this process the one Windowsill of its person. If there is one
// already, that is given the folder, which may be "", and Claim returns nil.
// Where neither D-Bus nor a socket can be had, this process counts as the
// first. The error is [ErrNoAnswer]. Who wants to be one more, beside others,
// gets an Instance that nobody finds.
func Claim(folder string, oneMore bool) (*Instance, error) {
	if oneMore {
		return new(Instance), nil
	}
	if folder != "" {
		if abs, err := filepath.Abs(folder); err == nil {
			folder = abs
		}
	}
	i := &Instance{folders: make(chan string, 8), closed: make(chan struct{})}
	first, err := i.claim(folder)
	if err != nil || !first {
		i.Close()
		return nil, err
	}
	return i, nil
}

// Watch calls open with every folder that a later start was given, "" if it
// was given none, one after the other on a goroutine of its own until Close.
func (i *Instance) Watch(open func(folder string)) {
	if i.folders == nil {
		return
	}
	go func() {
		for {
			select {
			case folder := <-i.folders:
				open(folder)
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

// take keeps a folder until somebody watches. Beyond a few it forgets: nobody
// wants a window that asks twenty times.
func (i *Instance) take(folder string) {
	select {
	case i.folders <- folder:
	default:
	}
}

// receive reads what [deliver] writes, and answers that it has.
func (i *Instance) receive(c io.ReadWriter) {
	line, err := bufio.NewReader(io.LimitReader(c, longest)).ReadString('\n')
	if err != nil {
		return
	}
	folder, err := url.PathUnescape(strings.TrimSuffix(line, "\n"))
	if err != nil {
		return
	}
	i.take(folder)
	// If this fails the other one says that there was no answer.
	_, _ = io.WriteString(c, "\n")
}

// deliver hands a folder to the first instance and waits until it has it.
func deliver(c io.ReadWriter, folder string) error {
	if _, err := io.WriteString(c, url.PathEscape(folder)+"\n"); err != nil {
		return err
	}
	_, err := io.ReadFull(c, make([]byte, 1))
	return err
}
