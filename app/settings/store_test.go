package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"windowsill/server"
)

// useHome gives the test a home of its own, and returns where its settings will be.
func useHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for _, name := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(name, home)
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "windowsill", "settings.json")
}

func TestSettingsAreThereTheNextTime(t *testing.T) {
	path := useHome(t)
	s := Load()
	for i := range 100 {
		Port.Set(s, i)
	}
	Folder.Set(s, "/srv/Grüße")
	recent.Set(s, []string{"/a", "/b"})
	Hidden.Set(s, true)
	Width.Set(s, 900.5)
	s.Wait()

	again := Load()
	if Port.Get(again) != 99 || Folder.Get(again) != "/srv/Grüße" || !Hidden.Get(again) ||
		len(again.RecentShares()) != 3 || Width.Get(again) != 900.5 {
		t.Errorf("The next time: %s", again.values)
	}
	if others, _ := os.ReadDir(filepath.Dir(path)); len(others) != 1 {
		t.Errorf("Beside the file are %v.", others)
	}
}

// Files of earlier versions have these names.
func TestNamesInTheFileStay(t *testing.T) {
	path := useHome(t)
	os.MkdirAll(filepath.Dir(path), 0o700)
	const file = `{"folder": "/srv", "port": 9000, "hidden": true, "look": "dark", "language": "de", "tray": true, "share at once": true, "log file": true,
		"width": 900, "height": 680.5, "visitors": "add", "speed": 1000, "speed per device": 500, "connections": 20, "added file": 10, "added files": 100,
		"places": ["aa:bb\teth0\talone"], "roams": true, "wifi": ["Home", "secret", "hidden"], "accepted": ["/home"], "recent": ["/srv"]}`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	s := Load()
	if Folder.Get(s) != "/srv" || Port.Get(s) != 9000 || !Hidden.Get(s) || Theme.Get(s) != "dark" || Language.Get(s) != "de" ||
		!Tray.Get(s) || !ShareAtOnce.Get(s) || s.LogFile() == "" || Width.Get(s) != 900 || Height.Get(s) != 680.5 {
		t.Errorf("%s", s.values)
	}
	if got := s.Policy(server.Policy{}, false).Allow; got != server.Add {
		t.Errorf("Visitors may %v.", got)
	}
	if got, want := s.Bounds(), (server.Bounds{Most: server.Most{All: 1000, PerDevice: 500}, Connections: 20, File: 10, Added: 100}); got != want {
		t.Errorf("The limits are %+v.", got)
	}
	if got, want := s.Where("aa:bb"), (server.Where{Prefer: "eth0", Alone: true, Roams: true}); got != want {
		t.Errorf("It shares at %+v.", got)
	}
	if got, want := s.WiFi(), (server.WiFi{Name: "Home", Password: "secret", Hidden: true}); got != want {
		t.Errorf("The Wi-Fi is %+v.", got)
	}
	if !s.Accepted("/home") || s.Accepted("/srv") || len(s.RecentShares()) != 1 {
		t.Errorf("%s", s.values)
	}
}

func TestDamagedFileCountsAsNone(t *testing.T) {
	path := useHome(t)
	for _, content := range []string{"", `{"port": 80`, "\x00\x00", `[1]`, `{"port": "eighty", "recent": 3}`} {
		os.MkdirAll(filepath.Dir(path), 0o700)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s := Load()
		if Port.Get(s) != DefaultPort || s.RecentShares() != nil {
			t.Errorf("%q: %s", content, s.values)
		}
		Port.Set(s, 8001)
		s.Wait()
		if Port.Get(Load()) != 8001 {
			t.Errorf("%q: nothing can be remembered any more.", content)
		}
	}
}

// A write that did not come to its end leaves the file as it was.
func TestSettingsSurviveACrash(t *testing.T) {
	path := useHome(t)
	s := Load()
	Port.Set(s, 8001)
	s.Wait()
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), ".settings-1"), []byte(`{"po`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Port.Get(Load()); got != 8001 {
		t.Errorf("The port is %d, want 8001.", got)
	}
}

