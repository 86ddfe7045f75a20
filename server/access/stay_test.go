package access

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestStayEndsWithWhateverEndsIt(t *testing.T) {
	for name, end := range map[string]func(*Guard, uint64){
		"sent away":       func(g *Guard, id uint64) { g.Decide(id, SendAway) },
		"blocked":         func(g *Guard, id uint64) { g.Decide(id, Block) },
		"new code":        func(g *Guard, _ uint64) { g.NewCode(false) },
		"everybody away":  func(g *Guard, _ uint64) { g.NewCode(true) },
		"other rights":    func(g *Guard, _ uint64) { g.SetPolicy(Policy{Allow: Add}) },
		"open to all":     func(g *Guard, _ uint64) { g.SetPolicy(Policy{Open: true}) },
		"another's guard": func(g *Guard, _ uint64) { g.key = newKey() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := New(Policy{}, nil, nil)
				token, err := g.EnterByKey(g.Key(), "", DeviceInfo{Name: "phone"})
				if err != nil {
					t.Fatal(err)
				}
				id, _ := g.Find(token)
				before, ok := g.Stay(id)
				if again, _ := g.Stay(id); !ok || before == "" || again != before {
					t.Fatalf("%q, then %q, %v", before, again, ok)
				}
				end(g, id)
				if after, ok := g.Stay(id); ok && after == before {
					t.Error("It goes on.")
				}
				time.Sleep(time.Second)
				g.SetPolicy(Policy{})
				g.Decide(id, LetIn)
				g.EnterByKey(g.Key(), token, DeviceInfo{Name: "phone"})
				if after, _ := g.Stay(id); after == before && name != "other rights" && name != "open to all" {
					t.Error("It is back.")
				}
			})
		})
	}
}

func TestOnlyThoseWhoAreInStay(t *testing.T) {
	g := New(Policy{}, nil, nil)
	token, err := g.Ask("", DeviceInfo{Name: "phone"})
	if err != nil {
		t.Fatal(err)
	}
	id, _ := g.Find(token)
	for _, id := range []uint64{id, 0, 99} {
		if stay, ok := g.Stay(id); ok || stay != "" {
			t.Errorf("device %d: %q", id, stay)
		}
	}
}
