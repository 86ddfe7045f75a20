package reach

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// tools are where administrators' programs are. Whatever else the person's PATH
// names must not get an administrator's rights.
var tools = []string{"/usr/sbin", "/usr/bin", "/sbin", "/bin"}

// dismissed is how pkexec(1) ends when the person closes its prompt.
const dismissed = 126

// canAllow reports whether Allow could run a command.
func canAllow(command string) bool {
	_, err := exec.LookPath("pkexec")
	return err == nil && asAdministrator(command, tools) != nil
}

// Allow runs the command that lets devices in, and reports whether that was done:
// the system asks the owner for a password first, which may take as long as it
// takes, and which they may not give. ctx ends that.
func Allow(ctx context.Context, o Obstacle) (done bool, err error) { return allow(ctx, o, tools) }

func allow(ctx context.Context, o Obstacle, tools []string) (done bool, err error) {
	args := asAdministrator(o.Command, tools)
	if args == nil {
		return false, ErrNotAllowed
	}
	// The agent for terminals is left out: nobody may be looking at one.
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

// asAdministrator returns a harmless command without sudo and with the whole
// path of its program; nil if it is another, or the program is not there.
func asAdministrator(command string, tools []string) []string {
	if !harmless.MatchString(command) {
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
