package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"windowsill/server/access"
	"windowsill/server/conns"
	"windowsill/server/lan"
	"windowsill/server/media"
	"windowsill/server/reach"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/web"
	"windowsill/server/worker"
)

// run is a share that is on the network: what exists only between Start and
// Stop.
type run struct {
	folder   *share.Folder
	record   *traffic.Recorder
	receiver *receive.Receiver
	thumbs   *media.Maker
	workers  *worker.Pool
	watcher  *share.Watcher
	guard    *access.Guard
	place    *place
	web      *web.Handler // what devices meet
	listener *conns.Listener
	herald   herald
	watchman watchman
	http     *http.Server
	port     int
	since    time.Time

	mayAnnounce bool
	closing     context.Context // done when the share ends
	end         context.CancelFunc
	tidied      sync.Once // see tidy
}

// afterCut is how long a run waits for its handlers to notice that their
// connections were cut. A handler that hangs in the kernel, on a dead network
// drive, must not keep Stop from returning.
const afterCut = 2 * time.Second

// open opens the folder and the port, and begins to serve.
func (s *Server) open(sh Share, c circle) (*run, error) {
	folder, err := share.Open(sh.Folder, share.Options{Hidden: sh.Hidden})
	if err != nil {
		return nil, err
	}
	place, l, err := s.listen(sh)
	if err != nil {
		folder.Close()
		return nil, err
	}
	o := s.options
	writer := folder.Writer()
	r := &run{
		folder: folder, watcher: share.NewWatcher(folder), guard: c.guard, place: place, thumbs: media.New(media.Options{CacheDir: o.thumbnailDir()}),
		record:   traffic.New(traffic.Options{Stall: o.Stall, Most: s.bounds.Most, Changed: s.changed}),
		receiver: receive.New(writer, receive.Options{Limits: s.bounds.room(o), Changed: s.changed}),
		listener: l,
		port:     l.Port(),
		herald:   herald{changed: s.changed}, watchman: watchman{hurry: make(chan struct{}, 1)}, mayAnnounce: o.Announce,
		since: time.Now(), workers: worker.NewPool(worker.Options{}),
	}
	r.closing, r.end = context.WithCancel(context.Background())
	r.web = s.handler(r, sh, writer, c.texts)
	r.http = &http.Server{
		Handler:           r.web,
		ConnContext:       r.record.ConnContext,
		ReadHeaderTimeout: o.HeaderTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	r.tidy()
	if o.Examine {
		r.watchman.look = reach.Look
	}
	r.announce()
	go s.serve(r)
	return r, nil
}

// serve lets devices in until the run is closed, or the system closes the port.
func (s *Server) serve(r *run) {
	if err := r.listener.Serve(r.http); err != nil {
		s.fail(r, err)
	}
}

// handler makes what devices of a run meet.
func (s *Server) handler(r *run, sh Share, writer *share.Writer, texts *web.Texts) *web.Handler {
	return web.New(web.Config{
		Share: web.Share{Writer: writer, Watcher: r.watcher, Receiver: r.receiver, Thumbnails: r.thumbs, Workers: r.workers, Listing: sh.Listing},
		Location: web.Location{
			Hostname: hostname(), Port: r.port, Origins: r.origins, Name: r.herald.host, Arrived: r.place.cameIn,
		},
		Guard: r.guard, Recorder: r.record, Pages: s.pages, Texts: texts,
		Unattended: s.options.Unattended, Closing: r.closing, Changed: s.changed,
	})
}

// tidy removes what uploads left behind, once visitors may write: it looks
// through the whole folder.
func (r *run) tidy() {
	if r.guard.Policy().Visitors > access.Read {
		r.tidied.Do(func() { go r.receiver.Tidy(r.closing) })
	}
}

// listen finds out where to listen for a share, and does.
func (s *Server) listen(sh Share) (*place, *conns.Listener, error) {
	p := &place{ask: s.ask, where: sh.Where}
	p.look()
	at, ok := p.listening()
	if !ok {
		return nil, nil, &AddressMissingError{Wanted: sh.Where.Prefer, Has: p.network().All}
	}
	o := s.options
	l, err := conns.Listen(conns.Config{
		At: at, Port: sh.Port, Exact: sh.ExactPort,
		Max: s.bounds.connections(o), MaxPerAddress: o.MaxPerAddress, Admits: p.admits,
		IdleTimeout: o.IdleTimeout,
	})
	return p, l, err
}

// close stops listening at once, lets running requests end until ctx is done
// and cuts the rest.
func (r *run) close(ctx context.Context) {
	r.end()
	r.herald.close()
	r.listener.Close()
	r.listener.CloseIdle()
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
	r.workers.Close()
	r.watcher.Close()
	r.folder.Close()
}

// asNews is how many looks after the folder there are to one after the
// addresses where the system says by itself when these change. It does not say
// all: the hardware address of a router becomes known a little later.
const asNews = 5

// tend looks after a run until it ends: whether its folder is still there,
// whether this computer's addresses have changed, and what it no longer needs.
func (s *Server) tend(r *run) {
	moved := lan.Changes(r.closing)
	tick := time.NewTicker(s.options.LookAfter)
	defer tick.Stop()
	missing, thrift := 0, thrift{}
	for turn := 1; ; turn++ {
		select {
		case <-r.closing.Done():
			return
		case <-moved:
			s.follow(r)
			continue
		case <-tick.C:
		}
		if r.folder.Check() == nil {
			missing = 0
		} else if missing++; missing == 2 { // a network drive may stumble once
			s.fail(r, ErrFolderGone)
			return
		}
		if moved == nil || turn%asNews == 0 {
			s.follow(r)
		} else {
			r.arrive()
		}
		if r.guard.AnyWaiting() { // who has left waits no more
			s.changed()
		}
		if thrift.isDue(r.record.Requests()) {
			giveBack()
		}
	}
}

// follow goes where this computer's addresses have gone.
func (s *Server) follow(r *run) {
	changed := r.place.look()
	r.arrive()
	if changed {
		r.watchman.rush()
		s.changed()
	}
}

// arrive listens and announces where the place says. An address that is not
// quite there yet is tried again the next time.
func (r *run) arrive() {
	if err := r.moveListener(); err != nil {
		slog.Debug("not listening at the new address yet", "error", err)
	}
	r.announce()
}

// moveListener listens where the place says.
func (r *run) moveListener() error {
	to, ok := r.place.listening()
	if !ok {
		return nil // The address may come back.
	}
	return r.listener.Move(to)
}

// network says where the run is.
func (r *run) network() Network {
	n := r.place.network()
	n.Name, n.Obstacle = r.herald.url(r.port), r.watchman.obstacle()
	return n
}

// links returns the addresses that open the share, with the key that lets in
// unless everybody may come in anyway.
func (r *run) links() []Link {
	found := r.place.addresses()
	key := ""
	if !r.guard.Policy().Open {
		key = "?key=" + r.guard.Key()
	}
	links := make([]Link, len(found))
	for i, a := range found {
		plain := a.URL(r.port)
		links[i] = Link{URL: plain + key, Plain: plain, Address: a}
	}
	return links
}

// mostAddresses is how many of its addresses a page is told: they are in a header of
// every page, and some computers have hundreds.
const mostAddresses = 8

// origins returns where the run can be reached, best first.
func (r *run) origins() []string {
	var all []string
	links := r.links()
	for _, l := range links[:min(len(links), mostAddresses)] {
		all = append(all, strings.TrimSuffix(l.Plain, "/"))
	}
	if u, err := url.Parse(r.herald.url(r.port)); err == nil && u.Host != "" {
		all = append(all, "http://"+u.Host)
	}
	return all
}
