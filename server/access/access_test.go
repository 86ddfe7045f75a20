package access

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"
)

var (
	phone  = DeviceInfo{netip.MustParseAddr("192.168.1.23"), "iPhone · Safari", true, netip.Addr{}}
	laptop = DeviceInfo{netip.MustParseAddr("192.168.1.40"), "Mac · Firefox", false, netip.Addr{}}
	tablet = DeviceInfo{netip.MustParseAddr("192.168.1.41"), "iPad · Safari", true, netip.Addr{}}
)

// guard returns a guard and the texts of its audit trail.
func guard(t *testing.T) (*Guard, *[]string) {
	t.Helper()
	var trail []string
	return New(Policy{}, func(e Event) { trail = append(trail, e.Text) }, nil), &trail
}

// wrong returns a PIN that is not the guard's.
func wrong(g *Guard) string {
	if g.PIN().Digits == "000000" {
		return "000001"
	}
	return "000000"
}

func status(g *Guard, token string) Status {
	_, s := g.Find(token)
	return s
}

func TestSecretsAreLongAndNeverTheSame(t *testing.T) {
	a, _ := guard(t)
	b, _ := guard(t)
	if len(a.Key()) != 22 || a.Key() == b.Key() {
		t.Errorf("keys %q and %q", a.Key(), b.Key())
	}
	if p := a.PIN().Digits; len(p) != 6 || strings.Trim(p, "0123456789") != "" {
		t.Errorf("PIN %q", p)
	}
	one, _ := a.EnterByKey(a.Key(), "", phone)
	two, _ := a.EnterByKey(a.Key(), "", phone)
	if len(one) != 43 || one == two {
		t.Errorf("tokens %q and %q", one, two)
	}
}

func TestKeyLetsIn(t *testing.T) {
	g, trail := guard(t)
	token, err := g.EnterByKey(g.Key(), "", phone)
	if err != nil || status(g, token) != In {
		t.Fatal(status(g, token), err)
	}
	again, err := g.EnterByKey(g.Key(), token, phone)
	if err != nil || again != token {
		t.Error("the same device, scanning again, becomes another one")
	}
	if d := g.Devices(); len(d) != 1 || d[0].Way != ByKey || d[0].Name != phone.Name || d[0].Addr != phone.Addr {
		t.Errorf("%+v", d)
	}
	for _, key := range []string{"", "x", g.Key() + "x", strings.ToUpper(g.Key())} {
		if key == g.Key() {
			continue
		}
		if token, err := g.EnterByKey(key, "", laptop); !errors.Is(err, ErrWrongKey) || token != "" {
			t.Errorf("key %q: %v", key, err)
		}
	}
	if want := []string{"iPhone · Safari came in with the code"}; fmt.Sprint(*trail) != fmt.Sprint(want) {
		t.Errorf("trail %q, want %q", *trail, want)
	}
}

func TestMadeUpTokenIsUnknown(t *testing.T) {
	g, _ := guard(t)
	for _, token := range []string{"", "x", newToken()} {
		if s := status(g, token); s != Unknown {
			t.Errorf("%q: %v", token, s)
		}
		if got, err := g.EnterByKey(g.Key(), token, phone); err != nil || got == token {
			t.Errorf("%q: a made-up token becomes a device's", token)
		}
	}
}

func TestNewCode(t *testing.T) {
	g, _ := guard(t)
	key, pin := g.Key(), g.PIN()
	token, _ := g.EnterByKey(key, "", phone)
	g.NewCode(false)
	if g.Key() == key || g.PIN() == pin && g.PIN().Digits == pin.Digits {
		t.Error("the code is the old one")
	}
	if _, err := g.EnterByKey(key, "", laptop); !errors.Is(err, ErrWrongKey) {
		t.Error("the old key opens")
	}
	if status(g, token) != In {
		t.Error("a device was sent out unasked")
	}
	g.NewCode(true)
	if status(g, token) != Away {
		t.Error("a device is still in")
	}
}

