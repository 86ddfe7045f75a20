package archive

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"windowsill/server/share"
)

const (
	// mostBuilt is how many layouts are built at once; each walks the disk.
	mostBuilt = 2
	// maxMemory bounds all layouts together, in bytes. It is enough for some
	// four million files.
	maxMemory = 512 << 20
	// leastKept is how long a layout is used again at least.
	leastKept = 2 * time.Second
	// walkShare is how many times as long as it took to build a layout is used
	// again. So parts of an archive that are asked for one by one cost at most
	// a tenth of the time for walking. What has changed by then is noticed
	// when it is sent, and ends the layout.
	walkShare = 10
)

// Selection says what goes into an archive.
type Selection struct {
	Format Format
	Title  string   // what the folder is called in the archive; without slashes, not empty
	Folder string   // its name in the share, as for [share.Folder.Open]
	Names  []string // what is taken of that which lies directly in the folder; nil if everything
}

// key returns what is the same for the same selections only.
func (s *Selection) key() [sha256.Size]byte {
	h := sha256.New()
	for _, part := range append([]string{strconv.Itoa(int(s.Format)), s.Title, s.Folder, strconv.FormatBool(s.Names == nil)}, s.Names...) {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// Packer makes archives of what is in a share. It is safe for concurrent use.
type Packer struct {
	share    *share.Folder
	sums     *sums
	room     *semaphore.Weighted // bytes of maxMemory
	building chan struct{}       // holds one token for each layout that is built

	mu      sync.Mutex
	kept    map[[sha256.Size]byte]*layout // that may be used again; guarded by mu
	flights map[[sha256.Size]byte]*flight // that are built just now; guarded by mu
}

// flight is a layout on its way, built by the first who asked for it.
type flight struct {
	done chan struct{} // closed when what follows is set
	err  error
	left bool // who built it has left: somebody else has to
}

// New returns a packer of a share.
func New(f *share.Folder) *Packer {
	return &Packer{
		share:    f,
		sums:     newSums(),
		room:     semaphore.NewWeighted(maxMemory),
		building: make(chan struct{}, mostBuilt),
		kept:     map[[sha256.Size]byte]*layout{},
		flights:  map[[sha256.Size]byte]*flight{},
	}
}

// Open lays out an archive, or finds that this was done a moment ago. While ctx
// lasts, the reader may read for checksums. Its errors are ctx's, those of
// [share.Folder.Open], also if nothing of what is selected is there,
// [ErrCrowded] and [ErrTooLarge].
func (p *Packer) Open(ctx context.Context, s Selection) (*Reader, error) {
	key := s.key()
	for ctx.Err() == nil {
		l, fl, first := p.find(key)
		switch {
		case l != nil:
			return &Reader{ctx: ctx, packer: p, layout: l}, nil
		case first:
			l, err := p.lead(ctx, fl, key, s)
			if err != nil {
				return nil, err
			}
			return &Reader{ctx: ctx, packer: p, layout: l}, nil
		}
		select {
		case <-ctx.Done():
		case <-fl.done:
			if fl.err != nil && !fl.left {
				return nil, fl.err
			}
		}
	}
	return nil, ctx.Err()
}

// find returns a layout that is there, or its flight, and whether that begins
// just now: the caller has to build it then.
func (p *Packer) find(key [sha256.Size]byte) (l *layout, fl *flight, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.kept[key]; l != nil {
		l.users++
		return l, nil, false
	}
	if fl := p.flights[key]; fl != nil {
		return nil, fl, false
	}
	fl = &flight{done: make(chan struct{})}
	p.flights[key] = fl
	return nil, fl, true
}

// lead builds a layout for all who asked for it, and keeps it for a while.
func (p *Packer) lead(ctx context.Context, fl *flight, key [sha256.Size]byte, s Selection) (*layout, error) {
	l, took, err := p.build(ctx, s)
	fl.err, fl.left = err, err != nil && ctx.Err() != nil
	p.mu.Lock()
	delete(p.flights, key)
	if err == nil {
		l.key, l.users = key, 2 // the caller, and those that are kept
		p.kept[key] = l
		time.AfterFunc(max(leastKept, walkShare*took), func() { p.forget(l) })
	}
	p.mu.Unlock()
	close(fl.done)
	return l, err
}

// build waits for its turn and builds a layout.
func (p *Packer) build(ctx context.Context, s Selection) (_ *layout, took time.Duration, err error) {
	if s.Names != nil && len(s.Names) == 0 {
		return nil, 0, fs.ErrNotExist
	}
	select {
	case p.building <- struct{}{}:
		defer func() { <-p.building }()
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	begun := time.Now()
	b := builder{layout: &layout{format: s.Format.format(), folder: s.Folder}}
	b.take = func(bytes int64) error { return p.take(b.cost, bytes) }
	if err := b.build(ctx, p.share, s); err != nil {
		p.room.Release(b.cost)
		return nil, 0, err
	}
	return b.layout, time.Since(begun), nil
}

// take takes memory for a layout that has some already.
func (p *Packer) take(has, bytes int64) error {
	if has+bytes > maxMemory {
		return ErrTooLarge
	}
	if p.room.TryAcquire(bytes) {
		return nil
	}
	p.mu.Lock()
	for _, l := range p.kept {
		p.drop(l)
	}
	p.mu.Unlock()
	if p.room.TryAcquire(bytes) {
		return nil
	}
	return ErrCrowded
}

// forget keeps a layout from being used again.
func (p *Packer) forget(l *layout) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop(l)
}

// drop is forget; mu is held.
func (p *Packer) drop(l *layout) {
	if p.kept[l.key] == l {
		delete(p.kept, l.key)
		p.unuse(l)
	}
}

// release is called by each who is done with a layout.
func (p *Packer) release(l *layout) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unuse(l)
}

// unuse gives the memory back when nobody uses the layout; mu is held.
func (p *Packer) unuse(l *layout) {
	if l.users--; l.users == 0 {
		p.room.Release(l.cost)
	}
}
