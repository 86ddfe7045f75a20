package reach

import (
	"context"
	"net"
	"net/netip"
	"os/exec"
	"strconv"
	"time"
)

// Port is a port that devices want to reach.
type Port struct {
	Number    int        // TCP, 1 to 65535
	Addr      netip.Addr // of this computer, which they connect to
	Interface string     // that has the address, "wlan0"
}

// Obstacle is what keeps devices from a port. The zero value is nothing.
type Obstacle struct {
	Silent   bool   // not even the computer itself can connect
	Firewall string // the name of a firewall, "ufw"; "" if none was found
	Sure     bool   // the firewall does block; otherwise it may, which cannot be read
	Command  string // for a terminal, which opens the firewall; "" if there is none
	CanAllow bool   // Allow can run the command
}

// Look looks for an obstacle until ctx is done.
func Look(ctx context.Context, p Port) Obstacle {
	found := firewall(ctx, p)
	found.Silent, found.CanAllow = !answers(ctx, p), canAllow(found.Command)
	return found
}

// answers reports whether this computer can connect to the port.
func answers(ctx context.Context, p Port) bool {
	d := net.Dialer{Timeout: 2 * time.Second}
	c, err := d.DialContext(ctx, "tcp", net.JoinHostPort(p.Addr.String(), strconv.Itoa(p.Number)))
	if err != nil {
		return false
	}
	c.Close()
	return true
}

// output returns the output of a program of the system, or nil if it does not
// exist or fails.
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
