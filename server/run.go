package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"windowsill/server/access"
	"windowsill/server/lan"
	"windowsill/server/media"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
)

// run is a share that is on the network: what exists only between Start and
// Stop.
type run struct {
	*site
	gate  *gate
	http  *http.Server
	port  int
	since time.Time

	addresses atomic.Pointer[[]lan.Address] // best first; replaced whole
	end       context.CancelFunc            // makes site.closing done
	tidied    sync.Once                     // see tidy
}

// afterCut is how long a run waits for its handlers to notice that their
// connections were cut. A handler that hangs in the kernel, on a dead network
// drive, must not keep Stop from returning.
const afterCut = 2 * time.Second

// open opens the folder and the port, and begins to serve.
func (s *Server) open(sh Share, guard *access.Guard) (*run, error) {
	folder, err := share.Open(sh.Folder, share.Options{Hidden: sh.Hidden})
	if err != nil {
		return nil, err
	}
	l, err := listen(sh.Port, sh.ExactPort, openPort)
	if err != nil {
		folder.Close()
		return nil, err
	}
	o := s.options
	r := &run{
		gate:  newGate(l, o.MaxConnections, o.MaxPerAddress),
		port:  l.Addr().(*net.TCPAddr).Port,
		since: time.Now(),
	}
	closing, end := context.WithCancel(context.Background())
	r.end = end
	r.site = &site{
		folder: folder, guard: guard, searches: make(chan struct{}, mostSearches), pages: s.pages, compress: s.compress,
		archives:   newArchives(folder),
		receiver:   receive.New(folder, receive.Options{Limits: o.Room, Changed: s.changed}),
		thumbs:     media.New(media.Options{CacheDir: o.thumbnailDir()}),
		record:     traffic.New(traffic.Options{Stall: o.Stall, Changed: s.changed}),
		cookie:     "windowsill_" + strconv.Itoa(r.port),
		hostname:   hostname(),
		unattended: o.Unattended,
		closing:    closing,
	}
	r.http = &http.Server{
		Handler:           r.routes(),
		ConnContext:       r.record.ConnContext,
		ReadHeaderTimeout: o.HeaderTimeout,
		IdleTimeout:       o.IdleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	r.findAddresses()
	r.tidy()
	go r.http.Serve(r.gate)
	return r, nil
}

// tidy removes what uploads left behind, once visitors may write: it looks
// through the whole folder.
func (r *run) tidy() {
	if r.guard.Policy().Visitors > access.Read {
		r.tidied.Do(func() { go r.receiver.Tidy(r.closing) })
	}
}

// close stops listening at once, lets running requests end until ctx is done
// and cuts the rest.
func (r *run) close(ctx context.Context) {
	r.end()
	r.gate.Close()
	r.gate.hangUpSilent()
	if r.http.Shutdown(ctx) != nil {
		r.http.Close()
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.record.Wait()
	}()
	select {
	case <-ended:
	case <-time.After(afterCut):
	}
	r.thumbs.Close()
	r.folder.Close()
}

// tend looks after a run until it ends: whether its folder is still there,
// and whether this computer's addresses have changed.
func (s *Server) tend(r *run) {
	tick := time.NewTicker(s.options.LookAfter)
	defer tick.Stop()
	missing := 0
	for {
		select {
		case <-r.closing.Done():
			return
		case <-tick.C:
		}
		if r.folder.Check() == nil {
			missing = 0
		} else if missing++; missing == 2 { // a network drive may stumble once
			s.fail(r, ErrFolderGone)
			return
		}
		if r.findAddresses() || r.guard.AnyWaiting() { // who has left waits no more
			s.changed()
		}
	}
}

// findAddresses asks for this computer's addresses and reports whether they
// have changed. When the system does not answer, the old ones stay.
func (r *run) findAddresses() bool {
	found, err := lan.Addresses()
	if err != nil {
		return false
	}
	old := r.addresses.Swap(&found)
	return old == nil || !slices.Equal(*old, found)
}

// links returns the addresses that open the share, with the key that lets in
// unless everybody may come in anyway.
func (r *run) links() []Link {
	found := r.addresses.Load()
	if found == nil {
		return nil
	}
	key := ""
	if !r.guard.Policy().Open {
		key = "?key=" + r.guard.Key()
	}
	links := make([]Link, len(*found))
	for i, a := range *found {
		plain := a.URL(r.port)
		links[i] = Link{URL: plain + key, Plain: plain, Address: a}
	}
	return links
}
