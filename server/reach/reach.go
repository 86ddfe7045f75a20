// Package reach looks what might keep devices from a port of this computer, as
// far as the computer itself can know: whether its own address answers, and
// whether a firewall is on that would drop what comes in.
//
// Looking changes nothing, asks for no right that the program does not have, and
// sends nothing to the network. Only [Allow] changes a firewall, when the owner
// says so and the system lets them.
package reach

import (
	"context"
	"net"
	"net/netip"
	"os/exec"
	"strconv"
	"time"
)

// Port is what devices have to reach.
type Port struct {
	Number    int        // TCP, 1 to 65535
	Addr      netip.Addr // that of this computer which they use
	Interface string     // that it belongs to, "wlan0"
}

// Obstacle is what is in their way. The zero value is nothing.
type Obstacle struct {
	Silent   bool   // the computer does not even answer itself
	Firewall string // its name, "ufw"; "" if none was found
	Sure     bool   // the firewall blocks; otherwise it may, and does not let one look
	Command  string // that opens it, for a terminal; "" if there is none
	CanAllow bool   // Allow can run the command
}

// Look looks for an obstacle until ctx is done.
func Look(ctx context.Context, p Port) Obstacle {
	found := firewall(ctx, p)
	found.Silent, found.CanAllow = !answers(ctx, p), canAllow(found.Command)
	return found
}

// answers reports whether this computer reaches the port by the address that
// devices use.
func answers(ctx context.Context, p Port) bool {
	d := net.Dialer{Timeout: 2 * time.Second}
	c, err := d.DialContext(ctx, "tcp", net.JoinHostPort(p.Addr.String(), strconv.Itoa(p.Number)))
	if err != nil {
		return false
	}
	c.Close()
	return true
}

// output returns what a program prints that is part of the system; nothing if
// it is not there or may not be asked.
func output(ctx context.Context, name string, args ...string) []byte {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	hideWindow(c)
	out, err := c.Output()
	if err != nil {
		return nil
	}
	return out
}
