package archive

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"windowsill/server/flight"
	"windowsill/server/share"
	"windowsill/server/turns"
)

const (
	// maxBuilding is how many layouts are built at once. Each walks the disk, so
	// one caller is no faster with two.
	maxBuilding = 4
	maxOfOne    = 1 // of them, for one caller
	// maxMemory is how many bytes all layouts together may take. It is enough
	// for some four million files.
	maxMemory = 512 << 20
	// minKept is how long a layout is kept at least.
	minKept = 2 * time.Second
	// keepFactor is how many times as long a layout is kept as it took to build.
	// So a client that asks for an archive in many parts costs at most a tenth
	// of its time in walks. A change in that time is noticed when the file is
	// sent, and ends the layout. Who asks for the whole archive gets it as the
	// folder is now.
	keepFactor = 10
)

// Selection says what goes into an archive.
type Selection struct {
	Format  Format
	Windows bool     // files and folders get names that Windows can unpack
	Title   string   // of the folder in the archive; without slashes, not empty
	Bare    bool     // that is left out, and what is in the folder is at the top
	Folder  string   // its name in the share, as for [share.Folder.Open]
	Names   []string // what is taken of the folder: "a", or "b/c" further down; nil means all
}

// key is the same for equal selections only.
type key [sha256.Size]byte

func (s *Selection) key() key {
	h := sha256.New()
	for _, part := range append([]string{strconv.Itoa(int(s.Format)), strconv.FormatBool(s.Windows), strconv.FormatBool(s.Bare), s.Title, s.Folder, strconv.FormatBool(s.Names == nil)}, s.Names...) {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return key(h.Sum(nil))
}

// Packer makes archives of what is in a share. It is safe for concurrent use.
type Packer struct {
	share  *share.Folder
	sums   *sums
	memory *semaphore.Weighted // bytes of maxMemory
	turns  *turns.Turns        // to have a layout built

	builds flight.Group[key, time.Time] // when they began

	mu   sync.Mutex
	kept map[key]*layout // that may be used again; guarded by mu
}

// New returns a packer of a share.
func New(f *share.Folder) *Packer {
	return &Packer{
		share:  f,
		sums:   newSums(),
		memory: semaphore.NewWeighted(maxMemory),
		turns:  turns.New(maxBuilding, maxOfOne),
		kept:   map[key]*layout{},
	}
}

// Open lays out an archive of the folder as it is now. A caller waits behind the
// other archives that it asked for itself, and hardly for those of other callers.
// The reader may read whole files for their checksums as long as ctx lasts. The
// error is ctx's, one of [share.Folder.Open], also if nothing of what is selected
// is there, [ErrCrowded] or [ErrTooLarge].
func (p *Packer) Open(ctx context.Context, caller string, s Selection) (*Reader, error) {
	return p.open(ctx, caller, s, time.Now())
}

// OpenPart is Open for somebody who asks for a part of an archive, and may have
// asked for another one a moment ago: the archive may be as the folder was then.
func (p *Packer) OpenPart(ctx context.Context, caller string, s Selection) (*Reader, error) {
	return p.open(ctx, caller, s, time.Time{})
}

// open opens an archive as the folder was at a time or later.
func (p *Packer) open(ctx context.Context, caller string, s Selection, asOf time.Time) (*Reader, error) {
	k := s.key()
	if l := p.use(k, asOf); l != nil {
		return &Reader{ctx: ctx, packer: p, layout: l}, nil
	}
	// The turn comes before the build, which goes on for others if this caller
	// leaves: those who join it must not wait behind all that this caller wants.
	if err := p.turns.Take(ctx, caller); err != nil {
		return nil, err
	}
	defer p.turns.Give(caller)
	for {
		if l := p.use(k, asOf); l != nil {
			return &Reader{ctx: ctx, packer: p, layout: l}, nil
		}
		_, err := p.builds.Do(ctx, k, func(ctx context.Context) (time.Time, error) { return p.build(ctx, k, s) })
		if err != nil {
			return nil, err
		}
		// The layout is kept now, unless somebody has needed the memory since,
		// or it was begun before this was asked for.
	}
}

// use returns a layout that is kept and was begun at a time or later, or nil. The
// caller releases it.
func (p *Packer) use(k key, asOf time.Time) *layout {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.kept[k]
	if l == nil || l.usage.begun.Before(asOf) {
		return nil
	}
	l.usage.users++
	return l
}

// build builds a layout and keeps it for a while. It returns when it began to look
// at the folder.
func (p *Packer) build(ctx context.Context, k key, s Selection) (begun time.Time, err error) {
	if s.Names != nil && len(s.Names) == 0 {
		return begun, fs.ErrNotExist
	}
	begun = time.Now()
	b := builder{layout: &layout{format: s.Format.format(), folder: s.Folder, bare: s.Bare, usage: usage{share: p.share.Pinned()}}, windows: s.Windows}
	b.take = func(bytes int64) error { return p.take(b.layout.usage.cost, bytes) }
	if err := b.build(ctx, b.layout.usage.share, s); err != nil {
		p.memory.Release(b.layout.usage.cost)
		return begun, err
	}
	b.layout.usage.key, b.layout.usage.begun = k, begun
	p.keep(b.layout, max(minKept, keepFactor*time.Since(begun)))
	return begun, nil
}

// keep lets a layout be used again for some time. One of the same archive that is
// kept already has learnt checksums, and stays.
func (p *Packer) keep(l *layout, during time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l.usage.users = 1
	if old := p.kept[l.usage.key]; old != nil {
		if old.tag == l.tag {
			old.usage.begun = l.usage.begun
			p.unuse(l)
			l = old
		} else {
			p.drop(old)
		}
	}
	p.kept[l.usage.key] = l
	l.usage.keeps++
	time.AfterFunc(during, func() { p.expire(l) })
}

// expire is called at the end of each time that a layout was kept for.
func (p *Packer) expire(l *layout) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.usage.keeps--; l.usage.keeps == 0 {
		p.drop(l)
	}
}

// take takes memory for a layout that already has some.
func (p *Packer) take(has, bytes int64) error {
	if has+bytes > maxMemory {
		return ErrTooLarge
	}
	if p.memory.TryAcquire(bytes) {
		return nil
	}
	p.mu.Lock()
	for _, l := range p.kept {
		p.drop(l)
	}
	p.mu.Unlock()
	if p.memory.TryAcquire(bytes) {
		return nil
	}
	return ErrCrowded
}

// forget makes a layout no longer kept.
func (p *Packer) forget(l *layout) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop(l)
}

// drop is forget with mu held.
func (p *Packer) drop(l *layout) {
	if p.kept[l.usage.key] == l {
		delete(p.kept, l.usage.key)
		p.unuse(l)
	}
}

// release is called by each user of a layout that is done with it.
func (p *Packer) release(l *layout) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unuse(l)
}

// unuse gives the memory back after the last use; called with mu held.
func (p *Packer) unuse(l *layout) {
	if l.usage.users--; l.usage.users == 0 {
		p.memory.Release(l.usage.cost)
	}
}
