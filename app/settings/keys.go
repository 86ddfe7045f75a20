package settings

import (
	"os"
	"path/filepath"
	"slices"

	"windowsill/server"
)

// DefaultPort is the port to share on until the person wants another one.
const DefaultPort = 8000

// The settings. Their names in the file stay as they are, so that older files can
// be read.
var (
	Folder      = Key[string]{name: "folder"} // shared last; of versions that shared one folder at a time
	Port        = Key[int]{"port", DefaultPort}
	Hidden      = Key[bool]{name: "hidden"}        // share hidden files too
	Encrypted   = Key[bool]{name: "encrypted"}     // share over TLS
	Certificate = Key[string]{name: "certificate"} // of the person's own, for that; "" for one of this computer's
	Listing     = Key[bool]{name: "listing"}       // list folders even if they have an index.html
	NoReadmes   = Key[bool]{name: "no readmes"}    // do not show a README.md below the list of its folder
	ShareAtOnce = Key[bool]{name: "share at once"} // share the last folder when the window opens
	Tray        = Key[bool]{name: "tray"}          // closing the window leaves the program in the tray
	LogToFile   = Key[bool]{name: "log file"}
	Theme       = Key[string]{name: "look"}     // "light" or "dark"; "" as the system
	Language    = Key[string]{name: "language"} // a BCP 47 tag; "" as the system

	// FirewallExplained says that the person knows what Windows asks at the
	// first share.
	FirewallExplained = Key[bool]{name: "forewarned"}

	Width  = Key[float32]{name: "width"} // of the window; 0 is the default
	Height = Key[float32]{name: "height"}

	// RequestsEdge is where the pane of requests begins, as a part of the height; 1 if
	// it is folded, 0 is the default.
	RequestsEdge = Key[float32]{name: "requests edge"}
)

// CertificateKey is the file with the key of Certificate, "" if that has it.
var CertificateKey = Key[string]{name: "certificate key"}

// What becomes of files that are received.
var (
	ReceivedFolder = Key[string]{name: "received folder"} // "" for the default
	ReceivedSort   = Key[string]{name: "received sort"}   // "day", "device", or "" for no folders
	ReceivedShown  = Key[bool]{name: "received shown"}    // visitors see what has come in
)

// Limits on what devices get and add: bytes per second, connections, bytes, files. 0 is no
// limit.
var (
	Speed          = Key[int]{name: "speed"}
	SpeedPerDevice = Key[int]{name: "speed per device"}
	Connections    = Key[int]{name: "connections"}
	AddedFile      = Key[int]{name: "added file"}
	AddedTotal     = Key[int]{name: "added files"}
	AddedFiles     = Key[int]{name: "number of added files"}
)

// Settings that only methods of Store use.
var (
	shares     = Key[[][]item]{name: "shares"}   // what was shared together, the latest first
	recent     = Key[[]string]{name: "recent"}   // folders, the latest first; of versions that shared one at a time
	accepted   = Key[[]string]{name: "accepted"} // folders shared despite a warning, the latest first
	permission = Key[string]{name: "visitors"}   // what devices may do, as the command line names it
	places     = Key[[]string]{name: "places"}   // where to share on each network, the latest first
	roams      = Key[bool]{name: "roams"}
	silent     = Key[bool]{name: "silent"}
	wifi       = Key[[]string]{name: "wifi"} // of the large code: name, password, "hidden"
)

const acceptedMax = 20

// Accepted reports whether the person has shared a folder despite a warning.
func (s *Store) Accepted(folder string) bool { return slices.Contains(accepted.Get(s), folder) }

// Accept remembers that the person shares a folder despite a warning.
func (s *Store) Accept(folder string) {
	accepted.Set(s, withFirst(accepted.Get(s), folder, acceptedMax))
}

// Policy returns p with what devices may do as the person chose last, unless the
// command line says it. Whether everyone may come in is never remembered.
func (s *Store) Policy(p server.Policy, said bool) server.Policy {
	if may, ok := server.ParsePermission(permission.Get(s)); ok && !said {
		p.Allow = may
	}
	return p
}

// SetPermission remembers what devices may do.
func (s *Store) SetPermission(may server.Permission) { permission.Set(s, may.String()) }

// Bounds returns the limits.
func (s *Store) Bounds() server.Bounds {
	limit := func(k Key[int]) int { return max(k.Get(s), 0) }
	return server.Bounds{
		Most:        server.Most{All: int64(limit(Speed)), PerDevice: int64(limit(SpeedPerDevice))},
		Connections: limit(Connections),
		File:        int64(limit(AddedFile)), Added: int64(limit(AddedTotal)), Files: limit(AddedFiles),
	}
}

// LogFile returns the path of the file that requests are to be written to, "" for
// none.
func (s *Store) LogFile() string {
	if !LogToFile.Get(s) {
		return ""
	}
	return LogFilePath()
}

// LogFilePath returns where the log file is, "" if the person has no folder for such
// files.
func LogFilePath() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "windowsill", "requests.log")
}

// withFirst returns list with s moved or added to its front, and at most limit long.
func withFirst(list []string, s string, limit int) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(o string) bool { return o == s })
	list = slices.Insert(list, 0, s)
	return list[:min(len(list), limit)]
}
