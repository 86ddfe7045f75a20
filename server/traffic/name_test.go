package traffic

import (
	"strings"
	"testing"
)

const iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"

var agents = []struct {
	agent, name string
	mobile      bool
}{
	{iPhone, "iPhone · Safari", true},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/123.0 Mobile/15E148 Safari/604.1", "iPhone · Chrome", true},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/124.0 Mobile/15E148 Safari/605.1.15", "iPhone · Firefox", true},
	{"Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1", "iPad · Safari", true},
	{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36", "Android · Chrome", true},
	{"Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0", "Android · Firefox", true},
	{"Mozilla/5.0 (Linux; Android 13; SM-S901B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36", "Android · Samsung Internet", true},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:125.0) Gecko/20100101 Firefox/125.0", "Mac · Firefox", false},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15", "Mac · Safari", false},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0", "Windows · Edge", false},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36", "Windows · Chrome", false},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36 OPR/109.0", "Windows · Opera", false},
	{"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", "Linux · Firefox", false},
	{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36", "Chromebook · Chrome", false},
	{"Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36", "TV", false},
	{"Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15", "PlayStation · Safari", false},
	{"Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)", "Android · Dalvik", true},
	{"WebDAVFS/3.0.0 (03008000) Darwin/21.6.0 (x86_64)", "Finder on a Mac", false},
	{"WebDAVLib/1.3", "Finder on a Mac", false},
	{"Microsoft-WebDAV-MiniRedir/10.0.22631", "Windows · Explorer", false},
	{"DavClnt", "Windows · Explorer", false},
	{"gvfs/1.50.3", "GNOME Files", false},
	{"Mozilla/5.0 (X11; Linux x86_64) KIO/5.103 kioclient/22.12.3", "KDE", false},
	{"davfs2/1.6.1 neon/0.32.4", "davfs2", false},
	{"rclone/v1.60.1-DEV", "rclone", false},
	{"cadaver/0.24 neon/0.32.4", "cadaver", false},
	{"curl/8.5.0", "curl", false},
	{"Wget/1.21.4", "Wget", false},
	{"Wget/1.20.3 (linux-gnu)", "Wget", false},
	{"VLC/3.0.20 LibVLC/3.0.20", "VLC", false},
	{"aria2/1.37.0", "aria2", false},
	{"python-requests/2.31.0", "python-requests", false},
	{"Mozilla/5.0", "Unknown device", false},
	{"", "Unknown device", false},
	{"-", "Unknown device", false},
	{"\x1b[31mred/1.0", "Unknown device", false},
	{"<script>/1", "Unknown device", false},
	{"\u202eemos/1", "Unknown device", false},
	{strings.Repeat("a", 256), "Unknown device", false},
}

func TestNames(t *testing.T) {
	for _, a := range agents {
		if got := titleOf(a.agent); got.name != a.name || got.mobile != a.mobile {
			t.Errorf("%q: got %q, mobile %v; want %q, %v", a.agent, got.name, got.mobile, a.name, a.mobile)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, a := range agents {
		f.Add(a.agent)
	}
	f.Fuzz(func(t *testing.T, agent string) {
		got := titleOf(agent)
		if got.name == "" || len(got.name) > 48 {
			t.Errorf("%q gives the name %q", agent, got.name)
		}
		harmless := func(c rune) bool { return c == '·' || c == ' ' || isWord(c) }
		if i := strings.IndexFunc(got.name, func(c rune) bool { return !harmless(c) }); i >= 0 {
			t.Errorf("%q gives the name %q", agent, got.name)
		}
		if (got.worth == 0) != (got.name == unknownDevice) {
			t.Errorf("%q gives %q, worth %d", agent, got.name, got.worth)
		}
	})
}
