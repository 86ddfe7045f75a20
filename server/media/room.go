package media

import (
	"context"

	"golang.org/x/sync/semaphore"

	"windowsill/server/turns"
)

// smallPicture is the most memory that a small picture takes while it is decoded, in
// bytes: enough for those of most cameras, which are decoded at a smaller size.
const smallPicture = 32 << 20

// room is memory for pictures that are decoded. A semaphore serves in order, so the
// few large pictures that fit at a time would keep all others waiting: small ones
// have some room of their own, and of the large ones each caller has one at a time.
type room struct {
	small, large *semaphore.Weighted // bytes
	turns        *turns.Turns        // of those with large ones
}

func newRoom() *room {
	return &room{
		small: semaphore.NewWeighted(maxSmall), large: semaphore.NewWeighted(maxDecoded),
		turns: turns.New(maxDecoded/smallPicture, 1),
	}
}

// take waits for memory in bytes. Unless there is an error, the caller calls give.
func (r *room) take(ctx context.Context, caller string, bytes int64) (give func(), err error) {
	if bytes <= smallPicture {
		if err := r.small.Acquire(ctx, bytes); err != nil {
			return nil, err
		}
		return func() { r.small.Release(bytes) }, nil
	}
	if err := r.turns.Take(ctx, caller); err != nil {
		return nil, err
	}
	if err := r.large.Acquire(ctx, bytes); err != nil {
		r.turns.Give(caller)
		return nil, err
	}
	return func() {
		r.large.Release(bytes)
		r.turns.Give(caller)
	}, nil
}
