package server

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"windowsill/server/servertest"
)

// inside is set in the environment of a test that runs in namespaces of its own.
const inside = "WINDOWSILL_TEST_INSIDE"

// inNamespace runs the test as root of a network and of mounts of its own, and
// reports whether this is already inside.
func inNamespace(t *testing.T) bool {
	t.Helper()
	if os.Getenv(inside) == "" {
		t.Parallel()
		runInNamespace(t)
		return false
	}
	must(t, syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
	return true
}

// inNetwork is inNamespace with two network cards at one cable, "lan0" and
// "other0", both without an address.
func inNetwork(t *testing.T) bool {
	t.Helper()
	if _, err := exec.LookPath("ip"); err != nil {
		servertest.Missing(t, "There is no ip command.")
	}
	if !inNamespace(t) {
		return false
	}
	ip(t, "link add lan0 type veth peer name other0")
	for _, name := range []string{"lo", "lan0", "other0"} {
		ip(t, "link set up dev "+name)
	}
	return true
}

func runInNamespace(t *testing.T) {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	c.Env = append(os.Environ(), inside+"=1")
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if uid := os.Getuid(); uid != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := c.CombinedOutput()
	if _, ran := err.(*exec.ExitError); err != nil && !ran {
		servertest.Missing(t, "The system lets nobody make a namespace: "+err.Error())
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// ip runs the command of that name, with arguments that hold no blanks.
func ip(t *testing.T, arguments string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ip", strings.Fields(arguments)...).CombinedOutput()
	if err != nil {
		t.Fatalf("ip %s: %v\n%s", arguments, err, out)
	}
	return string(out)
}
