package server

import (
	"cmp"

	"windowsill/server/traffic"
)

// Most is how fast content may go out.
type Most = traffic.Most

// Bounds are what a person does not want to exceed. The zero value is none.
type Bounds struct {
	Most        Most
	Connections int // at once, in all; 0 for [Options].MaxConnections

	// What devices may add; 0 for what [Options].Room says.
	File  int64 // bytes of each file
	Added int64 // bytes of all files together, while the share lasts
	Files int   // so many files and folders, while the share lasts
}

func (b Bounds) connections(o Options) int {
	if b.Connections > 0 {
		return min(b.Connections, o.MaxConnections)
	}
	return o.MaxConnections
}

// room is how much devices may add.
func (b Bounds) room(o Options) Limits {
	room := o.Room
	room.File, room.Total, room.Files = cmp.Or(b.File, room.File), cmp.Or(b.Added, room.Total), cmp.Or(b.Files, room.Files)
	return room
}

// SetBounds changes the bounds: at once, also of what is on its way, though
// connections that are there stay, and files that have been promised room.
func (s *Server) SetBounds(b Bounds) {
	s.op.Lock()
	defer s.op.Unlock()
	s.bounds = b
	if r := s.running(); r != nil {
		r.record.SetMost(b.Most)
		r.endpoint.listener.SetMax(b.connections(s.options))
		r.receiver.SetLimits(b.room(s.options))
	}
}
