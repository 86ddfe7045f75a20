package server

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"windowsill/server/access"
	"windowsill/server/conns"
	"windowsill/server/lan"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/web"
	"windowsill/server/worker"
)

// run is a share that is on the network: what exists only between Start and
// Stop.
type run struct {
	content   content
	limits    limits // of what is in it
	receiving Receiving
	guard     *access.Guard
	record    *traffic.Recorder
	receiver  *receive.Receiver
	web       *web.Handler // what devices meet
	http      *http.Server
	http2     *http.Server // for clients that speak HTTP/2, over TLS alone
	endpoint  *endpoint
	since     time.Time
	closing   context.Context // done when the share ends
	end       context.CancelCauseFunc
	tidied    sync.Once // see tidy
	changed   func()    // tells the watchers; never blocks
}

// runConfig is what a run is opened with.
type runConfig struct {
	options Options
	bounds  Bounds
	pages   *page.Pages
	ask     func() ([]lan.Address, error) // for this computer's addresses
	guard   *access.Guard
	texts   *web.Texts
	changed func()
	moved   func()
}

// content is the folder of a run, and what reads it.
type content struct {
	folder  *share.Folder
	seen    *share.Folder // what devices see; often folder itself
	watcher *share.Watcher
	thumbs  *media.Maker
	workers *worker.Pool
	// converters make pictures that browsers can show.
	converters *worker.Pool
}

func (c content) close() {
	c.thumbs.Close()
	c.workers.Close()
	c.converters.Close()
	c.watcher.Close()
	c.folder.Close()
	if c.seen != c.folder {
		c.seen.Close()
	}
}

// Small answers go out in one packet with their header.
var _ traffic.Corker = (*conns.Conn)(nil)

// A page that was left is not told what happens.
var _ traffic.Stander = (*conns.Conn)(nil)

// afterCut is how long a run waits for its handlers to notice that their
// connections were cut. A handler that hangs in the kernel, on a dead network
// drive, must not keep Stop from returning.
const afterCut = 2 * time.Second

// openRun opens the folder and the port.
func openRun(sh Share, c runConfig) (*run, error) {
	if err := checkFiles(); err != nil {
		return nil, err
	}
	folder, err := sh.open()
	if err != nil {
		return nil, err
	}
	seen, err := sh.seen(folder)
	if err != nil {
		folder.Close()
		return nil, err
	}
	at, err := openEndpoint(sh, c)
	if err != nil {
		folder.Close()
		if seen != folder {
			seen.Close()
		}
		return nil, err
	}
	o, writer, converters := c.options, folder.Writer(), worker.NewPool(media.Converters)
	r := &run{
		content:   content{folder, seen, share.NewWatcher(seen), media.New(media.Options{CacheDir: o.thumbnailDir(), Converters: converters}), worker.NewPool(worker.Options{}), converters},
		receiving: sh.Receiving,
		guard:     c.guard,
		record:    traffic.New(traffic.Options{Stall: o.Timeouts.Stall, Most: c.bounds.Most, Changed: c.changed, Moved: c.moved}),
		receiver:  receive.New(writer, receive.Options{Limits: c.bounds.room(o), Changed: c.changed}),
		endpoint:  at, since: time.Now(), changed: c.changed,
	}
	r.closing, r.end = context.WithCancelCause(context.Background())
	r.limits.set(sh.Items, folder.Roots())
	r.web = newHandler(r, sh, seen.Writer(), c)
	r.http, r.http2 = newHTTPServer(r, o.Timeouts), newHTTPServer(r, o.Timeouts)
	r.tidy()
	at.announce()
	return r, nil
}

