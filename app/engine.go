package app

import (
	"context"

	"windowsill/server"
)

// Engine is what the window asks of a server: exactly those methods of
// *server.Server that it calls. All of them may take their time and are
// called off Fyne's goroutine, but for Watch and its cancel.
type Engine interface {
	// Start puts a folder on the network. Why it could not is also the Err of
	// the next snapshot.
	Start(server.Share) error
	// Stop lets transfers end until ctx is done, then cuts them.
	Stop(ctx context.Context) error
	// Watch calls back with every change, at most ten times a second.
	Watch(func(server.Snapshot)) (cancel func())
	// SetPolicy says who may come in and what they may do, from now on.
	SetPolicy(server.Policy) error
	// Decide carries out what the person says to a device, by its number.
	Decide(id uint64, a server.Answer)
	// Cancel breaks off a transfer, by its ID.
	Cancel(id uint64)
	// Rename gives a device another name.
	Rename(id uint64, name string)
	// NewCode makes a new key and PIN, and with sendOut sends everybody out.
	NewCode(sendOut bool)
	// Restore brings back what a device deleted, by its ID.
	Restore(id string) error
	// SetWhere says at which address to share, without a restart.
	SetWhere(server.Where) error
	// ShareHere goes on with a share that paused on another network.
	ShareHere()
	// OpenFirewall lets devices in through the firewall that is in the way,
	// and returns once the person has answered the system's prompt.
	OpenFirewall() error
	// NetworkID returns by which to remember the network that the computer is
	// on; "" if there is none.
	NetworkID() string
	// SendText sends a text to all devices that are in.
	SendText(text string) error
	// WiFiName returns the name of the Wi-Fi that this computer is on, "" if
	// nobody knows.
	WiFiName(ctx context.Context) string
	// SetBounds says how much of the network visitors get.
	SetBounds(server.Bounds)
	// SetLogFile also writes the requests to a file; "" ends that.
	SetLogFile(path string) error
	// Look counts what is in a folder until ctx is done.
	Look(ctx context.Context, folder string) (server.Look, error)
}
