package lan

import (
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
)

// machine is what a system says of its network, as a file of testdata has it.
// Nearly all were recorded on real machines; addresses that say where they are
// were replaced.
type machine struct {
	About      string
	Source     string // where it was published, or "composed"
	Windows    bool
	Sends      []netip.Addr
	Interfaces []struct {
		Name        string
		Addrs       []netip.Prefix
		Loopback    bool
		Sys         map[string]string // files in /sys/class/net/Name
		Type        uint32            // of GetAdaptersAddresses
		Description string            // likewise
		Gateway     bool              // likewise: whether there is one
	}
	Want []string // labels, best first
}

func TestRankOnMachines(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.json")
	if len(files) == 0 {
		t.Fatal("no machines")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var m machine
			b, err := os.ReadFile(file)
			if err == nil {
				err = json.Unmarshal(b, &m)
			}
			if err != nil {
				t.Fatal(err)
			}
			if m.Source == "" {
				t.Error("Where is it from?")
			}
			found := m.addresses()
			var got []string
			for _, a := range found {
				got = append(got, a.Label)
			}
			if !slices.Equal(got, m.Want) {
				t.Errorf("%s\n got %q\nwant %q", m.About, got, m.Want)
			}
			if found[0].Addr.IsLinkLocalUnicast() {
				t.Errorf("%v is first", found[0].Addr)
			}
		})
	}
}

func (m machine) addresses() []Address {
	sys, adapters := fstest.MapFS{}, map[string]Kind{}
	var all []netInterface
	for _, i := range m.Interfaces {
		all = append(all, netInterface{name: i.Name, loopback: i.Loopback, at: i.Addrs})
		adapters[i.Name] = adapter{i.Type, i.Name, i.Description, i.Gateway}.kind()
		for name, content := range i.Sys {
			sys[i.Name+"/"+name] = &fstest.MapFile{Data: []byte(content)}
		}
	}
	s := system{kind: func(name string) Kind { return kindOf(sys, name) }, chosen: m.Sends}
	if m.Windows {
		s.kind = func(name string) Kind { return adapters[name] }
	}
	return rank(s.candidates(all))
}
