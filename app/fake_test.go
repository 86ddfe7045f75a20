package app

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"windowsill/server"
)

// fakeStart is when the first thing happened in tests.
var fakeStart = time.Date(2026, 11, 22, 20, 48, 0, 0, time.Local)

// fakeTransfers returns this many running downloads.
func fakeTransfers(count int, sent int64) []server.Transfer {
	var list []server.Transfer
	for i := range count {
		list = append(list, server.Transfer{
			ID: uint64(i + 1), Device: uint64(i%5 + 1), Addr: netip.AddrFrom4([4]byte{192, 168, 1, byte(i%5 + 20)}),
			Name: fmt.Sprintf("Summer film %d.mp4", i), Kind: server.File,
			Done: sent, Moved: sent, Total: 60_000_000, Active: 5 * time.Second, Last: fakeStart,
		})
	}
	return list
}

// fakeEngine is a server without a network. It goes through the same states.
type fakeEngine struct {
	look func(ctx context.Context, folder string) (server.Look, error)

	mu        sync.Mutex
	refuse    func(server.Share) error // why Start fails; nil lets it be
	now       server.Snapshot
	watcher   func(server.Snapshot)
	starts    []server.Share
	stops     int
	orders    []string // what else it was told, in order
	locked    error    // why the firewall cannot be opened; nil lets it be
	logError  error    // why no log file can be written; nil lets it be
	textError error    // why no text can be sent; nil lets it be
}

func (e *fakeEngine) set(change func(*server.Snapshot)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(&e.now)
	if e.watcher != nil {
		e.watcher(e.now)
	}
}

func (e *fakeEngine) Start(s server.Share) error {
	e.mu.Lock()
	e.starts = append(e.starts, s)
	refuse := e.refuse
	e.mu.Unlock()
	e.set(func(n *server.Snapshot) {
		*n = server.Snapshot{State: server.Starting, Share: s, Name: s.Name(), Items: fakeStates(s.Items)}
	})
	if refuse != nil {
		if err := refuse(s); err != nil {
			e.set(func(n *server.Snapshot) { n.State, n.Err = server.Failed, err })
			return err
		}
	}
	e.set(func(n *server.Snapshot) {
		n.State, n.Since = server.Sharing, time.Now()
		n.Links = []server.Link{fakeLink("192.168.1.20", s.Port, "Wi-Fi · wlan0")}
	})
	return nil
}

func (e *fakeEngine) SetItems(items []server.Item) error {
	for _, i := range items {
		if strings.HasPrefix(filepath.Base(i.Path), "gone") {
			return &server.MissingError{Paths: []string{i.Path}, Err: server.ErrFolderMissing}
		}
	}
	e.told("%d items", len(items))
	e.set(func(n *server.Snapshot) { n.Share.Folder, n.Share.Items, n.Items = "", items, fakeStates(items) })
	return nil
}

// fakeStates returns how items are in a share. Those with an extension are files.
func fakeStates(items []server.Item) (states []server.ItemState) {
	for _, i := range items {
		name := filepath.Base(i.Path)
		state := server.ItemState{Path: i.Path}
		state.Name, state.Dir, state.Size = name, filepath.Ext(name) == "", 2_000_000
		states = append(states, state)
	}
	return states
}

func (e *fakeEngine) Stop(context.Context) error {
	e.mu.Lock()
	e.stops++
	e.mu.Unlock()
	e.set(func(n *server.Snapshot) {
		n.State, n.Err, n.Links, n.Items, n.Since = server.Stopped, nil, nil, nil, time.Time{}
	})
	return nil
}

func (e *fakeEngine) Restart(ctx context.Context, s server.Share) error {
	if err := e.Stop(ctx); err != nil {
		return err
	}
	return e.Start(s)
}

func (e *fakeEngine) Watch(f func(server.Snapshot)) func() {
	e.set(func(*server.Snapshot) { e.watcher = f })
	return func() { e.set(func(*server.Snapshot) { e.watcher = nil }) }
}

// told notes a call.
func (e *fakeEngine) told(format string, args ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.orders = append(e.orders, fmt.Sprintf(format, args...))
}

func (e *fakeEngine) SetPolicy(p server.Policy) error {
	if p.NobodyNew {
		e.told("nobody new, visitors %v", p.Allow)
	} else {
		e.told("open %v, visitors %v", p.Open, p.Allow)
	}
	e.set(func(n *server.Snapshot) { n.Policy = p })
	return nil
}