func newHTTPServer(r *run, t Timeouts) *http.Server {
	return &http.Server{
		Handler:           r.web,
		ConnContext:       r.record.ConnContext,
		ReadHeaderTimeout: t.Header,
		MaxHeaderBytes:    maxHeaderBytes,
		HTTP2:             http2Limits(t),
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
}

// http2Limits bounds what one connection with HTTP/2 may cost. A client that resets
// streams as fast as it opens them, floods with settings or pings, or never ends a
// header, is turned away by net/http itself.
func http2Limits(t Timeouts) *http.HTTP2Config {
	return &http.HTTP2Config{
		MaxConcurrentStreams:      100, // the least that RFC 9113, section 6.5.2, advises
		MaxDecoderHeaderTableSize: 4 << 10,
		MaxEncoderHeaderTableSize: 4 << 10,
		SendPingTimeout:           t.Stall, // without a word from the client; then it is asked
		PingTimeout:               t.Header,
		WriteByteTimeout:          t.Stall,
	}
}

// newHandler makes what devices of a run meet.
func newHandler(r *run, sh Share, writer *share.Writer, c runConfig) *web.Handler {
	at := r.endpoint
	return web.New(web.Config{
		Share: web.Share{
			Writer: writer, Watcher: r.content.watcher, Receiver: r.receiver, Thumbnails: r.content.thumbs, Workers: r.content.workers,
			Listing: sh.Listing, NoReadmes: sh.NoReadmes, Allow: r.allow, Name: r.name(sh), Inbox: sh.Receiving.inbox(),
		},
		Location: web.Location{
			Hostname: at.computer.hostname, Domains: at.computer.searchDomains, Port: at.listener.Port(), Origins: at.origins,
			Name: at.host, Arrived: at.place.arrived, TLS: at.webTLS(), Group: at.place.groups.Of,
		},
		Guard: r.guard, Recorder: r.record, Pages: c.pages, Texts: c.texts,
		Unattended: c.options.Unattended, Closing: r.closing, Changed: r.changed,
	})
}

// name returns what tells the name of the share.
func (r *run) name(sh Share) func() string {
	if sh.Receiving.On {
		return sh.Name
	}
	return r.content.folder.Name
}

// serve lets devices in until the run is closed. It calls fail if the system
// closes the port before.
func (r *run) serve(fail func(error)) {
	if err := r.endpoint.listener.Serve(r.http, r.http2); err != nil {
		fail(err)
	}
}

// tidy removes what uploads left behind, once devices may write: it looks
// through the whole folder.
func (r *run) tidy() {
	if r.guard.Policy().Allow > access.Read || r.receiving.On {
		r.tidied.Do(func() { go r.receiver.Tidy(r.closing) })
	}
}

// links returns the addresses that open the share, with the key that lets in
// unless everybody may come in anyway.
func (r *run) links() []Link {
	if r.guard.Policy().Open {
		return r.endpoint.links("")
	}
	return r.endpoint.links("?key=" + r.guard.Key())
}

// close stops listening at once, lets running requests end until ctx is done
// and cuts the rest. why is nil, or the cause of [web.Config].Closing.
func (r *run) close(ctx context.Context, why error) {
	r.end(why)
	r.endpoint.close()
	var down sync.WaitGroup
	for _, s := range []*http.Server{r.http, r.http2} {
		down.Go(func() {
			if s.Shutdown(ctx) != nil {
				r.endpoint.listener.Cut() // s.Close would take its leave of each
				s.Close()
			}
		})
	}
	down.Wait()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.record.Wait()
	}()
	select {
	case <-ended:
	case <-time.After(afterCut):
	}
	r.content.close()
}

// looksPerNews is how many looks after the folder there are to one after the
// addresses where the system says by itself when these change. It does not say
// all: the hardware address of a router becomes known a little later.
const looksPerNews = 5

// maintain looks after a run until it ends: whether its folder is still there,
// whether this computer's addresses have changed, and what it no longer needs.
// It calls fail when the folder has gone.
func (r *run) maintain(every time.Duration, fail func(error)) {
	news, renewed := lan.Changes(r.closing), r.endpoint.credential.watch(r.closing)
	tick := time.NewTicker(every)
	defer tick.Stop()
	missing, memory := 0, newMemoryReleaser()
	for turn := 1; ; turn++ {
		select {
		case <-r.closing.Done():
			return
		case <-news:
			r.refresh()
			continue
		case <-renewed:
			if r.endpoint.renew() {
				r.changed()
			}
			continue
		case <-tick.C:
		}
		before := r.content.folder.Changed()
		if r.content.folder.Check() == nil {
			missing = 0
			if !r.content.folder.Changed().Equal(before) {
				r.changed() // an item has gone, or come back
			}
		} else if missing++; missing == 2 { // a network drive may stumble once
			fail(ErrFolderGone)
			return
		}
		if news == nil || turn%looksPerNews == 0 {
			r.refresh()
		} else {
			r.endpoint.follow()
		}
		if r.guard.AnyWaiting() { // who has left waits no more
			r.changed()
		}
		begun, ended := r.record.Requests()
		memory.update(begun+ended+r.endpoint.listener.Accepted(), r.record.Moved())
	}
}

// refresh goes where this computer's addresses have gone.
func (r *run) refresh() {
	if r.endpoint.refresh() {
		r.changed()
	}
}