func TestAsking(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer Answer
		want   Status
		again  error // what asking again says
	}{
		{"let in", LetIn, In, nil},
		{"not now", NotNow, Refused, ErrAskedBefore},
		{"block", Block, Blocked, ErrBlocked},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g, trail := guard(t)
				token, err := g.Ask("", phone)
				if err != nil || status(g, token) != Waiting {
					t.Fatal(status(g, token), err)
				}
				answered := make(chan Status)
				go func() { answered <- g.Wait(t.Context(), token) }()
				synctest.Wait()
				g.Decide(g.Devices()[0].ID, c.answer)
				if got := <-answered; got != c.want {
					t.Errorf("the waiting page learns %v, want %v", got, c.want)
				}
				if _, err := g.Ask(token, phone); !errors.Is(err, c.again) {
					t.Errorf("asking again: %v, want %v", err, c.again)
				}
				if len(*trail) != 2 {
					t.Errorf("trail %q", *trail)
				}
			})
		})
	}
}

func TestAskingAgainAfterARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		token, _ := g.Ask("", phone)
		g.Decide(g.Devices()[0].ID, NotNow)
		time.Sleep(askAgainAfter - time.Second)
		if _, err := g.Ask("", phone); !errors.Is(err, ErrAskedBefore) {
			t.Errorf("without its cookie, early: %v", err)
		}
		if _, err := g.Ask(token, DeviceInfo{Addr: laptop.Addr, Name: phone.Name}); !errors.Is(err, ErrAskedBefore) {
			t.Errorf("from another address, early: %v", err)
		}
		time.Sleep(time.Second)
		if again, err := g.Ask(token, phone); err != nil || again != token || status(g, token) != Waiting {
			t.Errorf("%v, %v", err, status(g, token))
		}
	})
}

// A device that came in after a refusal and is sent away need not wait for the
// rest of the pause.
func TestComingInForgetsARefusal(t *testing.T) {
	for name, comeIn := range map[string]func(g *Guard, id uint64, token string) error{
		"let in": func(g *Guard, id uint64, _ string) error { g.Decide(id, LetIn); return nil },
		"key": func(g *Guard, _ uint64, token string) error {
			_, err := g.EnterByKey(g.Key(), token, phone)
			return err
		},
		"PIN": func(g *Guard, _ uint64, token string) error {
			_, err := g.EnterByPIN(g.PIN().Digits, token, phone)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g, _ := guard(t)
				token, _ := g.Ask("", phone)
				id := g.Devices()[0].ID
				g.Decide(id, NotNow)
				if err := comeIn(g, id, token); err != nil || status(g, token) != In {
					t.Fatal(status(g, token), err)
				}
				g.Decide(id, SendAway)
				for _, token := range []string{token, ""} {
					if _, err := g.Ask(token, phone); err != nil {
						t.Errorf("asking with cookie %q: %v", token, err)
					}
				}
			})
		})
	}
}

func TestLettingInUnblocks(t *testing.T) {
	g, _ := guard(t)
	token, _ := g.Ask("", phone)
	id := g.Devices()[0].ID
	g.Decide(id, Block)
	if !g.IsBlocked(phone.Addr) {
		t.Error("the address is not blocked")
	}
	g.Decide(id, LetIn)
	if g.IsBlocked(phone.Addr) || status(g, token) != In {
		t.Errorf("blocked: %v, status %v", g.IsBlocked(phone.Addr), status(g, token))
	}
}

