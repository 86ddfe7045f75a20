//go:build !linux

package lan

import "context"

// Changes returns a channel that receives soon after the addresses of this
// computer may have changed, until ctx is done. On this system it is nil: the
// caller has to poll.
func Changes(context.Context) <-chan struct{} { return nil }
