//go:build !linux

package reach

import "context"

func canAllow(string) bool { return false }

// Allow returns [ErrNotAllowed]: on this system, the owner has to type the
// command.
func Allow(context.Context, Obstacle) (done bool, err error) { return false, ErrNotAllowed }
