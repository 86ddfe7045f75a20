package access

import (
	"errors"
	"net/netip"
	"testing"
)

// A drive asks again and again, with the PIN that it was given once.
func TestDriveKeepsItsPIN(t *testing.T) {
	drive := DeviceInfo{Addr: laptop.Addr, Name: "GNOME Files"}
	for _, c := range []struct {
		name   string
		end    func(*Guard, uint64)
		old    error // with the PIN that it came in with
		anew   error // with the PIN of now
		status Status
	}{
		{"nothing happens", func(*Guard, uint64) {}, nil, nil, In},
		{"new code", func(g *Guard, _ uint64) { g.NewCode(false) }, nil, nil, In},
		{"new code, all away", func(g *Guard, _ uint64) { g.NewCode(true) }, ErrWrongPIN, nil, In},
		{"sent away", func(g *Guard, id uint64) { g.Decide(id, SendAway) }, ErrWrongPIN, ErrWrongPIN, Away},
		{"sent away, then a new code", func(g *Guard, id uint64) { g.Decide(id, SendAway); g.NewCode(false) }, ErrWrongPIN, nil, In},
		{"a new code, then sent away", func(g *Guard, id uint64) { g.NewCode(false); g.Decide(id, SendAway) }, ErrWrongPIN, ErrWrongPIN, Away},
		{"sent away and let in", func(g *Guard, id uint64) { g.Decide(id, SendAway); g.Decide(id, LetIn) }, nil, nil, In},
		{"blocked", func(g *Guard, id uint64) { g.Decide(id, Block) }, ErrBlocked, ErrBlocked, Blocked},
		{"guessed at by others", func(g *Guard, _ uint64) {
			for i := range floodAfter {
				g.EnterByPIN(wrong(g), "", DeviceInfo{Addr: netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})})
			}
		}, nil, nil, In},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, _ := guard(t)
			old := g.PIN().Digits
			id, err := g.Program("visitor", Typed(old), drive)
			if err != nil {
				t.Fatal(err)
			}
			c.end(g, id)
			pin := g.PIN().Digits
			for range 2 * freeGuesses { // a drive does not give up
				if _, err := g.Program("visitor", Typed(old), drive); !errors.Is(err, c.old) {
					t.Fatalf("with its PIN: %v, want %v", err, c.old)
				}
			}
			if g.PIN().Digits != pin {
				t.Error("the drive made the PIN change")
			}
			if _, err := g.Program("visitor", Typed(g.PIN().Digits), drive); !errors.Is(err, c.anew) && c.name != "guessed at by others" {
				t.Errorf("with the PIN of now: %v, want %v", err, c.anew)
			}
			if d := g.Devices(); len(d) != 1 || d[0].Status != c.status || d[0].ID != id {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestProgramsAreToldApart(t *testing.T) {
	g, _ := guard(t)
	come := func(user string, from DeviceInfo) uint64 {
		id, err := g.Program(user, Typed(g.PIN().Digits), from)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	drive := DeviceInfo{Addr: laptop.Addr, Name: "davfs2"}
	first := come("anna", drive)
	if again := come("anna", drive); again != first {
		t.Error("the same drive is another device")
	}
	for name, id := range map[string]uint64{
		"user":    come("ben", drive),
		"program": come("anna", DeviceInfo{Addr: drive.Addr, Name: "rclone"}),
		"address": come("anna", DeviceInfo{Addr: phone.Addr, Name: "davfs2"}),
	} {
		if id == first {
			t.Errorf("with another %s it is the same device", name)
		}
	}
	g.Rename(first, "The laptop")
	if come("anna", drive) != first {
		t.Error("with a name of the owner's choice it is another device")
	}
	g.Decide(first, SendAway)
	if _, err := g.Program("ben", Typed(g.PIN().Digits), drive); err != nil {
		t.Errorf("another user of the computer was sent away too: %v", err)
	}
}

// Who says to be a drive that is in cannot guess more than others.
func TestGuessingAsADriveThatIsIn(t *testing.T) {
	g, _ := guard(t)
	drive := DeviceInfo{Addr: laptop.Addr, Name: "davfs2"}
	if _, err := g.Program("", Typed(g.PIN().Digits), drive); err != nil {
		t.Fatal(err)
	}
	for range freeGuesses {
		if _, err := g.Program("", Typed(wrong(g)), drive); !errors.Is(err, ErrWrongPIN) {
			t.Fatal(err)
		}
	}
	_, err := g.Program("", Typed(g.PIN().Digits), drive)
	if _, waits := errors.AsType[*WaitError](err); !waits {
		t.Errorf("after %d wrong PINs even the right one has to wait: %v", freeGuesses, err)
	}
}
