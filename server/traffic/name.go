package traffic

import (
	"strings"

	"github.com/mileusna/useragent"
)

// Names that are not names of products. The window has them in its language.
const (
	unknownDevice = "Unknown device" // its User-Agent tells nothing
	finder        = "Finder on a Mac"
)

// maxProgram bounds the name that a program gives itself, in bytes.
const maxProgram = 24

// title is what a User-Agent says about a device.
type title struct {
	name   string
	mobile bool
	worth  int // how much the name says: 0 nothing, 1 a program, 2 a system, 3 both
}

// NameOf guesses from a User-Agent what a device is called, such as
// "iPhone · Safari", and whether one carries it about.
func NameOf(userAgent string) (name string, mobile bool) {
	t := titleOf(shorten(userAgent, maxHeader))
	return t.name, t.mobile
}

// titleOf reads a User-Agent. The name is short and harmless, whatever is in
// it: names of systems and browsers come from here, others are one token.
func titleOf(agent string) title {
	for _, d := range drives {
		if strings.Contains(agent, d.mark) {
			return title{d.name, false, 3}
		}
	}
	ua := useragent.Parse(agent)
	system, mobile := systemOf(agent, ua)
	program := browsers[ua.Name]
	if program == "" {
		program = firstProduct(agent)
	}
	switch {
	case system != "" && program != "":
		return title{system + " · " + program, mobile, 3}
	case system != "":
		return title{system, mobile, 2}
	case program != "":
		return title{program, mobile, 1}
	}
	return title{name: unknownDevice}
}

// systemOf names the kind of device and reports whether one carries it about.
func systemOf(agent string, ua useragent.UserAgent) (name string, mobile bool) {
	for _, s := range systems {
		if strings.Contains(agent, s.mark) {
			return s.name, s.mobile
		}
	}
	switch ua.OS {
	case useragent.Linux, useragent.FreeBSD:
		return ua.OS, false
	}
	return "", ua.Mobile || ua.Tablet
}

// drives are file managers that have a share as a drive, by a mark in the
// User-Agent. Explorer's redirector has two names for itself.
var drives = []struct{ mark, name string }{
	{"WebDAVFS/", finder},
	{"WebDAVLib/", finder},
	{"Microsoft-WebDAV-MiniRedir/", "Windows · Explorer"},
	{"DavClnt", "Windows · Explorer"},
	{"gvfs/", "GNOME Files"},
	{"KIO/", "KDE"},
}

// systems are known by a mark in the User-Agent; the first that fits counts.
// Television sets and phones call themselves Linux and Android as well.
var systems = []struct {
	mark, name string
	mobile     bool
}{
	{"Android TV", "TV", false},
	{"BRAVIA", "TV", false},
	{"SMART-TV", "TV", false},
	{"SmartTV", "TV", false},
	{"Web0S", "TV", false},
	{"PlayStation", "PlayStation", false},
	{"Xbox", "Xbox", false},
	{"Windows Phone", "Windows Phone", true},
	{"iPhone", "iPhone", true},
	{"iPad", "iPad", true},
	{"iPod", "iPod", true},
	{"OpenHarmony", "HarmonyOS", true},
	{"HarmonyOS", "HarmonyOS", true},
	{"Android", "Android", true},
	{"CrOS", "Chromebook", false},
	{"Windows NT", "Windows", false},
	{"Macintosh", "Mac", false},
}

// browsers are the names that people know, by those of the library.
var browsers = map[string]string{
	useragent.Chrome:           "Chrome",
	useragent.HeadlessChrome:   "Chrome",
	useragent.Firefox:          "Firefox",
	useragent.Safari:           "Safari",
	useragent.MobileSafari:     "Safari",
	useragent.Edge:             "Edge",
	useragent.Opera:            "Opera",
	useragent.OperaMini:        "Opera",
	useragent.OperaTouch:       "Opera",
	useragent.Vivaldi:          "Vivaldi",
	useragent.SamsungBrowser:   "Samsung Internet",
	useragent.InternetExplorer: "Internet Explorer",
	"Android browser":          "Browser",
	"Miui Browser":             "Mi Browser",
	"Huawei Browser":           "Huawei Browser",
	useragent.InstagramApp:     "Instagram",
	useragent.FacebookApp:      "Facebook",
	useragent.TiktokApp:        "TikTok",
}

// firstProduct returns what a program calls itself: the name of the first
// product (RFC 9110 section 10.1.5), if that is a plain word.
func firstProduct(agent string) string {
	name := agent
	if end := strings.IndexAny(agent, "/ "); end >= 0 {
		name = agent[:end]
	}
	plain := strings.IndexFunc(name, func(c rune) bool { return !isWord(c) }) < 0
	if !plain || len(name) < 2 || len(name) > maxProgram || name == "Mozilla" {
		return ""
	}
	return name
}

// isWord reports whether c belongs into a program's name.
func isWord(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '_' || c == '.' || c == '+'
}