func TestBlockedDeviceIsRefusedEverywhere(t *testing.T) {
	g, _ := guard(t)
	token, _ := g.EnterByKey(g.Key(), "", phone)
	g.Decide(g.Devices()[0].ID, Block)
	elsewhere := DeviceInfo{Addr: laptop.Addr, Name: phone.Name}
	for name, try := range map[string]func() error{
		"key":                    func() error { _, err := g.EnterByKey(g.Key(), "", phone); return err },
		"PIN":                    func() error { _, err := g.EnterByPIN(g.PIN().Digits, "", phone); return err },
		"PIN of a program":       func() error { _, err := g.Program("", Typed(g.PIN().Digits), phone); return err },
		"asking":                 func() error { _, err := g.Ask("", phone); return err },
		"cookie elsewhere":       func() error { _, err := g.Ask(token, elsewhere); return err },
		"key, cookie, elsewhere": func() error { _, err := g.EnterByKey(g.Key(), token, elsewhere); return err },
	} {
		if err := try(); !errors.Is(err, ErrBlocked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if status(g, token) != Blocked {
		t.Error(status(g, token))
	}
	if _, err := g.EnterByKey(g.Key(), "", laptop); err != nil {
		t.Error("another device is blocked too: ", err)
	}
}

// A phone comes in over IPv4 and over IPv6. For its browser those are two
// sites, and so two cookies.
func TestBlockedHardwareIsRefusedAtAllItsAddresses(t *testing.T) {
	six, other := netip.MustParseAddr("fe80::23"), netip.MustParseAddr("fd00::23")
	hardware := map[netip.Addr]string{phone.Addr: "phone", six: "phone", other: "phone", laptop.Addr: "laptop"}
	g := New(Policy{}, nil, func(a netip.Addr) string { return hardware[a] })
	over4, _ := g.EnterByKey(g.Key(), "", phone)
	id := g.Devices()[0].ID
	over6, _ := g.EnterByKey(g.Key(), "", DeviceInfo{Addr: six, Name: phone.Name})
	beside, _ := g.EnterByKey(g.Key(), "", laptop)
	g.Decide(id, Block)
	if status(g, over4) != Blocked || status(g, over6) != Blocked || status(g, beside) != In {
		t.Errorf("over IPv4 %v, over IPv6 %v, another device %v", status(g, over4), status(g, over6), status(g, beside))
	}
	if _, err := g.EnterByPIN(g.PIN().Digits, "", DeviceInfo{Addr: other}); !errors.Is(err, ErrBlocked) || !g.IsBlocked(other) {
		t.Errorf("at a new address: %v", err)
	}
	for _, addr := range []netip.Addr{laptop.Addr, netip.MustParseAddr("10.9.9.9")} {
		if g.IsBlocked(addr) {
			t.Errorf("%v is blocked too", addr)
		}
	}
	g.Decide(id, LetIn)
	if g.IsBlocked(other) || g.IsBlocked(phone.Addr) {
		t.Error("who was let in again is still blocked")
	}
}

func TestWaitingDevicesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		for i := range maxWaiting {
			if _, err := g.Ask("", DeviceInfo{Name: "x", Addr: netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := g.Ask("", phone); !errors.Is(err, ErrTooManyWait) {
			t.Error(err)
		}
		time.Sleep(goneAfter + time.Second) // their pages were closed
		if _, err := g.Ask("", phone); err != nil {
			t.Error(err)
		}
		if n := len(g.Devices()); n != 1 {
			t.Errorf("%d devices, want those who left forgotten", n)
		}
	})
}

func TestWaitingDevicesOfAnAddressAreBounded(t *testing.T) {
	g, _ := guard(t)
	for range maxWaitingPerAddr {
		if _, err := g.Ask("", phone); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.Ask("", phone); !errors.Is(err, ErrTooManyWait) {
		t.Error(err)
	}
	if _, err := g.Ask("", laptop); err != nil {
		t.Errorf("another one: %v", err)
	}
}

func TestNobodyNew(t *testing.T) {
	g, _ := guard(t)
	in, _ := g.EnterByKey(g.Key(), "", phone)
	id, _ := g.Program("", Typed(g.PIN().Digits), laptop)
	stay, _ := g.Stay(id)
	away, _ := g.EnterByKey(g.Key(), "", tablet)
	awayID, _ := g.Find(away)
	g.Decide(awayID, SendAway)
	waiting, _ := g.Ask("", DeviceInfo{Addr: netip.MustParseAddr("192.168.1.99"), Name: "TV"})
	g.SetPolicy(Policy{NobodyNew: true})
	for name, try := range map[string]func() error{
		"key":                 func() error { _, err := g.EnterByKey(g.Key(), "", tablet); return err },
		"wrong key":           func() error { _, err := g.EnterByKey("guessed", "", tablet); return err },
		"PIN":                 func() error { _, err := g.EnterByPIN(g.PIN().Digits, "", tablet); return err },
		"wrong PIN":           func() error { _, err := g.EnterByPIN("000000", "", tablet); return err },
		"PIN of a program":    func() error { _, err := g.Program("", Typed(g.PIN().Digits), tablet); return err },
		"asking":              func() error { _, err := g.Ask("", tablet); return err },
		"one who was here":    func() error { _, err := g.EnterByKey(g.Key(), away, tablet); return err },
		"one who was waiting": func() error { _, err := g.Ask(waiting, tablet); return err },
	} {
		if err := try(); !errors.Is(err, ErrNobodyNew) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := status(g, waiting); s != Refused {
		t.Errorf("one who was waiting is %v", s)
	}
	if _, err := g.EnterByKey(g.Key(), in, phone); err != nil || status(g, in) != In {
		t.Errorf("one who is in: %v, %v", err, status(g, in))
	}
	if again, err := g.Program("", Typed(g.PIN().Digits), laptop); err != nil || again != id {
		t.Errorf("a program that is in: %v", err)
	}
	if now, ok := g.Stay(id); !ok || now != stay {
		t.Error("What it was doing ends.")
	}
	g.Decide(awayID, LetIn)
	if status(g, away) != In {
		t.Error("The owner cannot let anybody in.")
	}
	g.SetPolicy(Policy{})
	if _, err := g.EnterByKey(g.Key(), "", tablet); err != nil {
		t.Errorf("once others may come in again: %v", err)
	}
}

func TestNobodyWaitsInAnOpenShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		token, _ := g.Ask("", phone)
		told := make(chan Status)
		go func() { told <- g.Wait(t.Context(), token) }()
		synctest.Wait()
		g.SetPolicy(Policy{Open: true})
		if s := <-told; s == Waiting || len(g.Devices()) != 0 {
			t.Errorf("the page learns %v, %d devices", s, len(g.Devices()))
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		token, _ := g.Ask("", phone)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if s := g.Wait(ctx, token); s != Waiting {
			t.Error(s)
		}
		if s := g.Wait(t.Context(), "nobody"); s != Unknown {
			t.Error(s)
		}
	})
}

func TestPINLetsInBrowsersAndPrograms(t *testing.T) {
	g, _ := guard(t)
	token, err := g.EnterByPIN(g.PIN().Digits, "", phone)
	if err != nil || status(g, token) != In {
		t.Error(status(g, token), err)
	}
	for range 3 {
		if _, err := g.Program("", Typed(g.PIN().Digits), laptop); err != nil {
			t.Error(err)
		}
	}
	if d := g.Devices(); len(d) != 2 || d[0].Way != ByPIN || d[1].Way != ByPIN {
		t.Errorf("%+v, want two devices", d)
	}
}

func TestProgramThatWasSentAwayNeedsANewPIN(t *testing.T) {
	g, _ := guard(t)
	id, _ := g.Program("", Typed(g.PIN().Digits), laptop)
	g.Decide(id, SendAway)
	if _, err := g.Program("", Typed(g.PIN().Digits), laptop); !errors.Is(err, ErrWrongPIN) {
		t.Error(err)
	}
	g.NewCode(false)
	if _, err := g.Program("", Typed(g.PIN().Digits), laptop); err != nil {
		t.Error(err)
	}
}

func TestRightAfterWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		for range freeGuesses {
			if _, err := g.EnterByPIN(wrong(g), "", phone); !errors.Is(err, ErrWrongPIN) {
				t.Fatal(err)
			}
		}
		var wait *WaitError
		if _, err := g.EnterByPIN(g.PIN().Digits, "", phone); !errors.As(err, &wait) || !wait.Until.After(time.Now()) {
			t.Fatalf("the sixth guess is heard at once: %v", err)
		}
		if _, err := g.EnterByPIN(g.PIN().Digits, "", laptop); err != nil {
			t.Errorf("another device has to wait too: %v", err)
		}
		time.Sleep(firstPause)
		if _, err := g.EnterByPIN(g.PIN().Digits, "", phone); err != nil {
			t.Errorf("after the pause: %v", err)
		}
	})
}

