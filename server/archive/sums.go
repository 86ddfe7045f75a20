package archive

import (
	"hash/maphash"
	"sync"

	"windowsill/server/share"
)

// maxSums is how many checksums are kept besides those in layouts, at some 60
// bytes each. Then half of them are dropped.
const maxSums = 1 << 18

// sums holds checksums (CRC-32) of files. They outlive the layouts that they were
// learnt for.
type sums struct {
	seed maphash.Seed

	mu         sync.Mutex
	young, old map[sumKey]uint32 // guarded by mu
}

// sumKey identifies a file by its name, and its content by its version. Inode
// numbers would not do, see [share.Version].
type sumKey struct {
	name    uint64
	version share.Version
}

func newSums() *sums {
	return &sums{seed: maphash.MakeSeed(), young: map[sumKey]uint32{}}
}

func (s *sums) key(name string, v share.Version) sumKey {
	return sumKey{maphash.String(s.seed, name), v}
}

func (s *sums) get(name string, v share.Version) (sum uint32, ok bool) {
	k := s.key(name, v)
	s.mu.Lock()
	defer s.mu.Unlock()
	if sum, ok = s.young[k]; !ok {
		if sum, ok = s.old[k]; ok {
			s.put(k, sum) // what is used is kept
		}
	}
	return sum, ok
}

func (s *sums) learn(name string, v share.Version, sum uint32) {
	k := s.key(name, v)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(k, sum)
}

// put adds a sum; called with mu held.
func (s *sums) put(k sumKey, sum uint32) {
	if len(s.young) >= maxSums/2 {
		s.old, s.young = s.young, make(map[sumKey]uint32, maxSums/2)
	}
	s.young[k] = sum
}
