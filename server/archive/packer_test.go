package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"windowsill/server/share"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// used returns how many bytes layouts have, by taking all others.
func used(p *Packer) int64 {
	for free := int64(maxMemory); free >= 0; free -= memoryStep {
		if p.memory.TryAcquire(free) {
			p.memory.Release(free)
			return maxMemory - free
		}
	}
	return -1
}

func TestLayoutIsReusedForAMoment(t *testing.T) {
	p := packed(t, map[string]string{"a": "1"})
	synctest.Test(t, func(t *testing.T) {
		read := func(s Selection) *layout {
			r, err := p.Open(context.Background(), "a", s)
			must(t, err)
			defer r.Close()
			return r.layout
		}
		first := read(all(ZIP))
		if read(all(ZIP)) != first {
			t.Error("it is built again at once")
		}
		if read(all(Tar)) == first || read(Selection{Title: "Photos", Names: []string{"a"}}) == first {
			t.Error("it is used for something else")
		}
		must(t, os.WriteFile(filepath.Join(p.share.Path(), "b"), nil, 0o666))
		time.Sleep(minKept + time.Second)
		synctest.Wait()
		if used(p) != 0 || len(p.kept) != 0 {
			t.Errorf("%d bytes are kept", used(p))
		}
		if second := read(all(ZIP)); second == first || second.tag == first.tag {
			t.Error("it is still used")
		}
		time.Sleep(time.Minute) // lets go of the last one
	})
}

func TestMemoryIsBounded(t *testing.T) {
	p := packed(t, map[string]string{"a": "1"})
	r := open(t, p, all(ZIP))
	if used(p) != memoryStep {
		t.Errorf("%d bytes are taken", used(p))
	}
	if err := p.take(maxMemory, 1); err != ErrTooLarge {
		t.Error(err)
	}
	must(t, p.memory.Acquire(context.Background(), maxMemory-memoryStep))
	if _, err := p.Open(context.Background(), "a", all(Tar)); err != ErrCrowded {
		t.Errorf("without memory: %v", err)
	}
	r.Close()
	open(t, p, all(Tar)) // the first layout is no longer kept for that
	p.memory.Release(maxMemory - memoryStep)
}

// takeAll takes all turns of a packer.
func takeAll(t *testing.T, p *Packer) (giveBack func()) {
	for i := range maxBuilding {
		must(t, p.turns.Take(t.Context(), strconv.Itoa(i)))
	}
	return func() {
		for i := range maxBuilding {
			p.turns.Give(strconv.Itoa(i))
		}
	}
}

func TestWaiterForALayoutMayLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := packed(t, map[string]string{"a": "1"})
		giveBack := takeAll(t, p)
		ctx, leave := context.WithCancel(t.Context())
		var left, stayed sync.WaitGroup
		for range 3 {
			left.Go(func() {
				if _, err := p.Open(ctx, "a", all(ZIP)); err != context.Canceled {
					t.Errorf("who leaves gets %v", err)
				}
			})
		}
		synctest.Wait()
		for range 3 {
			stayed.Go(func() {
				r, err := p.Open(t.Context(), "a", all(ZIP))
				if err != nil {
					t.Errorf("who stays gets %v", err)
					return
				}
				r.Close()
			})
		}
		synctest.Wait()
		leave()
		left.Wait()
		giveBack()
		stayed.Wait()
		time.Sleep(time.Minute) // until the layout is no longer kept
		if used(p) != 0 {
			t.Errorf("%d bytes stay taken", used(p))
		}
	})
}

func TestManyArchivesOfOneCallerLeaveRoomForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := packed(t, map[string]string{"a": "1", "b": "2"})
		must(t, p.turns.Take(t.Context(), "greedy")) // whose first archive takes long
		var greedy, modest sync.WaitGroup
		openAs := func(caller string, s Selection) {
			r, err := p.Open(t.Context(), caller, s)
			must(t, err)
			r.Close()
		}
		for range 2 * maxBuilding {
			greedy.Go(func() { openAs("greedy", all(Tar)) })
			greedy.Go(func() { openAs("greedy", all(ZIP)) })
		}
		synctest.Wait()
		if len(p.kept) != 0 {
			t.Error("one caller has more than its share")
		}
		modest.Go(func() { openAs("modest", all(ZIP)) })
		modest.Wait() // also for the one that the greedy caller wants
		p.turns.Give("greedy")
		greedy.Wait()
		time.Sleep(time.Minute) // until no layout is kept any more
	})
}