// The pause doubles with each wrong PIN, up to an hour, and is forgotten two
// hours after the last of them.
func TestEachPauseIsTwiceTheOneBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		guess := func() error { _, err := g.EnterByPIN(wrong(g), "", phone); return err }
		for range freeGuesses - 1 {
			guess()
		}
		const s, m = time.Second, time.Minute
		for n, pause := range []time.Duration{30 * s, m, 2 * m, 4 * m, 8 * m, 16 * m, 32 * m, time.Hour, time.Hour} {
			if err := guess(); !errors.Is(err, ErrWrongPIN) {
				t.Fatalf("guess %d: %v", freeGuesses+n, err)
			}
			until := time.Now().Add(pause)
			time.Sleep(pause - time.Second)
			wait, ok := errors.AsType[*WaitError](guess())
			if !ok || !wait.Until.Equal(until) {
				t.Errorf("after %d wrong ones the pause is not %v: %+v", freeGuesses+n, pause, wait)
			}
			time.Sleep(time.Second)
		}
		guess()
		time.Sleep(forgetAfter + time.Second)
		for n := range freeGuesses {
			if err := guess(); !errors.Is(err, ErrWrongPIN) {
				t.Errorf("guess %d after a long time: %v", n+1, err)
			}
		}
	})
}

func TestRightPINClearsTheCount(t *testing.T) {
	g, _ := guard(t)
	for range 3 {
		for range freeGuesses - 1 {
			if _, err := g.EnterByPIN(wrong(g), "", phone); !errors.Is(err, ErrWrongPIN) {
				t.Fatal(err)
			}
		}
		if _, err := g.EnterByPIN(g.PIN().Digits, "", phone); err != nil {
			t.Fatal(err)
		}
	}
}

