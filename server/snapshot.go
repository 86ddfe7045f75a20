package server

import (
	"time"

	"windowsill/server/access"
	"windowsill/server/lan"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/web"
	"windowsill/server/wifi"
)

// These are the plain values of the packages below that reach the window
// and the terminal inside a [Snapshot].
type (
	// Address is one way to reach this computer.
	Address = lan.Address
	// Policy is what the owner has decided for everybody.
	Policy = access.Policy
	// Permission is what a device may do.
	Permission = access.Permission
	// Answer is what the owner says to a device.
	Answer = access.Answer
	// PIN is six digits for those who cannot scan.
	PIN = access.PIN
	// Request is one finished HTTP request, a row of the log.
	Request = traffic.Request
	// Transfer is one thing on its way out or in, or one that was.
	Transfer = traffic.Transfer
	// Totals counts what happened since the share started.
	Totals = traffic.Totals
	// Counts is what a device has done.
	Counts = traffic.Counts
	// Log is the tail of the request log.
	Log = traffic.Log
	// Upload is a file that comes in or has come in.
	Upload = receive.Upload
	// Limits is how much the owner takes.
	Limits = receive.Limits
	// Text is a text that a device has sent to the owner, or the owner to all
	// who are in.
	Text = web.Text
	// Deleted is something that a device put into the trash.
	Deleted = web.Deleted
	// Page is an index.html that visitors put into a folder.
	Page = web.Page
	// WiFi is a wireless network as a device joins it.
	WiFi = wifi.Network
	// Look is what a short look into a folder found.
	Look = share.Look
	// Concern is a reason to think twice before sharing a folder.
	Concern = share.Concern
)

// LongestText is how long a [Text] may be, in bytes of UTF-8.
const LongestText = web.LongestText

// The kinds of [Concern].
const (
	HomeFolder = share.HomeFolder // the home folder of a person
	WholeDisk  = share.WholeDisk  // the root of a file system
	Secrets    = share.Secrets    // keys and the like lie in it
)

// What devices may do, from least to most; see [Permission].
const (
	Read   = access.Read
	Add    = access.Add
	Change = access.Change
)

// What the owner can say to a device; see [Answer].
const (
	LetIn    = access.LetIn
	NotNow   = access.NotNow
	SendAway = access.SendAway
	Block    = access.Block
)

// How far an [Upload] has come.
const (
	Arriving     = receive.Arriving
	Paused       = receive.Paused
	Arrived      = receive.Arrived
	UploadFailed = receive.Failed
)

// ParsePermission understands "read", "add" and "change".
func ParsePermission(s string) (p Permission, ok bool) { return access.ParsePermission(s) }

// What a [Transfer] moves, and how it goes or came to its end.
const (
	File    = traffic.File
	Archive = traffic.Archive
	Arrival = traffic.Arrival

	Moving   = traffic.Moving
	Whole    = traffic.Whole
	InPart   = traffic.InPart
	Broken   = traffic.Broken
	Canceled = traffic.Canceled
)

// How far a device has come, and how it came in; see [Device].
const (
	Waiting = access.Waiting
	In      = access.In
	Refused = access.Refused
	Away    = access.Away
	Blocked = access.Blocked

	ByAsking = access.ByAsking
	ByKey    = access.ByKey
	ByPIN    = access.ByPIN
)

// Device is a phone or computer that came in, or wants to.
type Device struct {
	access.Device // its ID is 0 if it is known by its address alone, because all may come in

	Last   time.Time // when its latest request began; zero if it has sent none since it came in
	Target string    // of that request, as on the wire
	Counts
}

// Share says what to put on the network, and where.
type Share struct {
	// Folder is the path of the folder, absolute or relative to the
	// working directory. It may be a symbolic link to a folder. It is "" if
	// there are Items.
	Folder string
	// Items are what is shared instead of a folder: several files and folders,
	// or a single file. Each is at the top of the share, under its own name.
	Items []Item
	// Receiving, if it is on, lets devices only send files to the Folder.
	Receiving Receiving
	// Port is the TCP port, 0 to 65535; 0 lets the system choose one.
	Port int
	// ExactPort says that a person asked for this very port: if it is
	// taken, Start fails. Otherwise the next free one is used.
	ExactPort bool
	// Hidden also serves hidden files.
	Hidden bool
	// VisitorsPages also takes an index.html that visitors add for the page of
	// its folder, without asking.
	VisitorsPages bool
	// Listing lists a folder even where it has an index.html, which otherwise
	// makes it a web site.
	Listing bool
	// NoReadmes shows no README.md below the list of its folder.
	NoReadmes bool
	Where     Where
	TLS       TLS
}

// State is the one value that says what a [Server] is doing.
type State int

// The states, in the order in which a share goes through them.
const (
	Stopped  State = iota // nothing is shared
	Starting              // the port is being opened
	Sharing               // devices can connect
	Stopping              // transfers are given time to end
	Failed                // nothing is shared; Snapshot.Err says why
)

// String returns the state's name in lower case.
func (s State) String() string {
	switch s {
	case Stopped:
		return "stopped"
	case Starting:
		return "starting"
	case Sharing:
		return "sharing"
	case Stopping:
		return "stopping"
	case Failed:
		return "failed"
	}
	return "unknown"
}

// Link is an address that opens the share in a browser.
type Link struct {
	URL     string // with the key that lets in, such as "http://192.168.1.20:8000/?key=…"
	Plain   string // without it, for people to read and type
	Address Address
}

// Snapshot is the complete state of a [Server] at one moment. It never
// changes after it was handed out, so it may be kept and read from any
// goroutine.
//
// It has this many fields because it is everything: the window takes one value
// and gives each of its panels the field that this one shows.
type Snapshot struct {
	State State
	Err   error // why State is Failed, a sentence for a person; else nil

	// Share is what is shared, or was last tried; the zero value before the
	// first Start. Folder is absolute, and while sharing Port is the real one.
	Share Share
	Name  string      // the share's name, see [Share.Name]
	Items []ItemState // how Share.Items were last seen, in their order; none unless State is Sharing
	Links []Link      // best first; empty unless State is Sharing
	Since time.Time   // when sharing began; zero unless State is Sharing
	// Network is where it is; the zero value unless State is Sharing.
	Network Network
	// Certificate is what devices see of it; the zero value unless it is encrypted.
	Certificate Certificate

	Policy Policy
	PIN    PIN // its Digits are "" before the first Start

	// What happened since the share was last started. It stays readable
	// after Stop, until the next Start.
	Devices   []Device   // those who wait first; this computer is not among them
	Transfers []Transfer // oldest first; only those that run for half a second or longer
	History   []Transfer // those that came to their end, latest first; at most 100
	Uploads   []Upload   // oldest first; at most 1,000
	Texts     []Text     // oldest first; at most 50. They are kept for as long as devices are
	Deleted   []Deleted  // that can be brought back, oldest first; at most 100, none unless State is Sharing
	Pages     []Page     // that visitors sent and the owner has not accepted, oldest first; at most 100, none unless State is Sharing
	Totals    Totals
	Log       Log

	// LogErr is a [*LogFileError] if requests are missing in the log file,
	// or wait because it cannot be written; else nil.
	LogErr error
}
