//go:build linux

package main

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
	o := otherComputer{name: fmt.Sprintf("windowsill%d", number), addr: fmt.Sprintf("10.77.%d.2", number)}
	here, there := fmt.Sprintf("ws%da", number), fmt.Sprintf("ws%db", number)
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

// command puts a command line on the other computer.
func (o otherComputer) command(args ...string) []string {
	return append([]string{"ip", "netns", "exec", o.name}, args...)
}