// How many PINs can one try in an hour?
func TestGuessingIsHopeless(t *testing.T) {
	for _, c := range []struct{ addresses, most int }{{1, 12}, {100, 60}} {
		t.Run(fmt.Sprintf("from %d addresses", c.addresses), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g, _ := guard(t)
				first := g.PIN().Digits
				heard := 0
				for end := time.Now().Add(time.Hour); time.Now().Before(end); time.Sleep(time.Second) {
					for i := range c.addresses {
						v := DeviceInfo{Name: "x", Addr: netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})}
						_, err := g.EnterByPIN(wrong(g), "", v)
						if errors.Is(err, ErrWrongPIN) {
							heard++
						}
					}
				}
				t.Logf("%d guesses are heard", heard)
				if heard > c.most {
					t.Errorf("%d guesses are heard in an hour, want at most %d", heard, c.most)
				}
				changed := g.PIN().Digits != first && !g.PIN().Flooded.IsZero()
				if flood := heard >= floodAfter; flood != changed {
					t.Errorf("after %d guesses the PIN changed: %v", heard, changed)
				}
			})
		})
	}
}

func TestAddressesOfAGroupGuessAndAskAsOne(t *testing.T) {
	g, _ := guard(t)
	at := func(addr, group string) DeviceInfo {
		return DeviceInfo{Name: "x", Addr: netip.MustParseAddr(addr), Group: netip.MustParseAddr(group)}
	}
	for i := range freeGuesses + 1 {
		_, err := g.EnterByPIN(wrong(g), "", at(fmt.Sprintf("fd00:1:2:3::%x", i+1), "fd00:1:2:3::"))
		var wait *WaitError
		if i == freeGuesses && !errors.As(err, &wait) {
			t.Error("a device with many addresses guesses on")
		}
	}
	for i := range maxWaitingPerAddr + 1 {
		_, err := g.Ask("", at(fmt.Sprintf("fd00:1:2:3::%x", i+1), "fd00:1:2:3::"))
		if crowded := errors.Is(err, ErrTooManyWait); crowded != (i == maxWaitingPerAddr) {
			t.Errorf("asking %d times: %v", i+1, err)
		}
	}
	neighbour := at("fd00:1:2:3::99", "fd00:1:2:3::99")
	if _, err := g.Ask("", neighbour); err != nil {
		t.Errorf("a neighbour asks: %v", err)
	}
	if _, err := g.EnterByPIN(g.PIN().Digits, "", neighbour); err != nil {
		t.Errorf("a neighbour has the PIN: %v", err)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	g, _ := guard(t)
	for i := range 3 * maxDevices {
		g.EnterByKey(g.Key(), "", DeviceInfo{Name: "x", Addr: netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})})
	}
	if n := len(g.Devices()); n > maxDevices {
		t.Errorf("%d devices", n)
	}
}

