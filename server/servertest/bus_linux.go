package servertest

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// SystemBus makes an empty bus the system bus of this process and returns a
// connection for the services on it.
func SystemBus(t *testing.T) *dbus.Conn {
	t.Helper()
	folder, err := os.MkdirTemp("", "bus") // t.TempDir may hold what an address has to escape
	Must(t, err)
	t.Cleanup(func() { os.RemoveAll(folder) })
	daemon := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address", "--address=unix:dir="+folder)
	out, err := daemon.StdoutPipe()
	Must(t, err)
	if err := daemon.Start(); err != nil {
		Missing(t, "There is no dbus-daemon here: ", err)
	}
	t.Cleanup(func() { daemon.Process.Kill(); daemon.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	Must(t, err)
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", strings.TrimSpace(address))
	bus, err := dbus.ConnectSystemBus()
	Must(t, err)
	t.Cleanup(func() { bus.Close() })
	return bus
}
