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
	// Look counts what is in a folder until ctx is done.
	Look(ctx context.Context, folder string) (server.Look, error)
}