func TestManyReadAtOnce(t *testing.T) {
	p := packed(t, map[string]string{"a": bit(200_000, 1), "b": bit(70_000, 2), "c/d": bit(10, 3)})
	want := whole(t, packedAt(t, p.share.Path()), all(ZIP))
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			r, err := p.Open(context.Background(), "a", all(ZIP))
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Close()
			from := r.Size() / 8 * int64(i)
			got, err := sent(r, from, r.Size())
			if err != nil || !bytes.Equal(got, want[from:]) {
				t.Errorf("from %d: %d bytes, %v", from, len(got), err)
			}
		})
	}
	wait.Wait()
}

func TestNothingOfWhatIsSelectedIsThere(t *testing.T) {
	p := packed(t, map[string]string{"a": "1", ".hidden": "SECRET"})
	for _, names := range [][]string{{}, {"x"}, {".hidden"}, {"../x", "."}} {
		if _, err := p.Open(context.Background(), "a", Selection{Title: "Photos", Names: names}); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", names, err)
		}
	}
	if used(p) != 0 {
		t.Errorf("%d bytes stay taken", used(p))
	}
	got := unzip(t, whole(t, p, Selection{Title: "Photos", Names: []string{"a", "gone"}}))
	if got["Photos/a"] != "1" || got["NOT INCLUDED.txt"] == "" {
		t.Errorf("%q", got)
	}
}

func TestNoteGetsAFreeName(t *testing.T) {
	p := packed(t, map[string]string{"a": "1"})
	got := unzip(t, whole(t, p, Selection{Title: "NOT INCLUDED.txt", Names: []string{"a", "gone"}}))
	if got["NOT INCLUDED.txt/a"] != "1" || got["NOT INCLUDED 2.txt"] == "" {
		t.Errorf("%q", got)
	}
}

func TestSumsAreBounded(t *testing.T) {
	s := newSums()
	const n = 3 * maxSums
	for i := range n {
		s.learn("file", share.Version{Size: int64(i)}, uint32(i))
		if _, ok := s.get("file", share.Version{}); !ok {
			t.Fatalf("what is used is given up after %d", i)
		}
	}
	if have := len(s.young) + len(s.old); have > maxSums {
		t.Errorf("%d sums are kept", have)
	}
	if sum, ok := s.get("file", share.Version{Size: n - 1}); !ok || sum != n-1 {
		t.Error("the last one is not known")
	}
	if _, ok := s.get("other", share.Version{Size: n - 1}); ok {
		t.Error("another file has its sum")
	}
}

var _ io.ReadSeeker = (*Reader)(nil)

func TestAnArchiveWithoutTheFolderItself(t *testing.T) {
	p := packed(t, map[string]string{"a.txt": "1", "in/b.txt": "2", "in/deep/c.txt": "3", "NOT INCLUDED.txt": "4"})
	want := map[string]string{"a.txt": "1", "in/": "", "in/b.txt": "2", "in/deep/": "", "in/deep/c.txt": "3", "NOT INCLUDED.txt": "4"}
	for _, windows := range []bool{false, true} {
		if got := unzip(t, whole(t, p, Selection{Title: "Photos", Bare: true, Windows: windows})); !maps.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	got := unzip(t, whole(t, p, Selection{Title: "Photos", Bare: true, Names: []string{"NOT INCLUDED.txt", "in", "gone"}}))
	if got["NOT INCLUDED.txt"] != "4" || got["in/b.txt"] != "2" || len(got) != 6 || got["NOT INCLUDED 2.txt"] == "" {
		t.Errorf("%q", got)
	}
	if _, err := p.Open(t.Context(), "", Selection{Title: "Photos", Bare: true, Names: []string{"gone"}}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if got := unzip(t, whole(t, packed(t, nil), Selection{Title: "Photos", Bare: true})); len(got) != 0 {
		t.Errorf("an empty one: %q", got)
	}
}
