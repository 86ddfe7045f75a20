package lan

import (
	"context"
	"testing"

	"go.uber.org/goleak"
)

func TestChangesEndsWithItsContext(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, cancel := context.WithCancel(context.Background())
	if Changes(ctx) == nil {
		t.Error("Linux tells of changes")
	}
	cancel()
}
