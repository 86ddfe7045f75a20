package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReceivedFolderIsBelowTheOneForDownloads(t *testing.T) {
	for _, c := range []struct{ dirs, want string }{
		{"", "/home/x/Downloads/Received"},
		{"# comment\nXDG_DESKTOP_DIR=\"$HOME/Desktop\"\nXDG_DOWNLOAD_DIR=\"$HOME/Téléchargements\"\n", "/home/x/Téléchargements/Received"},
		{"XDG_DOWNLOAD_DIR=\"/srv/down \\$ \\\"loads\\\"\"\n", `/srv/down $ "loads"/Received`},
		{"XDG_DOWNLOAD_DIR=\"$HOME/\"\n", "/home/x/Downloads/Received"},
		{"XDG_DOWNLOAD_DIR=\"$HOME\"\n", "/home/x/Downloads/Received"},
		{"XDG_DOWNLOAD_DIR=\"downloads\"\n", "/home/x/Downloads/Received"},
		{"  XDG_DOWNLOAD_DIR=\"$HOME/a\"\nXDG_DOWNLOAD_DIR=\"$HOME/b\"\n", "/home/x/b/Received"},
	} {
		config := t.TempDir()
		t.Setenv("HOME", "/home/x")
		t.Setenv("XDG_CONFIG_HOME", config)
		if c.dirs != "" {
			if err := os.WriteFile(filepath.Join(config, "user-dirs.dirs"), []byte(c.dirs), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := ReceivedFolder(); got != c.want || err != nil {
			t.Errorf("with %q: %q, %v; want %q", c.dirs, got, err, c.want)
		}
	}
}
