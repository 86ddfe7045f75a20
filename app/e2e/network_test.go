//go:build linux

package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// otherComputer makes a computer of its own for the program, as far as the
// network goes: a network namespace with one cable to here. What comes from
// here is then another computer to the program.
type otherComputer struct {
	name string
	addr string // the other computer's address, which the program shows
	here string // the name of the cable's end here
	net  int    // the third number of all addresses
}

// newOtherComputer needs the right to make such things, which ordinary people
// do not have.
func newOtherComputer(t *testing.T) otherComputer {
	t.Helper()
	ip := need(t, "ip")
	if os.Getuid() != 0 {
		t.Skip("Only an administrator can make a network to test in.")
	}
	number := rand.IntN(250) // by chance, so that tests side by side do not share a network
	o := otherComputer{name: fmt.Sprintf("windowsill%d", number), addr: fmt.Sprintf("10.77.%d.2", number), here: fmt.Sprintf("ws%da", number), net: number}
	here, there := o.here, "eth0"
	run := func(args ...string) error {
		out, err := exec.Command(ip, args...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, out)
		}
		return nil
	}
	t.Cleanup(func() { run("netns", "del", o.name) }) // takes the cable with it
	for _, step := range [][]string{
		{"netns", "add", o.name},
		{"link", "add", here, "type", "veth", "peer", "name", there, "netns", o.name},
		{"addr", "add", fmt.Sprintf("10.77.%d.1/24", number), "dev", here},
		{"link", "set", here, "up"},
		{"-n", o.name, "addr", "add", o.addr + "/24", "dev", there},
		{"-n", o.name, "link", "set", there, "up"},
		{"-n", o.name, "link", "set", "lo", "up"},
	} {
		if err := run(step...); err != nil {
			if strings.Contains(err.Error(), "not permitted") {
				t.Skip("This machine does not let an administrator make a network: ", err)
			}
			t.Fatal(err)
		}
	}
	return o
}

// ip changes something of the other computer's network.
func (o otherComputer) ip(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("ip", append([]string{"-n", o.name}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("ip -n %s %s: %v: %s", o.name, strings.Join(args, " "), err, out)
	}
}

// run runs a program there.
func (o otherComputer) run(t *testing.T, args ...string) {
	t.Helper()
	c := o.command(args...)
	if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", strings.Join(c, " "), err, out)
	}
}

// addHere gives this end of the cable one more address, 10.x.N.1/24.
func (o otherComputer) addHere(t *testing.T, x int) {
	t.Helper()
	if out, err := exec.Command("ip", "addr", "add", fmt.Sprintf("10.%d.%d.1/24", x, o.net), "dev", o.here).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// at is an address on the cable, 10.x.N.last, with its network if that is
// wanted.
func (o otherComputer) at(x, last int, network string) string {
	return fmt.Sprintf("10.%d.%d.%d%s", x, o.net, last, network)
}

// command puts a command line on the other computer.
func (o otherComputer) command(args ...string) []string {
	return append([]string{"ip", "netns", "exec", o.name}, args...)
}