func TestLongestUnseenIsForgottenFirst(t *testing.T) {
	for name, evicted := range map[string]string{"as they came": "phone", "the first one came again": "laptop"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g, _ := guard(t)
				enter := func(token string, v DeviceInfo) string {
					time.Sleep(time.Second)
					token, err := g.EnterByKey(g.Key(), token, v)
					if err != nil {
						t.Fatal(err)
					}
					return token
				}
				tokens := map[string]string{"phone": enter("", phone), "laptop": enter("", laptop)}
				for i := range maxDevices - 2 {
					enter("", DeviceInfo{Name: "x", Addr: netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})})
				}
				if evicted == "laptop" {
					enter(tokens["phone"], phone)
				}
				tokens["newest"] = enter("", DeviceInfo{Name: "newest", Addr: netip.MustParseAddr("10.1.0.1")})
				for who, token := range tokens {
					if got, gone := status(g, token), who == evicted; gone != (got == Unknown) {
						t.Errorf("%s is %v; %s had to go", who, got, evicted)
					}
				}
				if n := len(g.Devices()); n != maxDevices {
					t.Errorf("%d devices, want %d", n, maxDevices)
				}
			})
		})
	}
}

func TestWaitingDevicesComeFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, _ := guard(t)
		for i, name := range []string{"a", "b", "c", "d"} {
			v := DeviceInfo{Name: name, Addr: netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})}
			if i%2 == 0 {
				g.EnterByKey(g.Key(), "", v)
			} else {
				g.Ask("", v)
			}
			time.Sleep(time.Second)
		}
		var order string
		for _, d := range g.Devices() {
			order += d.Name
		}
		if order != "bdca" {
			t.Errorf("order %s, want bdca", order)
		}
	})
}

func TestRename(t *testing.T) {
	g, _ := guard(t)
	g.EnterByKey(g.Key(), "", phone)
	id := g.Devices()[0].ID
	g.Rename(id, "  Grandma’s phone\n")
	if n := g.Devices()[0].Name; n != "Grandma’s phone" {
		t.Errorf("%q", n)
	}
	g.Rename(id, " \t")
	if n := g.Devices()[0].Name; n != "Grandma’s phone" {
		t.Errorf("an empty name takes the old one away: %q", n)
	}
	g.Rename(99, "nobody")
}

func TestPolicyAndPermissions(t *testing.T) {
	g := New(Policy{Allow: Add}, nil, nil)
	if p := g.Policy(); p.Open || p.Allow != Add {
		t.Errorf("%+v", p)
	}
	g.SetPolicy(Policy{Open: true})
	if p := g.Policy(); !p.Open || p.Allow != Read {
		t.Errorf("%+v", p)
	}
	for _, name := range []string{"read", "add", "change"} {
		if p, ok := ParsePermission(name); !ok || p.String() != name {
			t.Errorf("%s: %v, %v", name, p, ok)
		}
	}
	if _, ok := ParsePermission("everything"); ok {
		t.Error("a made-up permission is understood")
	}
}

func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"iPhone", "", "\x00", "a\nb", "\u202egnp", "\xff", strings.Repeat("é", 99), " ", "👩‍👩‍👧"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := cleanName(name, "Device")
		if n := len([]rune(got)); n == 0 || n > maxName {
			t.Errorf("%q: %d letters", got, n)
		}
		for _, c := range got {
			if !unicode.IsGraphic(c) || c == '\n' {
				t.Errorf("%q holds %U", got, c)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	g := New(Policy{}, nil, nil)
	token, _ := g.EnterByKey(g.Key(), "", phone)
	b.ReportAllocs()
	for b.Loop() {
		if _, s := g.Find(token); s != In {
			b.Fatal(s)
		}
	}
}
