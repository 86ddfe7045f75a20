package reach

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// tools are the folders of system programs. Programs elsewhere in PATH must not
// get an administrator's rights.
var tools = []string{"/usr/sbin", "/usr/bin", "/sbin", "/bin"}

// dismissed is the exit status of pkexec(1) if its dialog was closed.
const dismissed = 126

// canAllow reports whether Allow can run a command.
func canAllow(command string) bool {
	_, err := exec.LookPath("pkexec")
	return err == nil && asAdministrator(command, tools) != nil
}

// Allow runs the command that opens the firewall, and reports whether it did. The
// system asks the owner for a password first, for as long as ctx lasts. If they
// do not give it, that is no error.
func Allow(ctx context.Context, o Obstacle) (done bool, err error) { return allow(ctx, o, tools) }

func allow(ctx context.Context, o Obstacle, tools []string) (done bool, err error) {
	args := asAdministrator(o.Command, tools)
	if args == nil {
		return false, ErrNotAllowed
	}
	// Without the agent for terminals, since nobody may be looking at one.
	out, err := exec.CommandContext(ctx, "pkexec", append([]string{"--disable-internal-agent"}, args...)...).CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return true, nil
	case ctx.Err() != nil, errors.As(err, &exit) && exit.ExitCode() == dismissed:
		return false, nil
	}
	return false, fmt.Errorf("%w: %w: %s", ErrNotAllowed, err, out)
}

// asAdministrator returns the arguments of an allowed command, without sudo and
// with the path of its program; nil if there is no such program.
func asAdministrator(command string, tools []string) []string {
	if !allowCommand().MatchString(command) {
		return nil
	}
	args := strings.Fields(command)[1:]
	for _, dir := range tools {
		if path, err := exec.LookPath(filepath.Join(dir, args[0])); err == nil {
			args[0] = path
			return args
		}
	}
	return nil
}
