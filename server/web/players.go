package web

import (
	"net/http"
	"net/url"

	"windowsill/server/access"
	"windowsill/server/page"
	"windowsill/server/traffic"
)

// players hands films and music to a player, which has no cookie.
type players struct {
	lister  *lister
	tickets *tickets
	share   func() string // its name
}

// lead leads a browser to VLC. On phones, that opens all addresses that begin with
// "vlc://".
func (p *players) lead(w http.ResponseWriter, q *http.Request) error {
	leadTo(w, "vlc://"+p.tickets.forPlayer(q, q.URL.EscapedPath()), http.StatusTemporaryRedirect)
	return nil
}

// list sends the films and the music of a folder as a playlist.
func (p *players) list(w http.ResponseWriter, q *http.Request, name string) error {
	list, done, err := p.lister.list(q, name)
	if err != nil {
		return err
	}
	defer done()
	_, title := split(name)
	if title == "" {
		title = p.share()
	}
	h := w.Header()
	h.Set("Content-Type", "audio/mpegurl")
	h.Set("Content-Disposition", attachment(title+".m3u8"))
	h.Set("Cache-Control", "no-store") // it holds tickets
	if q.Method == http.MethodHead {
		return nil
	}
	folder := q.URL.EscapedPath() // ends with a slash
	return abort(page.Playlist(w, list, func(name string) string {
		return p.tickets.forPlayer(q, folder+page.Href(name, false))
	}))
}

// forPlayer returns the URL at which a player, which has no cookie, gets a file for
// the device that asks. path is the file's.
func (t *tickets) forPlayer(q *http.Request, path string) string {
	host, guard := originOf(q), t.devices.guard
	id, status := guard.Find(t.devices.token(q))
	if status != access.In || guard.Policy().Open || traffic.AddrOf(q).IsLoopback() {
		return host + path // it is not the cookie that lets in
	}
	target, err := url.ParseRequestURI(path)
	if err != nil {
		return host + path
	}
	rest, _ := addressOf(target, "")
	target.RawQuery = "download" // as in targetOf
	if ticket := t.issue(id, target, playing); ticket != "" {
		return host + ticketPath + ticket + "/" + rest
	}
	return host + path
}
