package settings

import (
	"slices"
	"strings"

	"windowsill/server"
)

// placesMax is how many networks are remembered.
const placesMax = 50

// Where returns at which address the person shares on a network, and what is to
// become of the share on another one.
func (s *Store) Where(network string) server.Where {
	w := server.Where{Roams: roams.Get(s), Silent: silent.Get(s)}
	if i := s.place(network); i >= 0 {
		f := strings.Split(places.Get(s)[i], "\t")
		w.Prefer, w.Alone = f[1], f[2] == "alone"
	}
	return w
}

// Knows reports whether an address is remembered for a network.
func (s *Store) Knows(network string) bool { return s.place(network) >= 0 }

// SetWhere remembers what [Store.Where] returns.
func (s *Store) SetWhere(network string, w server.Where) {
	roams.Set(s, w.Roams)
	silent.Set(s, w.Silent)
	if network == "" || strings.ContainsAny(network+w.Prefer, "\t") {
		return
	}
	list := slices.Clone(places.Get(s))
	if i := s.place(network); i >= 0 {
		list = slices.Delete(list, i, i+1)
	}
	alone := ""
	if w.Alone {
		alone = "alone"
	}
	places.Set(s, withFirst(list, network+"\t"+w.Prefer+"\t"+alone, placesMax))
}

// place returns the index of a network in places, or -1.
func (s *Store) place(network string) int {
	return slices.IndexFunc(places.Get(s), func(p string) bool {
		return network != "" && strings.HasPrefix(p, network+"\t") && strings.Count(p, "\t") == 2
	})
}

// WiFi returns the Wi-Fi of the large code, if the person wanted it to be remembered.
func (s *Store) WiFi() server.WiFi {
	f := wifi.Get(s)
	if len(f) != 3 {
		return server.WiFi{}
	}
	return server.WiFi{Name: f[0], Password: f[1], Hidden: f[2] != ""}
}

// SetWiFi remembers the Wi-Fi of the large code. One without a name is forgotten.
func (s *Store) SetWiFi(w server.WiFi) {
	if w.Name == "" {
		wifi.Remove(s)
		return
	}
	hidden := ""
	if w.Hidden {
		hidden = "hidden"
	}
	wifi.Set(s, []string{w.Name, w.Password, hidden})
}
