package server

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestOpenPageIsNoTransferAndOneRow(t *testing.T) {
	s, home := start(t, Options{Timeouts: Timeouts{Grace: time.Hour}}, Share{Folder: t.TempDir()})
	a, err := http.Get(home + "/.windowsill/live")
	must(t, err)
	defer a.Body.Close()
	until(t, "half a second has gone by", func() bool { return time.Since(s.Snapshot().Since) > 700*time.Millisecond })
	if snap := s.Snapshot(); len(snap.Transfers) != 0 || snap.Log.Len() != 0 {
		t.Errorf("%d transfers, %d rows", len(snap.Transfers), snap.Log.Len())
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	must(t, s.Stop(ctx))
	if ctx.Err() != nil {
		t.Error("Stop waited for a page.")
	}
	events, err := io.ReadAll(a.Body)
	must(t, err)
	if !strings.HasSuffix(string(events), "event: stopped\ndata:\n\n") || s.Snapshot().Log.Len() != 1 {
		t.Errorf("%d rows; events: %s", s.Snapshot().Log.Len(), events)
	}
}
