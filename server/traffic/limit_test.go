package traffic

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// fetch answers a request from addr with n bytes and returns how long it took.
func fetch(ctx context.Context, r *Recorder, addr string, n int) time.Duration {
	began := time.Now()
	req := httptest.NewRequestWithContext(ctx, http.MethodGet, "/film", nil)
	req.RemoteAddr = addr + ":1234"
	r.Handler(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.Attribute(w, req, 0)
		io.Copy(w, bytes.NewReader(make([]byte, n)))
	})).ServeHTTP(httptest.NewRecorder(), req)
	return time.Since(began).Round(time.Second)
}

func TestSpeedIsBounded(t *testing.T) {
	const size = 1_000_000
	for _, c := range []struct {
		name    string
		speed   Most
		devices []string
		want    time.Duration
	}{
		{"no bound", Most{}, []string{"192.0.2.1", "192.0.2.2"}, 0},
		{"all together", Most{All: 100_000}, []string{"192.0.2.1", "192.0.2.2"}, 20 * time.Second},
		{"each device", Most{PerDevice: 100_000}, []string{"192.0.2.1", "192.0.2.2"}, 10 * time.Second},
		{"one device twice", Most{PerDevice: 100_000}, []string{"192.0.2.1", "192.0.2.1"}, 20 * time.Second},
		{"the tighter one", Most{All: 100_000, PerDevice: 50_000}, []string{"192.0.2.1"}, 20 * time.Second},
		{"this computer", Most{PerDevice: 100_000}, []string{"127.0.0.1"}, 0},
		{"very slow", Most{All: 10_000}, []string{"127.0.0.1"}, 100 * time.Second},
		{"very fast", Most{All: 1 << 40}, []string{"192.0.2.1"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := New(Options{Most: c.speed})
				longest := make(chan time.Duration, len(c.devices))
				for _, d := range c.devices {
					go func() { longest <- fetch(t.Context(), r, d, size) }()
				}
				var took time.Duration
				for range c.devices {
					took = max(took, <-longest)
				}
				if took != c.want {
					t.Errorf("it took %v, want %v", took, c.want)
				}
			})
		})
	}
}

func TestSpeedChangesWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{Most: Most{PerDevice: 10_000}})
		time.AfterFunc(10*time.Second, func() { r.SetMost(Most{PerDevice: 100_000}) })
		time.AfterFunc(15*time.Second, func() { r.SetMost(Most{}) })
		if took := fetch(t.Context(), r, "192.0.2.1", 5_000_000); took != 15*time.Second {
			t.Errorf("it took %v, want 15 s: with no bound from there on", took)
		}
		r.SetMost(Most{All: 1_000_000})
		if took := fetch(t.Context(), r, "192.0.2.1", 5_000_000); took != 5*time.Second {
			t.Errorf("it took %v, want 5 s", took)
		}
	})
}

func TestWhoHasLeftIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(Options{Most: Most{All: 10_000}})
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if took := fetch(ctx, r, "192.0.2.1", 1_000_000); took > 4*time.Second {
			t.Errorf("it took %v, want 3 s", took)
		}
		log := r.Snapshot().Log
		if !log.At(0).Cut {
			t.Error("The log does not say that it was cut off.")
		}
	})
}
