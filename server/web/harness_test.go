package web

import (
	"cmp"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"windowsill/assets"
	"windowsill/server/access"
	"windowsill/server/media"
	"windowsill/server/page"
	"windowsill/server/receive"
	"windowsill/server/servertest"
	"windowsill/server/share"
	"windowsill/server/traffic"
	"windowsill/server/worker"
)

func TestMain(m *testing.M) {
	if worker.Is(os.Args) {
		os.Exit(worker.Main(slowJobs()))
	}
	// net/http keeps a connection for half a second more when it breaks off a
	// body, so that the client reads why.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

// What tests in other packages use too.
var (
	tree  = servertest.Tree
	must  = servertest.Must
	done  = servertest.Done
	get   = servertest.Get
	until = servertest.Until
)

// cookie is the name of the cookie of a share at the port 8000.
const cookie = "windowsill_8000"

// setup is how a test differs from a read-only share of visible files.
type setup struct {
	access.Policy
	Room       receive.Limits
	Hidden     bool
	Stall      time.Duration
	CacheDir   string
	Unattended bool
	Origins    []string
	Domains    func() []string // see [Location]; nil for none
	Workers    worker.Options
	TLS        *TLS
	Guard      *access.Guard // of an earlier share of the folder; nil for a new one
	Roots      []string      // names in the folder of what alone is shared; nil for all of it

	Inbox *Inbox // see [Share]

	Allow func(name string, whole bool, policy access.Permission) access.Permission // see [Share]; nil for the policy
}

// shared is a share, and all that the server would keep of it.
type shared struct {
	*Handler
	folder   *share.Folder
	guard    *access.Guard
	recorder *traffic.Recorder
	receiver *receive.Receiver
	texts    *Texts
	stop     func() // cuts all connections, once it is served
	end      func() // ends the share for whoever waits for something
}

// newShared shares a folder for as long as the test runs, without a listener.
// Nobody watches the folder.
func newShared(t testing.TB, dir string, o setup) *shared { return newWatched(t, dir, o, nil) }

func openShare(dir string, o setup) (*share.Folder, error) {
	if o.Roots == nil {
		return share.Open(dir, share.Options{Hidden: o.Hidden})
	}
	var roots []share.Root
	for _, name := range o.Roots {
		roots = append(roots, share.Root{Path: filepath.Join(dir, filepath.FromSlash(name))})
	}
	return share.OpenRoots(roots, share.Options{Hidden: o.Hidden})
}

func newWatched(t testing.TB, dir string, o setup, watch func(*share.Folder) *share.Watcher) *shared {
	t.Helper()
	folder, err := openShare(dir, o)
	must(t, err)
	if o.Allow == nil {
		o.Allow = func(_ string, _ bool, policy access.Permission) access.Permission { return policy }
	}
	pages, err := ourPages()
	must(t, err)
	converters, workers := worker.NewPool(media.Converters), worker.NewPool(o.Workers)
	thumbs := media.New(media.Options{CacheDir: o.CacheDir, Converters: converters})
	if o.Domains == nil {
		o.Domains = func() []string { return nil }
	}
	closing, end := context.WithCancel(context.Background())
	s := &shared{
		folder: folder,
		guard:  cmp.Or(o.Guard, access.New(o.Policy, nil, nil)), recorder: traffic.New(traffic.Options{Stall: o.Stall}),
		receiver: receive.New(folder.Writer(), receive.Options{Limits: o.Room}), texts: new(Texts), end: end,
	}
	var watcher *share.Watcher
	if watch != nil {
		watcher = watch(folder)
		t.Cleanup(watcher.Close)
	}
	s.Handler = New(Config{
		Share: Share{Writer: folder.Writer(), Watcher: watcher, Receiver: s.receiver, Thumbnails: thumbs, Workers: workers, Allow: o.Allow, Name: folder.Name, Inbox: o.Inbox},
		Guard: s.guard, Recorder: s.recorder, Pages: pages, Texts: s.texts, Unattended: o.Unattended,
		Location: Location{
			Hostname: "laptop", Domains: o.Domains, Port: 8000, Origins: func() []string { return o.Origins },
			Name: func() string { return "" }, Arrived: func(*http.Request) {}, TLS: o.TLS, Group: func(a netip.Addr) netip.Addr { return a },
		},
		Closing: closing, Changed: func() {},
	})
	t.Cleanup(func() {
		end()
		thumbs.Close()
		workers.Close()
		converters.Close()
		folder.Close()
	})
	return s
}

// ourPages are the same for every share: to read their templates takes longer
// than most tests.
var ourPages = sync.OnceValues(func() (*page.Pages, error) {
	return page.New(assets.Page(), assets.Languages())
})

// start serves a folder on loopback for as long as the test runs, and returns
// the address of the share without a slash at its end.
func start(t testing.TB, dir string, o setup) (s *shared, url string) {
	t.Helper()
	s = newWatched(t, dir, o, share.NewWatcher)
	return s, s.serve(t, func(*http.Request) {})
}

// serve serves a share on loopback. Each request is changed by as before.
func (s *shared) serve(t testing.TB, as func(*http.Request)) (url string) {
	t.Helper()
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		as(q)
		s.ServeHTTP(w, q)
	}))
	front.Config.ConnContext = s.recorder.ConnContext
	front.Start()
	s.stop = func() {
		s.end()
		front.CloseClientConnections()
		front.Close()
	}
	t.Cleanup(func() {
		s.stop()
		http.DefaultClient.CloseIdleConnections()
	})
	return front.URL
}

// dial opens a connection to a share and says something on it.
func dial(t *testing.T, url, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	must(t, err)
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = io.WriteString(c, text)
	must(t, err)
	return c
}

// ask sends a handler a GET request for a target as it stands on the wire.
func ask(h http.Handler, target string) (code int, body string, ok bool) {
	u, err := url.ParseRequestURI(target)
	if err != nil || !strings.HasPrefix(target, "/") {
		return 0, "", false
	}
	q := &http.Request{Method: "GET", URL: u, RequestURI: target, Host: "127.0.0.1", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody, RemoteAddr: "192.0.2.1:1"}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, q)
	return w.Code, w.Body.String(), true
}
