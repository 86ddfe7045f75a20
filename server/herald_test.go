package server

import (
	"net/http"
	"testing"
	"time"

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

func TestShareGetsANameOnThisComputersNetwork(t *testing.T) {
	all, err := lan.Addresses()
	if err != nil || len(all) == 0 || all[0].Kind == lan.Loopback {
		t.Skip("this computer is on no network")
	}
	s, url := start(t, Options{Announce: true}, Share{Folder: tree(t, map[string]string{"a": "x"})})
	named := make(chan string, 1)
	cancel := s.Watch(func(snap Snapshot) {
		if snap.Network.Name != "" {
			select {
			case named <- snap.Network.Name:
			default:
			}
		}
	})
	defer cancel()
	select {
	case <-named:
	case <-time.After(10 * time.Second):
		t.Skip("this computer's network carries no multicast")
	}
	q, _ := http.NewRequest(http.MethodGet, url+"/a", nil)
	q.Host = s.running().herald.host()
	r, err := http.DefaultClient.Do(q)
	must(t, err)
	r.Body.Close()
	if r.StatusCode != http.StatusOK {
		t.Errorf("by its name it answers %s", r.Status)
	}
	must(t, s.SetWhere(Where{Silent: true}))
	if name := s.Snapshot().Network.Name; name != "" {
		t.Errorf("silent, it is called %q", name)
	}
}
