//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// otherComputer stands for a computer on the network of this one: a network
// namespace, connected to here by a virtual cable. The program runs there, and a
// request from here comes from another device.
type otherComputer struct {
	name string
	addr string // the address of the other end of the cable
	here string // the interface at this end of the cable
	net  int    // the third number of all its addresses
}

// newOtherComputer makes a network namespace, which needs root and a kernel, or a
// container, that lets root do it.
func newOtherComputer(t *testing.T) otherComputer {
	t.Helper()
	ip := need(t, "ip")
	if os.Getuid() != 0 {
		t.Skip("Only root can make a network to test in.")
	}
	o := newNamespace(t, ip)
	t.Cleanup(func() { exec.Command(ip, "netns", "del", o.name).Run() }) // takes the cable with it
	for _, step := range [][]string{
		{"netns", "exec", o.name, "true"},
		{"addr", "add", o.at(77, 1, "/24"), "dev", o.here},
		{"link", "set", o.here, "up"},
		{"-n", o.name, "addr", "add", o.addr + "/24", "dev", "eth0"},
		{"-n", o.name, "link", "set", "eth0", "up"},
		{"-n", o.name, "link", "set", "lo", "up"},
	} {
		if out, err := exec.Command(ip, step...).CombinedOutput(); err != nil {
			skipWithoutNamespaces(t, step, out)
		}
	}
	return o
}

// newNamespace makes a namespace and its cable, with a number that nobody has:
// tests may run side by side, and a cable lives on for a moment after its
// namespace.
func newNamespace(t *testing.T, ip string) otherComputer {
	t.Helper()
	for {
		n := rand.IntN(250)
		o := otherComputer{name: fmt.Sprintf("windowsill%d", n), here: fmt.Sprintf("ws%da", n), net: n}
		o.addr = o.at(77, 2, "")
		namespace, cable := []string{"netns", "add", o.name}, []string{"link", "add", o.here, "type", "veth", "peer", "name", "eth0", "netns", o.name}
		out, err := exec.Command(ip, namespace...).CombinedOutput()
		if taken(out) {
			continue
		}
		if err != nil {
			skipWithoutNamespaces(t, namespace, out)
		}
		out, err = exec.Command(ip, cable...).CombinedOutput()
		if err == nil {
			return o
		}
		exec.Command(ip, "netns", "del", o.name).Run()
		if !taken(out) {
			skipWithoutNamespaces(t, cable, out)
		}
	}
}

// taken reports whether ip says that a name is in use.
func taken(out []byte) bool { return bytes.Contains(out, []byte("File exists")) }

// skipWithoutNamespaces skips a test where even root cannot make a network, as in
// most containers.
func skipWithoutNamespaces(t *testing.T, step []string, out []byte) {
	t.Helper()
	skip(t, fmt.Sprintf("This kernel or container has no network namespaces to test in: ip %s: %s", strings.Join(step, " "), bytes.TrimSpace(out)))
}

// ip changes the network of the other computer.
func (o otherComputer) ip(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("ip", append([]string{"-n", o.name}, args...)...).CombinedOutput(); err != nil {
		t.Fatalf("ip -n %s %s: %v: %s", o.name, strings.Join(args, " "), err, out)
	}
}

// run runs a command on the other computer.
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
	if out, err := exec.Command("ip", "addr", "add", o.at(x, 1, "/24"), "dev", o.here).CombinedOutput(); err != nil {
		t.Fatalf("ip addr add: %v: %s", err, out)
	}
}

// at returns the address 10.x.N.last, followed by a prefix length such as "/24"
// or nothing.
func (o otherComputer) at(x, last int, prefix string) string {
	return fmt.Sprintf("10.%d.%d.%d%s", x, o.net, last, prefix)
}

// command returns the command line that runs a command on the other computer.
func (o otherComputer) command(args ...string) []string {
	return append([]string{"ip", "netns", "exec", o.name}, args...)
}
