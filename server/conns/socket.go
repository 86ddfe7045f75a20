package conns

import (
	"net"
	"net/netip"
	"sync"
)

// socket is a TCP port that is listened on at one address, or at all of them,
// and can move.
type socket struct {
	port int
	open func(at netip.Addr) opener

	mu     sync.Mutex   // guards what follows; held while it moves
	moved  sync.Cond    // tcp or closed has changed; its lock is mu
	at     netip.Addr   // the zero Addr for all
	tcp    net.Listener // nil while it is between two addresses
	closed bool
}

func newSocket(c Config, open func(netip.Addr) opener) (*socket, error) {
	tcp, err := openPort(open(c.At), c.Port, c.Exact)
	if err != nil {
		return nil, err
	}
	s := &socket{port: tcp.Addr().(*net.TCPAddr).Port, open: open, at: c.At, tcp: tcp}
	s.moved.L = &s.mu
	return s, nil
}

// accept waits for the next connection, wherever the socket is by then.
func (s *socket) accept() (*net.TCPConn, error) {
	for {
		tcp := s.current()
		if tcp == nil {
			return nil, net.ErrClosed
		}
		c, err := tcp.Accept()
		if err == nil {
			return c.(*net.TCPConn), nil
		}
		if s.current() == tcp {
			return nil, err
		}
	}
}

// current waits until the socket listens, and returns where; nil once it is
// closed.
func (s *socket) current() net.Listener {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.tcp == nil && !s.closed {
		s.moved.Wait()
	}
	if s.closed {
		return nil
	}
	return s.tcp
}

// addr returns where the socket listens, or is to listen again.
func (s *socket) addr() net.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tcp != nil {
		return s.tcp.Addr()
	}
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(s.at, uint16(s.port)))
}

// move listens at another address. Where it cannot, it goes on where it was.
// If it cannot do that either, accept waits until move succeeds.
func (s *socket) move(to netip.Addr) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return net.ErrClosed
	}
	if s.tcp != nil && s.at == to {
		return nil
	}
	next, err := s.open(to)(s.port)
	if isBusy(err) && s.tcp != nil && !(s.at.IsValid() && to.IsValid()) {
		return s.exchange(to)
	}
	if err != nil {
		return err
	}
	s.set(to, next)
	return nil
}

// exchange moves from all addresses to one of them, or the other way round:
// most systems let nobody have both at a time. It is called with mu held.
func (s *socket) exchange(to netip.Addr) error {
	s.tcp.Close()
	next, err := s.open(to)(s.port)
	if err == nil {
		s.set(to, next)
		return nil
	}
	back, failed := s.open(s.at)(s.port)
	if failed != nil {
		back = nil
	}
	s.set(s.at, back)
	return err
}

// set is called with mu held.
func (s *socket) set(at netip.Addr, tcp net.Listener) {
	if s.tcp != nil {
		s.tcp.Close() // makes accept look again
	}
	s.at, s.tcp = at, tcp
	s.moved.Broadcast()
}

func (s *socket) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.moved.Broadcast()
	if s.tcp == nil {
		return nil
	}
	return s.tcp.Close()
}
