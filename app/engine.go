package app

import (
	"context"

	"windowsill/server"
)

// Engine is what the window asks of a server: exactly those methods of *server.Server
// that it calls. They may take their time, and are called on other goroutines than
// Fyne's, except Watch and its cancel.
type Engine interface {
	// Start shares a folder, or several files and folders. Why it failed is also the Err of the next snapshot.
	Start(server.Share) error
	// Stop lets transfers end until ctx is done, then cuts them.
	Stop(ctx context.Context) error
	// Restart is Stop and Start in one.
	Restart(ctx context.Context, share server.Share) error
	// Watch calls back with every change, at most ten times a second.
	Watch(func(server.Snapshot)) (cancel func())
	// SetItems makes items what is shared, without a restart.
	SetItems([]server.Item) error
	// Look counts what is in a folder, or looks at a file, until ctx is done.
	Look(ctx context.Context, path string) (server.Look, error)
	// Picture returns a small picture of a file, of at most side pixels in width and height.
	Picture(ctx context.Context, path string, side int) ([]byte, error)

	// LookAtCertificate looks at a certificate of the person's own before it is used.
	LookAtCertificate(server.TLS) (server.OwnCertificate, error)
	// NewAuthority throws away the authority that signs this computer's own, while
	// nothing is shared by it. The next one is made when it is needed.
	NewAuthority() error

	// SetPolicy says who may come in and what they may do.
	SetPolicy(server.Policy) error
	// Decide answers a device by its number, or sends it away.
	Decide(id uint64, a server.Answer)
	// Rename gives a device another name.
	Rename(id uint64, name string)
	// NewCode makes a new key and PIN, and with sendOut sends everybody out.
	NewCode(sendOut bool)
	// Cancel ends a transfer by its ID.
	Cancel(id uint64)
	// Restore brings back what a device deleted, by its ID.
	Restore(id string) error
	// AcceptPage makes the index.html that visitors put into a folder its page.
	AcceptPage(folder string) error
	// SendText sends a text to the device of that number, or with 0 to all that are in.
	SendText(text string, to uint64) error
	// TakeBack forgets a text that was sent, by its ID.
	TakeBack(text uint64)
	// SetBounds limits what devices get and add.
	SetBounds(server.Bounds)
	// SetLogFile writes requests to a file too; "" ends that.
	SetLogFile(path string) error

	// SetWhere changes the address to share at, without a restart.
	SetWhere(server.Where) error
	// ShareHere goes on with a share that has paused on another network.
	ShareHere()
	// OpenFirewall lets devices in through the firewall that is in the way. It
	// returns once the person has answered what the system asks.
	OpenFirewall() error
	// NetworkID identifies the network that the computer is on; "" if there is none.
	NetworkID() string
	// WiFiName returns the name of the Wi-Fi that the computer is on; "" if that is
	// not known.
	WiFiName(ctx context.Context) string
}
