package server

import (
	"testing"

	"windowsill/server/lan"
)

func TestAnnouncedAreTheAddressesOutside(t *testing.T) {
	if got := outside([]lan.Address{atHome, inDocker, itself}); len(got) != 1 || got[0] != atHome {
		t.Errorf("%v", got)
	}
	if got := outside([]lan.Address{inDocker}); len(got) != 1 {
		t.Errorf("in a container: %v", got)
	}
}
