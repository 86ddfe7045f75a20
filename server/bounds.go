package server

import "windowsill/server/traffic"

// Most is how fast content may go out.
type Most = traffic.Most

// Bounds are what a person does not want to exceed. The zero value is none.
type Bounds struct {
	Most        Most
	Connections int // at once, in all; 0 for [Options].MaxConnections
}

func (b Bounds) connections(o Options) int {
	if b.Connections > 0 {
		return min(b.Connections, o.MaxConnections)
	}
	return o.MaxConnections
}

// SetBounds changes the bounds: at once, also of what is on its way, though
// connections that are there stay.
func (s *Server) SetBounds(b Bounds) {
	s.op.Lock()
	defer s.op.Unlock()
	s.bounds = b
	if r := s.running(); r != nil {
		r.record.SetMost(b.Most)
		r.gate.limit(b.connections(s.options))
	}
}
