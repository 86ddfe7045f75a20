package archive

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
	"unsafe"

	"windowsill/server/share"
)

const (
	// claimCost is what a name costs while names are claimed, in bytes.
	claimCost = 48
	// renamedCost is what another name costs besides its letters, in bytes.
	renamedCost = 64
	// longerBy is by how many bytes another name may be longer than a name.
	longerBy = 16
)

// renameRoom returns how many bytes longer each element of a path may become.
func (b *builder) renameRoom() int {
	if b.windows {
		return longerBy
	}
	return 0
}

// rename gives those entries another name whose own Windows would not unpack, or
// would unpack over another one in the same folder, because it ignores case.
// Names that it takes stay with the first that has them.
func (b *builder) rename() error {
	if !b.windows {
		return nil
	}
	l := b.layout
	c := claims{taken: make(map[uint64]int32, len(l.entries)), seed: maphash.MakeSeed()}
	var rest []int32
	for i := range l.entries {
		name := string(l.appendName(nil, i))
		if share.WindowsName(name, 1) != name || !c.claim(c.key(l.entries[i].parent, name)) {
			rest = append(rest, int32(i))
		}
	}
	if len(rest) > 0 {
		l.renamed = make(map[int32]string, len(rest))
	}
	for _, i := range rest {
		name := c.free(l.entries[i].parent, string(l.appendName(nil, int(i))))
		if err := b.charge(renamedCost + int64(len(name)) + int64(unsafe.Sizeof(i))); err != nil {
			return err
		}
		l.renamed[i] = name
		b.path = l.appendPath(b.path[:0], int(i))
		b.renamed.add(b.path, name)
	}
	return nil
}

// claims are the names that are taken, as hashes of the folder and of the name in
// one case. Each counts the names that were made of it.
type claims struct {
	taken map[uint64]int32
	seed  maphash.Seed
}

func (c *claims) key(folder int32, name string) uint64 {
	var h maphash.Hash
	h.SetSeed(c.seed)
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(folder)))
	h.WriteString(strings.ToLower(strings.ToUpper(name)))
	return h.Sum64()
}

func (c *claims) claim(key uint64) bool {
	if c.taken[key] > 0 {
		return false
	}
	c.taken[key] = 1
	return true
}

// free claims a name for Windows that is like this one.
func (c *claims) free(folder int32, like string) string {
	first := c.key(folder, share.WindowsName(like, 1))
	for n := c.taken[first] + 1; ; n++ {
		name := share.WindowsName(like, int(n))
		if c.claim(c.key(folder, name)) {
			c.taken[first] = n
			return name
		}
	}
}
