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
		m := &firewallMonitor{check: func(context.Context, reach.Port) Obstacle {
			looks++
			if blocked {
				return Obstacle{Firewall: "ufw", Sure: true}
			}
			return Obstacle{}
		}}
		p := reach.Port{Number: 8000, Addr: netip.MustParseAddr("192.168.1.5")}
		if !m.update(t.Context(), p) || m.obstacle().Firewall != "ufw" {
			t.Error("It is not found.")
		}
		if m.update(t.Context(), p) || looks != 1 {
			t.Error("It looks again at once.")
		}
		blocked = false
		time.Sleep(recheckAfter)
		if !m.update(t.Context(), p) || m.obstacle() != (Obstacle{}) {
			t.Error("It has gone, and nobody knows.")
		}
		time.Sleep(time.Hour)
		if m.update(t.Context(), p) || looks != 2 {
			t.Error("It looks although nothing is in the way.")
		}
		p.Addr = netip.MustParseAddr("192.168.1.6")
		if m.update(t.Context(), p); looks != 3 {
			t.Error("The address has changed, and it does not look.")
		}
		if m.update(t.Context(), reach.Port{}); looks != 3 {
			t.Error("It looks at no address.")
		}
	})
}

func TestItIsLookedAgainAfterTheFirewallWasToBeOpened(t *testing.T) {
	m := newFirewallMonitor(nil)
	if err := m.allow(t.Context()); err != nil || len(m.soon) != 0 {
		t.Errorf("Nothing is in the way, and it tries: %v", err)
	}
	m.found.Store(&Obstacle{Firewall: "ufw", Command: "sudo ufw disable", CanAllow: true})
	for range 2 {
		if err := m.allow(t.Context()); !errors.Is(err, reach.ErrNotAllowed) || len(m.soon) != 1 {
			t.Errorf("It runs what is not ours, or does not look again: %v", err)
		}
	}
	m.asking.Lock()
	if err := m.allow(t.Context()); err != nil {
		t.Errorf("It asks twice at a time: %v", err)
	}
}

func TestAFirewallThatShowsNobodyItsRulesIsBelievedOpenOnceItWasOpened(t *testing.T) {
	found := Obstacle{Firewall: "ufw", Command: "sudo ufw allow 8000/tcp"}
	m := &firewallMonitor{check: func(context.Context, reach.Port) Obstacle { return found }}
	ours := found.Command
	m.opened.Store(&ours)
	for _, c := range []struct {
		found, want Obstacle
	}{
		{found, Obstacle{}},
		{Obstacle{Firewall: "ufw", Command: ours, Sure: true}, Obstacle{Firewall: "ufw", Command: ours, Sure: true}}, // closed again
		{Obstacle{Firewall: "ufw", Command: "sudo ufw allow 8001/tcp"}, Obstacle{Firewall: "ufw", Command: "sudo ufw allow 8001/tcp"}},
		{Obstacle{Firewall: "ufw", Command: ours, Silent: true}, Obstacle{Silent: true}},
	} {
		found, m.at = c.found, time.Time{}
		m.port = reach.Port{}
		if m.update(t.Context(), reach.Port{Number: 8000, Addr: netip.MustParseAddr("192.168.1.5")}); m.obstacle() != c.want {
			t.Errorf("%+v: %+v, want %+v", c.found, m.obstacle(), c.want)
		}
	}
}