func (e *fakeEngine) SendText(text string, to uint64) error {
	if to != 0 {
		e.told("to %d:", to)
	}
	e.told("send text %s", text)
	if e.textError != nil {
		return e.textError
	}
	e.set(func(n *server.Snapshot) { n.Texts = append(n.Texts, server.Text{ByOwner: true, To: to, Text: text}) })
	return nil
}

func (e *fakeEngine) Decide(id uint64, a server.Answer) {
	e.told("%s %d", map[server.Answer]string{
		server.LetIn: "let in", server.NotNow: "not now", server.SendAway: "send away", server.Block: "block",
	}[a], id)
}

func (e *fakeEngine) LookAtCertificate(t server.TLS) (server.OwnCertificate, error) {
	if strings.HasPrefix(filepath.Base(t.Certificate), "gone") {
		return server.OwnCertificate{}, &server.CertificateError{Problem: errors.New("unreadable"), Path: t.Certificate}
	}
	if strings.HasPrefix(filepath.Base(t.Certificate), "half") && t.Key == "" {
		return server.OwnCertificate{}, &server.CertificateError{Problem: server.ErrNoKey, Path: t.Certificate}
	}
	return server.OwnCertificate{Names: []string{"desk.example.net"}, Until: fakeStart}, nil
}

func (e *fakeEngine) NewAuthority() error { e.told("new authority"); return nil }

func (e *fakeEngine) Cancel(id uint64) { e.told("cancel %d", id) }

func (e *fakeEngine) Rename(id uint64, name string) { e.told("rename %d %s", id, name) }

func (e *fakeEngine) NewCode(sendOut bool) { e.told("new code, send out %v", sendOut) }

func (e *fakeEngine) SetWhere(w server.Where) error {
	e.told("share at %q, alone %v", w.Prefer, w.Alone)
	e.set(func(n *server.Snapshot) { n.Share.Where = w })
	return nil
}

func (e *fakeEngine) Restore(id string) error {
	e.told("restore %s", id)
	e.set(func(n *server.Snapshot) {
		n.Deleted = slices.DeleteFunc(slices.Clone(n.Deleted), func(d server.Deleted) bool { return d.ID == id })
	})
	return nil
}

func (e *fakeEngine) AcceptPage(folder string) error {
	e.told("accept the page of %q", folder)
	e.set(func(n *server.Snapshot) { n.Pages = nil })
	return nil
}

func (e *fakeEngine) TakeBack(text uint64) {
	e.told("take back %d", text)
	e.set(func(n *server.Snapshot) { n.Texts = nil })
}

func (e *fakeEngine) ShareHere() {
	e.told("share here too")
	e.set(func(n *server.Snapshot) { n.Network.Paused = false })
}

func (e *fakeEngine) OpenFirewall() error {
	e.told("open the firewall")
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.locked
}

func (e *fakeEngine) WiFiName(context.Context) string { return "Home" }

func (e *fakeEngine) NetworkID() string { return "aa:bb" }

func (e *fakeEngine) SetBounds(b server.Bounds) {
	switch {
	case b.Files > 0:
		e.told("%d files", b.Files)
	case b.File > 0 || b.Added > 0:
		e.told("files of %d, %d in all", b.File, b.Added)
	case b != (server.Bounds{}):
		e.told("at most %d, %d each, %d connections", b.Most.All, b.Most.PerDevice, b.Connections)
	}
}

func (e *fakeEngine) wasTold(order string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Contains(e.orders, order)
}

func (e *fakeEngine) SetLogFile(path string) error {
	e.told("log to %q", path)
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.logError
}

func (e *fakeEngine) Picture(context.Context, string, int) ([]byte, error) {
	return nil, errors.New("no picture")
}

func (e *fakeEngine) Look(ctx context.Context, folder string) (server.Look, error) {
	return e.look(ctx, folder)
}

// started returns what was shared, in order.
func (e *fakeEngine) started() []server.Share {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.starts)
}

func fakeLink(ip string, port int, label string) server.Link {
	a := netip.MustParseAddr(ip)
	plain := "http://" + netip.AddrPortFrom(a, uint16(port)).String() + "/"
	return server.Link{URL: plain + fakeKey, Plain: plain, Address: server.Address{Addr: a, Label: label}}
}
