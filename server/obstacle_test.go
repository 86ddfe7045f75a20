package server

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/reach"
)

func TestObstacleIsLookedForAgainWhileItIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		looks, blocked := 0, true
		w := &watchman{look: func(context.Context, reach.Port) Obstacle {
			looks++
			if blocked {
				return Obstacle{Firewall: "ufw", Sure: true}
			}
			return Obstacle{}
		}}
		p := reach.Port{Number: 8000, Addr: netip.MustParseAddr("192.168.1.5")}
		if !w.watch(t.Context(), p) || w.obstacle().Firewall != "ufw" {
			t.Error("It is not found.")
		}
		if w.watch(t.Context(), p) || looks != 1 {
			t.Error("It looks again at once.")
		}
		blocked = false
		time.Sleep(again)
		if !w.watch(t.Context(), p) || w.obstacle() != (Obstacle{}) {
			t.Error("It has gone, and nobody knows.")
		}
		time.Sleep(time.Hour)
		if w.watch(t.Context(), p) || looks != 2 {
			t.Error("It looks although nothing is in the way.")
		}
		p.Addr = netip.MustParseAddr("192.168.1.6")
		if w.watch(t.Context(), p); looks != 3 {
			t.Error("The address has changed, and it does not look.")
		}
		if w.watch(t.Context(), reach.Port{}); looks != 3 {
			t.Error("It looks at no address.")
		}
	})
}

func TestItIsLookedAgainAfterTheFirewallWasToBeOpened(t *testing.T) {
	w := &watchman{hurry: make(chan struct{}, 1)}
	if err := w.allow(t.Context()); err != nil || len(w.hurry) != 0 {
		t.Errorf("Nothing is in the way, and it tries: %v", err)
	}
	w.found.Store(&Obstacle{Firewall: "ufw", Command: "sudo ufw disable", CanAllow: true})
	for range 2 {
		if err := w.allow(t.Context()); !errors.Is(err, reach.ErrNotAllowed) || len(w.hurry) != 1 {
			t.Errorf("It runs what is not ours, or does not look again: %v", err)
		}
	}
	w.asking.Lock()
	if err := w.allow(t.Context()); err != nil {
		t.Errorf("It asks twice at a time: %v", err)
	}
}

func TestAFirewallThatShowsNobodyItsRulesIsBelievedOpenOnceItWasOpened(t *testing.T) {
	found := Obstacle{Firewall: "ufw", Command: "sudo ufw allow 8000/tcp"}
	w := &watchman{look: func(context.Context, reach.Port) Obstacle { return found }}
	ours := found.Command
	w.opened.Store(&ours)
	for _, c := range []struct {
		found, want Obstacle
	}{
		{found, Obstacle{}},
		{Obstacle{Firewall: "ufw", Command: ours, Sure: true}, Obstacle{Firewall: "ufw", Command: ours, Sure: true}}, // closed again
		{Obstacle{Firewall: "ufw", Command: "sudo ufw allow 8001/tcp"}, Obstacle{Firewall: "ufw", Command: "sudo ufw allow 8001/tcp"}},
		{Obstacle{Firewall: "ufw", Command: ours, Silent: true}, Obstacle{Silent: true}},
	} {
		found, w.at = c.found, time.Time{}
		w.latest = reach.Port{}
		if w.watch(t.Context(), reach.Port{Number: 8000, Addr: netip.MustParseAddr("192.168.1.5")}); w.obstacle() != c.want {
			t.Errorf("%+v: %+v, want %+v", c.found, w.obstacle(), c.want)
		}
	}
}