func TestNetworkIsRememberedOnce(t *testing.T) {
	var s Store
	for i := range placesMax + 10 {
		s.SetWhere(string(rune('a'+i)), server.Where{Prefer: "eth0"})
	}
	s.SetWhere("a", server.Where{Prefer: "wlan0", Alone: true})
	s.SetWhere("a", server.Where{Prefer: "wlan1"})
	s.SetWhere("", server.Where{Prefer: "nowhere"})
	s.SetWhere("tab\t", server.Where{Prefer: "nowhere"})
	if got := s.Where("a"); got != (server.Where{Prefer: "wlan1"}) {
		t.Errorf("It shares at %+v.", got)
	}
	if n := len(places.Get(&s)); n != placesMax {
		t.Errorf("%d networks are remembered, want %d.", n, placesMax)
	}
	if s.Knows("") || s.Knows("c") || !s.Knows("a") {
		t.Error("The latest networks are not those that are known.")
	}
}

func TestWithFirst(t *testing.T) {
	list := []string{"a", "b", "c"}
	got := withFirst(list, "c", 3)
	if len(got) != 3 || got[0] != "c" || got[1] != "a" || got[2] != "b" || list[0] != "a" {
		t.Errorf("%q of %q", got, list)
	}
	if got := withFirst(list, "d", 3); len(got) != 3 || got[0] != "d" {
		t.Errorf("%q", got)
	}
}

// Sets of an earlier time come back as they were, also after versions that knew one
// folder at a time.
func TestRecentShares(t *testing.T) {
	var s Store
	Folder.Set(&s, "/srv")
	recent.Set(&s, []string{"/srv", "/home/mia"})
	all := func(path string) server.Item { return server.Item{Path: path, Most: server.Change} }
	want := func(want ...[]server.Item) {
		t.Helper()
		if got := s.RecentShares(); !reflect.DeepEqual(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
	srv, mia := []server.Item{all("/srv")}, []server.Item{all("/home/mia")}
	want(srv, mia)
	several := server.Share{Items: []server.Item{all("/a.pdf"), {Path: "/b", Most: server.Read}, {Path: "/c", Most: server.Add}}}
	s.Shared(several)
	want(several.Items, srv, mia)
	s.Shared(server.Share{Folder: "/home/mia"})
	s.Shared(several)
	want(several.Items, mia, srv)
	now := server.Share{Items: append(slices.Clone(several.Items), all("/d"))}
	now.Items[1].Most = server.Change
	s.Changed(several, now)
	want(now.Items, mia, srv)
	s.Shared(server.Share{Items: make([]server.Item, setMax+1)})
	want(now.Items, mia, srv)
	for i := range 3 * RecentMax {
		s.Shared(server.Share{Folder: string(rune('a' + i))})
	}
	if got := len(s.RecentShares()); got != 2*RecentMax {
		t.Errorf("%d are remembered.", got)
	}
}

// What versions before rights had written is read, and what has no rights is written as
// they did.
func TestRecentSharesInTheFile(t *testing.T) {
	path := useHome(t)
	os.MkdirAll(filepath.Dir(path), 0o700)
	for _, c := range []struct {
		name, file string
		want       []server.Item
		written    string
	}{
		{"paths alone", `[["/srv", "/a.pdf"]]`, []server.Item{{Path: "/srv", Most: server.Change}, {Path: "/a.pdf", Most: server.Change}}, `[["/srv","/a.pdf"]]`},
		{"rights", `[["/srv", {"path": "/b", "most": "add"}]]`, []server.Item{{Path: "/srv", Most: server.Change}, {Path: "/b", Most: server.Add}}, `[["/srv",{"path":"/b","most":"add"}]]`},
		{"rights of a later version", `[[{"path": "/b", "most": "comment", "until": 7}]]`, []server.Item{{Path: "/b", Most: server.Read}}, `[[{"path":"/b","most":"read"}]]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.WriteFile(path, []byte(`{"shares": `+c.file+`}`), 0o600); err != nil {
				t.Fatal(err)
			}
			s := Load()
			got := s.RecentShares()
			if len(got) != 1 || !slices.Equal(got[0], c.want) {
				t.Fatalf("%v", got)
			}
			s.Shared(server.Share{Items: got[0]})
			if s.Wait(); string(s.values["shares"]) != c.written {
				t.Errorf("written: %s", s.values["shares"])
			}
		})
	}
}
