package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"windowsill/server"
)

// What is remembered from one time to the next, by its key in the
// settings. Nothing here may be missed if it gets lost.
const (
	keyFolder     = "folder"
	keyPort       = "port"
	keyRecent     = "recent"
	keyAccepted   = "accepted" // folders that a person shared despite a warning
	keyHidden     = "hidden"
	keyVisitors   = "visitors" // what they may do, as the command line names it
	keyPlaces     = "places"   // at which address to share, for each network
	keyRoams      = "roams"
	keySilent     = "silent"
	keyWiFi       = "wifi" // for guests, only if the person wants that; name, password, "hidden"
	keyListing    = "listing"
	keyAtOnce     = "share at once"
	keyTray       = "tray"
	keyForewarned = "forewarned" // of what Windows asks
	keyLogFile    = "log file"
	keyLook       = "look"     // "light", "dark"; otherwise as the system
	keyLanguage   = "language" // a tag of BCP 47; otherwise as the system
	keyWidth      = "width"
	keyHeight     = "height"
)

// The limits, in bytes per second, in connections and in bytes; 0 is none.
const (
	keySpeed       = "speed"
	keyPerDevice   = "speed per device"
	keyConnections = "connections"
	keyFile        = "added file"
	keyAdded       = "added files"
)

const (
	defaultPort = 8000
	recentMax   = 5
	acceptedMax = 20
)

// memory is what the window remembers.
type memory struct{ prefs *Settings }

func (m memory) folder() string   { return m.prefs.String(keyFolder) }
func (m memory) recent() []string { return m.prefs.StringList(keyRecent) }
func (m memory) port() int        { return m.prefs.IntWithFallback(keyPort, defaultPort) }
func (m memory) hidden() bool     { return m.prefs.Bool(keyHidden) }

func (m memory) setHidden(hidden bool) { m.prefs.SetBool(keyHidden, hidden) }

// listing says whether folders with an index.html are listed like all others.
func (m memory) listing() bool           { return m.prefs.Bool(keyListing) }
func (m memory) setListing(listing bool) { m.prefs.SetBool(keyListing, listing) }

// atOnce says whether the last folder is shared as soon as the window opens.
func (m memory) atOnce() bool          { return m.prefs.Bool(keyAtOnce) }
func (m memory) setAtOnce(atOnce bool) { m.prefs.SetBool(keyAtOnce, atOnce) }

// tray says whether the window goes into the tray, where there is one, when it
// is closed.
func (m memory) tray() bool          { return m.prefs.Bool(keyTray) }
func (m memory) setTray(goesOn bool) { m.prefs.SetBool(keyTray, goesOn) }

func (m memory) look() string        { return m.prefs.String(keyLook) }
func (m memory) setLook(look string) { m.prefs.SetString(keyLook, look) }

// Language returns the language that the person chose as a tag of BCP 47, ""
// for the system's.
func (s *Settings) Language() string        { return s.String(keyLanguage) }
func (m memory) setLanguage(tag string)     { m.prefs.SetString(keyLanguage, tag) }
func (m memory) limit(key string) int       { return max(m.prefs.IntWithFallback(key, 0), 0) }
func (m memory) setLimit(key string, n int) { m.prefs.SetInt(key, n) }

// Policy returns the policy p with what visitors may do as the person chose it
// last, unless that was asked for. Whether everybody may come in is never
// remembered.
func (s *Settings) Policy(p server.Policy, asked bool) server.Policy {
	if visitors, ok := server.ParsePermission(s.String(keyVisitors)); ok && !asked {
		p.Visitors = visitors
	}
	return p
}

func (m memory) setVisitors(p server.Permission) { m.prefs.SetString(keyVisitors, p.String()) }

// shared remembers what is shared now. It keeps more recent folders than are
// shown, as some of them may not exist at the moment; and of the ports only
// one that a person wanted.
func (m memory) shared(s server.Share) {
	m.prefs.SetString(keyFolder, s.Folder)
	m.prefs.SetStringList(keyRecent, inFront(m.recent(), s.Folder, 2*recentMax))
	if s.ExactPort || s.Port == defaultPort {
		m.prefs.SetInt(keyPort, s.Port)
	}
}

func (m memory) accepted(folder string) bool {
	return slices.Contains(m.prefs.StringList(keyAccepted), folder)
}

func (m memory) accept(folder string) {
	m.prefs.SetStringList(keyAccepted, inFront(m.prefs.StringList(keyAccepted), folder, acceptedMax))
}

// size returns the window's size, or the fallback.
func (m memory) size(fallback fyne.Size) fyne.Size {
	w := m.prefs.FloatWithFallback(keyWidth, float64(fallback.Width))
	h := m.prefs.FloatWithFallback(keyHeight, float64(fallback.Height))
	return fyne.NewSize(float32(w), float32(h))
}

func (m memory) setSize(s fyne.Size) {
	m.prefs.SetFloat(keyWidth, float64(s.Width))
	m.prefs.SetFloat(keyHeight, float64(s.Height))
}

// inFront returns list with s as its first element and at most limit of them.
func inFront(list []string, s string, limit int) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(o string) bool { return o == s })
	list = slices.Insert(list, 0, s)
	return list[:min(len(list), limit)]
}
