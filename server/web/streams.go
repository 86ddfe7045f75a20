package web

import (
	"errors"
	"net/netip"
	"slices"
	"sync"
)

const (
	maxStreams       = 400 // at once
	maxDeviceStreams = 8   // of them, to one device
)

// ErrUnencrypted is why a share ends that goes on without encryption.
var ErrUnencrypted = errors.New("the share goes on without encryption")

// event is the type of a server-sent event.
type event string

const (
	beatEvent    event = "beat"    // nothing has happened
	changedEvent event = "changed" // the folder is no longer as the page shows it
	textEvent    event = "text"    // the owner sent a text
	enoughEvent  event = "enough"  // the page has to ask by itself from now on
	stoppedEvent event = "stopped" // the share has ended

	// The share goes on in a moment, at the same address without encryption.
	unencryptedEvent event = "unencrypted"
)

// streams are the streams of events to open pages. The zero value has none.
type streams struct {
	mu  sync.Mutex
	all []*stream // the oldest first; guarded by mu
}

// stream is that of one page. Each of its channels holds one token.
type stream struct {
	device  uint64
	addr    netip.Addr // as which the device's counts
	changed chan struct{}
	text    chan struct{}
	enough  chan struct{}
}

// open adds a stream to a page of a device. If the device has too many, its
// oldest makes room: that may be one whose page has gone without a word.
func (s *streams) open(device uint64, addr netip.Addr) (*stream, error) {
	one := &stream{device, addr, make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) >= maxStreams {
		return nil, errStreams
	}
	var oldest *stream
	alike := 0
	for _, o := range s.all {
		if o.device == device && (device != 0 || o.addr == addr) {
			if alike++; oldest == nil {
				oldest = o
			}
		}
	}
	if alike >= maxDeviceStreams {
		s.remove(oldest)
		wake(oldest.enough)
	}
	s.all = append(s.all, one)
	return one, nil
}

func (s *streams) close(one *stream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(one)
}

// remove is called with mu held.
func (s *streams) remove(one *stream) {
	if i := slices.Index(s.all, one); i >= 0 {
		s.all = slices.Delete(s.all, i, i+1)
	}
}

// sendChanged tells all pages that the folder is no longer as they show it.
func (s *streams) sendChanged() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.all {
		wake(one.changed)
	}
}

// sendText tells the pages of a device, or all if it is 0, that there are other texts of
// the owner's.
func (s *streams) sendText(device uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.all {
		if device == 0 || one.device == device {
			wake(one.text)
		}
	}
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
