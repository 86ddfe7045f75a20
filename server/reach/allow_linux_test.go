package reach

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// script makes a program of a shell script.
func script(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestAllowRunsTheCommandAsAdministrator(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	ran := filepath.Join(dir, "ran")
	t.Setenv("RAN", ran)
	script(t, filepath.Join(dir, "pkexec"), `printf '%s\n' "$@" > "$RAN"; exit ${ENDS:-0}`)
	script(t, filepath.Join(dir, "ufw"), "exit 1")
	for _, c := range []struct {
		name, command, ends string
		want                error
		ran                 bool
	}{
		{"allowed", "sudo ufw allow 8000/tcp", "0", nil, true},
		{"the prompt was closed", "sudo ufw allow 8000/tcp", "126", nil, true},
		{"nobody is there to ask", "sudo ufw allow 8000/tcp", "127", ErrNotAllowed, true},
		{"another command", "sudo ufw disable", "0", ErrNotAllowed, false},
		{"its program is not there", "sudo nft insert rule ip a b tcp dport 1 accept", "0", ErrNotAllowed, false},
	} {
		os.Remove(ran)
		t.Setenv("ENDS", c.ends)
		done, err := allow(t.Context(), Obstacle{Command: c.command}, []string{dir})
		if !errors.Is(err, c.want) || done != (c.ran && c.ends == "0") {
			t.Errorf("%s: %v, %v, want %v", c.name, done, err, c.want)
		}
		args, err := os.ReadFile(ran)
		if c.ran != (err == nil) {
			t.Errorf("%s: whether it ran: %v", c.name, err)
		}
		want := "--disable-internal-agent\n" + filepath.Join(dir, "ufw") + "\nallow\n8000/tcp\n"
		if c.ran && string(args) != want {
			t.Errorf("%s: it ran %q, want %q", c.name, args, want)
		}
	}
}

func TestOnlyOurOwnCommandsAreAllowed(t *testing.T) {
	for command, want := range map[string]bool{
		"sudo ufw allow 8000/tcp": true,
		"sudo firewall-cmd --zone=FedoraWorkstation --add-port=8000/tcp":      true,
		"sudo firewall-cmd --add-port=8000/tcp":                               true,
		"sudo firewall-cmd --zone=x --remove-port=8000/tcp":                   false,
		"sudo firewall-cmd --zone=x\n--panic-on --add-port=8000/tcp":          false,
		"sudo firewall-cmd --zone= --add-port=8000/tcp":                       false,
		"sudo nft insert rule inet guard input tcp dport 8000 accept":         true,
		"sudo nft insert rule inet -f /tmp/x tcp dport 8000 accept":           false,
		"sudo nft insert rule inet guard a;flush tcp dport 8000 accept":       false,
		"sudo nft insert rule inet guard input tcp dport 8000 accept; reboot": false,
		"":      false,
		"rm -r": false,
	} {
		if got := allowCommand().MatchString(command); got != want {
			t.Errorf("%s: %v", strings.ReplaceAll(command, "\n", `\n`), got)
		}
	}
}
