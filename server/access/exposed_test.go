package access

import (
	"errors"
	"net/netip"
	"testing"
)

func TestExposedSecretsAreVoid(t *testing.T) {
	for name, test := range map[string]struct {
		key, pin       func(*Guard) string
		newKey, newPIN bool
	}{
		"the key":            {(*Guard).Key, nil, true, false},
		"the PIN":            {nil, func(g *Guard) string { return g.PIN().Digits }, false, true},
		"both":               {(*Guard).Key, func(g *Guard) string { return g.PIN().Digits }, true, true},
		"a wrong key":        {func(*Guard) string { return "wrong" }, nil, false, false},
		"a wrong PIN":        {nil, func(*Guard) string { return "wrong" }, false, false},
		"nothing":            {nil, nil, false, false},
		"an empty PIN alone": {nil, func(*Guard) string { return "" }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			var noted []Event
			g := New(Policy{}, func(e Event) { noted = append(noted, e) }, nil)
			key, pin := g.Key(), g.PIN().Digits
			sent, proof := "", Proof(nil)
			if test.key != nil {
				sent = test.key(g)
			}
			if test.pin != nil {
				proof = Typed(test.pin(g))
			}
			g.Exposed(sent, "", proof)
			if (g.Key() != key) != test.newKey || (g.PIN().Digits != pin) != test.newPIN {
				t.Errorf("new key %v, new PIN %v", g.Key() != key, g.PIN().Digits != pin)
			}
			if (len(noted) > 0) != (test.newKey || test.newPIN) {
				t.Errorf("the owner reads %v", noted)
			}
		})
	}
}

func TestProgramWithAnExposedPINNeedsTheNewOne(t *testing.T) {
	g := New(Policy{}, nil, nil)
	from := DeviceInfo{Addr: netip.MustParseAddr("192.168.1.7"), Name: "curl"}
	pin := g.PIN().Digits
	_, err := g.Program("me", Typed(pin), from)
	if err != nil {
		t.Fatal(err)
	}
	g.Exposed("", "", Typed(pin))
	if _, err := g.Program("me", Typed(pin), from); !errors.Is(err, ErrWrongPIN) {
		t.Errorf("with the old one: %v", err)
	}
	if _, err := g.Program("me", Typed(g.PIN().Digits), from); err != nil {
		t.Errorf("with the new one: %v", err)
	}
}

func TestDeviceWithAnExposedTokenComesInAnew(t *testing.T) {
	var noted []Event
	g := New(Policy{}, func(e Event) { noted = append(noted, e) }, nil)
	from := DeviceInfo{Addr: netip.MustParseAddr("192.168.1.7"), Name: "Phone"}
	token, err := g.EnterByKey(g.Key(), "", from)
	if err != nil {
		t.Fatal(err)
	}
	other, err := g.EnterByKey(g.Key(), "", from)
	if err != nil {
		t.Fatal(err)
	}
	noted = nil
	g.Exposed("", token, nil)
	g.Exposed("", token, nil)
	if _, status := g.Find(token); status != Unknown {
		t.Errorf("with the token that others have read it is %v", status)
	}
	if _, status := g.Find(other); status != In {
		t.Errorf("the other device is %v", status)
	}
	if len(noted) != 1 {
		t.Errorf("the owner reads %v", noted)
	}
	id, _ := g.Find(other)
	g.Decide(id, Block)
	g.Exposed("", other, nil)
	if _, status := g.Find(other); status != Blocked {
		t.Errorf("a blocked device frees itself: %v", status)
	}
}
