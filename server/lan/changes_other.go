//go:build !linux

package lan

import "context"

// Changes returns a channel that gets a token soon after this computer's
// addresses may have changed, until ctx is done. It is nil where the system
// tells nothing of the kind: look every few seconds then.
func Changes(context.Context) <-chan struct{} { return nil }
