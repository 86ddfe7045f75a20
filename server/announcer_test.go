package server

import (
	"testing"

	"windowsill/server/announce"
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

// The run is closed while its addresses are being followed.
func TestNothingIsAnnouncedAfterClose(t *testing.T) {
	a := &announcer{changed: func() {}}
	a.close()
	a.update(announce.Service{Name: "photos", Port: 8000}, []lan.Address{atHome})
	if a.current != nil {
		a.current.Close()
		t.Error("it is announced")
	}
}
