package share

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestPacerWorksATwentyFifthOfTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun, worked := time.Now(), time.Duration(0)
		p := &pacer{begun: begun}
		for range 1000 {
			time.Sleep(time.Millisecond) // stands for work
			worked += time.Millisecond
			p.rest(t.Context())
		}
		if took := time.Since(begun); took != 25*worked {
			t.Errorf("%v of work took %v", worked, took)
		}
		time.Sleep(time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		begun = time.Now()
		p.rest(ctx)
		if took := time.Since(begun); took > 0 {
			t.Errorf("it rests for %v after the end", took)
		}
	})
}

// A share may have properties from earlier, which go with their files before anybody
// has found them.
func TestPropertiesOfAnEarlierRunMove(t *testing.T) {
	f := opened(t, Options{}, map[string]string{"a": "", "b": "", "c": ""})
	for _, name := range []string{"a", "b"} {
		if err := f.Writer().SetProperties(name, []byte("of "+name)); err != nil {
			t.Fatal(err)
		}
	}
	later := openedAt(t, f.Path(), Options{})
	w := later.Writer()
	move := func(from, to string) {
		t.Helper()
		if err := w.Move(from, to); err != nil {
			t.Fatal(err)
		}
		if got, err := later.Properties(to); string(got) != "of a" || err != nil {
			t.Errorf("after the move: %q, %v", got, err)
		}
	}
	move("a", "moved")
	w.RemoveStale(t.Context(), time.Now().Add(-time.Hour))
	move("moved", "again")
	none := opened(t, Options{}, map[string]string{"a": ""})
	none.Writer().RemoveStale(t.Context(), time.Now())
	if (props{treeOf(none)}).mayBe() {
		t.Error("it looks for properties where none were found")
	}
}
