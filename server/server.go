package server

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"windowsill/assets"
	"windowsill/server/access"
	"windowsill/server/lan"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/web"
)

// Server shares one folder at a time. Make one with [New]; several in one
// process do not disturb each other. All methods are safe for concurrent use.
type Server struct {
	options Options
	pages   *page.Pages
	ask     func() ([]lan.Address, error) // for this computer's addresses
	watch   sync.Map                      // *watcher → struct{}

	logging sync.Mutex
	logFile *logFile // nil while there is none; guarded by logging

	op     sync.Mutex // held throughout Start and Stop, so that they follow each other
	bounds Bounds     // guarded by op

	mu     sync.Mutex // guards what follows; never held while anything blocks
	state  State
	err    error             // why state is Failed
	share  Share             // what is shared, or was last tried
	run    *run              // nil while nothing listens
	record *traffic.Recorder // of the present or the last run; nil before the first
	files  *receive.Receiver // likewise
	policy Policy
	circle // of the folder of share; outlives a stop, so that devices need not come in anew
}

// circle is who comes to a share, and what they and the owner tell each other.
type circle struct {
	guard *access.Guard
	texts *web.Texts
}

// New returns a stopped server: nothing listens yet.
func New(o Options) (*Server, error) {
	pages, err := page.New(assets.Page(), assets.Languages())
	if err != nil {
		return nil, fmt.Errorf("The program is damaged: its own pages are not whole. Install it again: %w", err)
	}
	return &Server{options: o.withDefaults(), pages: pages, ask: lan.Addresses, policy: o.Policy}, nil
}

// Start puts a folder on the network and returns when devices can connect,
// or why they cannot; that is then also the state's error. Among the errors
// are [ErrBusy], [ErrFolderMissing], [ErrNotAFolder], [ErrFolderUnreadable],
// [*PortBusyError] and [*PortForbiddenError].
func (s *Server) Start(sh Share) error {
	s.op.Lock()
	defer s.op.Unlock()
	if s.running() != nil {
		return ErrBusy
	}
	if abs, err := filepath.Abs(sh.Folder); err == nil {
		sh.Folder = abs
	}
	s.set(func() {
		if s.guard == nil || sh.Folder != s.share.Folder {
			s.circle = circle{access.New(s.policy, s.audit), new(web.Texts)}
		}
		s.state, s.err, s.share, s.record, s.files = Starting, nil, sh, nil, nil
	})
	r, err := s.open(sh, s.circle)
	if err != nil {
		s.set(func() { s.state, s.err = Failed, err })
		return err
	}
	sh.Port = r.port
	s.set(func() { s.state, s.share, s.run, s.record, s.files = Sharing, sh, r, r.record, r.receiver })
	go s.tend(r)
	go s.tendReach(r)
	return nil
}

// Stop ends the share: no new connections from now on, and whatever is still
// running when [Options].Grace is over or ctx is done is cut. When it returns
// the port is free. It does nothing but forget a failure if nothing is shared.
func (s *Server) Stop(ctx context.Context) error {
	s.op.Lock()
	defer s.op.Unlock()
	if r := s.running(); r != nil {
		s.set(func() { s.state = Stopping })
		ctx, cancel := context.WithTimeout(ctx, s.options.Grace)
		defer cancel()
		r.close(ctx)
	}
	s.set(func() { s.state, s.err, s.run = Stopped, nil, nil })
	return nil
}

// fail ends r at once, because of err, if it is still what is shared.
func (s *Server) fail(r *run, err error) {
	s.op.Lock()
	defer s.op.Unlock()
	if s.running() != r {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r.close(ctx)
	s.set(func() { s.state, s.err, s.run = Failed, err, nil })
}

func (s *Server) running() *run {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.run
}

// set changes what mu guards and tells the watchers.
func (s *Server) set(change func()) {
	s.mu.Lock()
	change()
	s.mu.Unlock()
	s.changed()
}

// Snapshot returns the present state.
func (s *Server) Snapshot() Snapshot {
	s.mu.Lock()
	snap := Snapshot{State: s.state, Err: s.err, Share: s.share, Policy: s.policy}
	run, record, files, guard, texts := s.run, s.record, s.files, s.guard, s.texts
	s.mu.Unlock()

	if snap.Share.Folder != "" {
		snap.Name = shareName(snap.Share.Folder)
	}
	if run != nil && snap.State == Sharing {
		snap.Deleted = run.web.Deleted()
		snap.Since, snap.Links, snap.Network = run.since, run.links(), run.network()
	}
	if guard != nil {
		snap.PIN = guard.PIN()
		snap.Texts = texts.All()
	}
	if record != nil {
		now := record.Snapshot()
		snap.Transfers, snap.History, snap.Speed, snap.Totals, snap.Log = now.Transfers, now.History, now.Speed, now.Totals, now.Log
		snap.Devices = devices(guard.Devices(), now.Devices, snap.Policy)
		snap.Uploads = files.Uploads()
	}
	return snap
}

// Look counts what is in a folder and names what speaks against sharing it.
// When ctx is done it returns what it has until then, and no error.
func (s *Server) Look(ctx context.Context, folder string) (Look, error) {
	look, err := share.LookInto(ctx, folder)
	if err != nil && !errors.Is(err, ctx.Err()) {
		return look, err
	}
	return look, nil
}

// shareName is what people call a share: the last element of its folder's path.
func shareName(folder string) string { return filepath.Base(folder) }
