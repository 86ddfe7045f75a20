package server

import (
	"context"
	"errors"
	"fmt"
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
// There is a method for each thing that the owner can do.
//
// It has this many methods because it is the seam to the owner: one for each
// thing that the window or the terminal asks it to do.
type Server struct {
	options   Options
	pages     *page.Pages
	ask       func() ([]lan.Address, error) // for this computer's addresses
	watchers  watchers
	log       *logging
	neighbors lan.Neighbors
	pictures  ownPictures

	op     sync.Mutex // held throughout Start, Stop and Restart, so that they follow each other
	bounds Bounds     // guarded by op

	mu      sync.Mutex // never held while anything blocks
	current current    // guarded by mu
}

// current is what there is at one moment.
type current struct {
	state  State
	err    error // why state is Failed
	share  Share // what is shared, or was last tried
	policy Policy
	run    *run // nil while nothing listens

	// Of the present or the last run; nil before the first.
	record   *traffic.Recorder
	receiver *receive.Receiver

	// Of the folder of share: they outlive a stop, so that devices need not
	// come in anew. nil before the first Start.
	guard *access.Guard
	texts *web.Texts
}

// New returns a stopped server: nothing listens yet.
func New(o Options) (*Server, error) {
	pages, err := page.New(assets.Page(), assets.Languages())
	if err != nil {
		return nil, fmt.Errorf("The program is damaged: its own pages are not whole. Install it again: %w", err)
	}
	s := &Server{options: o.withDefaults(), pages: pages, ask: lan.Addresses, current: current{policy: o.Policy}}
	s.log = &logging{watchers: &s.watchers, current: func() *traffic.Recorder { return s.now().record }}
	return s, nil
}

// Start puts a folder, or several items, on the network and returns when devices can connect,
// or why they cannot; that is then also the state's error. Among the errors
// are [ErrBusy], [ErrFewFiles], [ErrFolderMissing], [ErrNotAFolder], [ErrFolderUnreadable],
// [*MissingError],
// [*PortBusyError] and [*PortForbiddenError].
func (s *Server) Start(sh Share) error {
	s.op.Lock()
	defer s.op.Unlock()
	return s.start(sh)
}

// start is called with op held.
func (s *Server) start(sh Share) error {
	if s.running() != nil {
		return ErrBusy
	}
	sh = sh.normal()
	s.set(func(c *current) {
		// What devices were known by went over the network in the clear, if the
		// share was not encrypted before.
		if c.guard == nil || !sh.same(c.share) || sh.TLS.On != c.share.TLS.On {
			c.guard, c.texts = access.New(c.policy, s.audit, s.neighbors.HardwareAddr), new(web.Texts)
		}
		c.state, c.err, c.share, c.record, c.receiver = Starting, nil, sh, nil, nil
	})
	c := s.now()
	r, err := openRun(sh, runConfig{
		options: s.options, bounds: s.bounds, pages: s.pages, ask: s.ask,
		guard: c.guard, texts: c.texts, changed: s.watchers.changed, moved: s.watchers.moved,
	})
	if err != nil {
		s.set(func(c *current) { c.state, c.err = Failed, err })
		return err
	}
	sh.Port = r.endpoint.listener.Port()
	s.set(func(c *current) {
		c.state, c.share, c.run, c.record, c.receiver = Sharing, sh, r, r.record, r.receiver
	})
	fail := func(err error) { s.fail(r, err) }
	go r.serve(fail)
	go r.maintain(s.options.LookAfter, fail)
	go r.endpoint.firewall.run(r.closing, r.endpoint.toReach, r.changed)
	return nil
}

// Stop ends the share: no new connections from now on, and whatever is still
// running when [Timeouts].Grace is over or ctx is done is cut. When it returns
// the port is free. It does nothing but forget a failure if nothing is shared.
func (s *Server) Stop(ctx context.Context) error {
	s.op.Lock()
	defer s.op.Unlock()
	s.stop(ctx, nil)
	return nil
}

// Restart is Stop and Start in one. Open pages of an encrypted share are told if what
// follows is not encrypted: they could not find out by themselves.
func (s *Server) Restart(ctx context.Context, sh Share) error {
	s.op.Lock()
	defer s.op.Unlock()
	var why error
	if s.now().share.TLS.On && !sh.TLS.On {
		why = web.ErrUnencrypted
	}
	s.stop(ctx, why)
	return s.start(sh)
}

// stop is called with op held. why is that of [run.close].
func (s *Server) stop(ctx context.Context, why error) {
	if r := s.running(); r != nil {
		s.set(func(c *current) { c.state = Stopping })
		ctx, cancel := context.WithTimeout(ctx, s.options.Timeouts.Grace)
		defer cancel()
		r.close(ctx, why)
	}
	s.set(func(c *current) { c.state, c.err, c.run = Stopped, nil, nil })
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
	r.close(ctx, nil)
	s.set(func(c *current) { c.state, c.err, c.run = Failed, err, nil })
}

// now returns what there is at this moment.
func (s *Server) now() current {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

func (s *Server) running() *run { return s.now().run }

// set changes what there is, and tells the watchers.
func (s *Server) set(change func(*current)) {
	s.mu.Lock()
	change(&s.current)
	s.mu.Unlock()
	s.watchers.changed()
}

// Snapshot returns the present state.
func (s *Server) Snapshot() Snapshot {
	c := s.now()
	snap := Snapshot{State: c.state, Err: c.err, Share: c.share, Policy: c.policy}
	if c.share.Folder != "" || len(c.share.Items) > 0 {
		snap.Name = c.share.Name()
	}
	if c.run != nil && c.state == Sharing {
		snap.Items = c.run.content.folder.Roots()
		snap.Deleted, snap.Pages = c.run.web.Deleted(), c.run.web.VisitorsPages()
		snap.Since, snap.Links, snap.Network = c.run.since, c.run.links(), c.run.endpoint.network()
		snap.Certificate = c.run.endpoint.certificate()
	}
	if c.guard != nil {
		snap.PIN = c.guard.PIN()
		snap.Texts = c.texts.All()
	}
	if c.record != nil {
		seen := c.record.Snapshot()
		snap.Transfers, snap.History, snap.Totals, snap.Log = seen.Transfers, seen.History, seen.Totals, seen.Log
		snap.Devices = devices(c.guard.Devices(), seen.Devices, c.policy)
		snap.Uploads = c.receiver.Uploads()
	}
	if failure := s.log.failure.Load(); failure != nil {
		snap.LogErr = failure
	}
	return snap
}

// Look counts what is in a folder, or a file, and names what speaks against sharing it.
// When ctx is done it returns what it has until then, and no error.
func (s *Server) Look(ctx context.Context, folder string) (Look, error) {
	look, err := share.LookInto(ctx, folder)
	if err != nil && !errors.Is(err, ctx.Err()) {
		return look, err
	}
	return look, nil
}
