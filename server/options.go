package server

import (
	"path/filepath"
	"time"
)

// Options are the limits of a [Server]. The zero value of each field stands
// for its default.
type Options struct {
	Timeouts Timeouts

	MaxConnections int // at once, in all; default 8,192
	MaxPerAddress  int // at once, from one address other than this computer's; default 512

	// Policy is what holds until SetPolicy changes it.
	Policy Policy
	// Unattended says that nobody sees who asks to come in: the door then
	// offers only the PIN.
	Unattended bool

	// CacheDir is a folder for what can be made again at any time, such as
	// the user's cache folder. Below it the server keeps thumbnails, at most
	// 500 MB. "" keeps them in memory alone.
	CacheDir string

	// ConfigDir is a folder for what has to be kept, such as the user's folder
	// of settings. In its folder "windowsill" is this computer's authority for
	// certificates. With "" there is a new one for each share.
	ConfigDir string

	// Announce says that shares get a name on the network, by multicast DNS,
	// unless they are silent.
	Announce bool

	// Examine says to look for what may keep devices out, such as a
	// firewall. Nothing is changed.
	Examine bool

	// Room is how much devices may add.
	Room Limits

	LookAfter time.Duration // how often folder and addresses are looked after; default 2 s
}

// Timeouts say how long a [Server] waits. The zero value of each field stands for
// its default.
type Timeouts struct {
	Grace  time.Duration // for running requests when stopping; default 3 s
	Header time.Duration // for the header of a request; default 10 s
	Idle   time.Duration // for the next request on a connection; default 2 min
	Stall  time.Duration // for a body to move on; default 60 s
}

// maxHeaderBytes bounds the header of a request, and with it its target.
const maxHeaderBytes = 64 << 10

func (o Options) withDefaults() Options {
	orDuration(&o.Timeouts.Grace, 3*time.Second)
	orDuration(&o.Timeouts.Header, 10*time.Second)
	orDuration(&o.Timeouts.Idle, 2*time.Minute)
	orDuration(&o.Timeouts.Stall, time.Minute)
	orDuration(&o.LookAfter, 2*time.Second)
	if o.MaxConnections == 0 {
		o.MaxConnections = 8192
	}
	if o.MaxPerAddress == 0 {
		o.MaxPerAddress = 512
	}
	return o
}

// thumbnailDir returns the folder for thumbnails, or "" if there is none.
func (o Options) thumbnailDir() string {
	if o.CacheDir == "" {
		return ""
	}
	return filepath.Join(o.CacheDir, "windowsill", "thumbnails")
}

func orDuration(d *time.Duration, fallback time.Duration) {
	if *d == 0 {
		*d = fallback
	}
}
