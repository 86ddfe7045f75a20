package app

import (
	"os"
	"path/filepath"
	"testing"

	"windowsill/server"
)

func TestFoundText(t *testing.T) {
	for _, c := range []struct {
		look server.Look
		want string
	}{
		{server.Look{Files: 1243, Bytes: 3_400_000_000, Complete: true}, "1,243 files · 3.4 GB"},
		{server.Look{Files: 70_000, Bytes: 9_000_000_000}, "more than 70,000 files · 9 GB"},
		{server.Look{Complete: true}, "no files"},
		{server.Look{}, "not counted"},
	} {
		if got := foundText(c.look); got != c.want {
			t.Errorf("%+v: %q, want %q", c.look, got, c.want)
		}
	}
}

func TestExisting(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a, b := t.TempDir(), t.TempDir()
	gone := filepath.Join(dir, "gone")
	got := existing([][]server.Item{itemsOf([]string{gone}), itemsOf([]string{a}), itemsOf([]string{gone, file}), itemsOf([]string{b})}, 2)
	if len(got) != 2 || got[0][0].Path != a || len(got[1]) != 2 {
		t.Errorf("%v", got)
	}
}
