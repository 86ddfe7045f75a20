package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"windowsill/server"
)

// What is remembered from one time to the next, by its key in the
// preferences. Nothing here may be missed if it gets lost.
const (
	keyFolder   = "folder"
	keyPort     = "port"
	keyRecent   = "recent"
	keyAccepted = "accepted" // folders that a person shared despite a warning
	keyHidden   = "hidden"
	keyVisitors = "visitors" // what they may do, as the command line names it
	keyPlaces   = "places"   // at which address to share, for each network
	keyRoams    = "roams"
	keySilent   = "silent"
	keyWiFi     = "wifi" // for guests, only if the person wants that; name, password, "hidden"
	keyWidth    = "width"
	keyHeight   = "height"
)

const (
	defaultPort = 8000
	recentMax   = 5
	acceptedMax = 20
)

// memory is what the window remembers.
type memory struct{ prefs fyne.Preferences }

func (m memory) folder() string   { return m.prefs.String(keyFolder) }
func (m memory) recent() []string { return m.prefs.StringList(keyRecent) }
func (m memory) port() int        { return m.prefs.IntWithFallback(keyPort, defaultPort) }
func (m memory) hidden() bool     { return m.prefs.Bool(keyHidden) }

func (m memory) setHidden(hidden bool) { m.prefs.SetBool(keyHidden, hidden) }

// Remembered returns the policy p with what visitors may do as the person chose
// it last. Whether everybody may come in is never remembered.
func Remembered(a fyne.App, p server.Policy) server.Policy {
	if visitors, ok := server.ParsePermission(a.Preferences().String(keyVisitors)); ok {
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
