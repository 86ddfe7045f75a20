package reach

import (
	"bytes"
	"context"
	"os"
	"strconv"
)

const socketFilter = "/usr/libexec/ApplicationFirewall/socketfilterfw"

// firewall asks the application firewall of macOS about this program.
func firewall(ctx context.Context, _ Port) Obstacle {
	program, err := os.Executable()
	if err != nil || !bytes.Contains(output(ctx, socketFilter, "--getglobalstate"), []byte("enabled")) {
		return Obstacle{}
	}
	if bytes.Contains(output(ctx, socketFilter, "--getblockall"), []byte("enabled")) {
		return Obstacle{Firewall: "macOS", Sure: true, Command: "sudo " + socketFilter + " --setblockall off"}
	}
	if bytes.Contains(output(ctx, socketFilter, "--getappblocked", program), []byte("blocked")) {
		return Obstacle{Firewall: "macOS", Sure: true, Command: "sudo " + socketFilter + " --unblockapp " + strconv.Quote(program)}
	}
	return Obstacle{}
}
