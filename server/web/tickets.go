package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"net/url"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/traffic"
)

const (
	// ticketPath is the beginning of addresses with a ticket:
	// ticketPath/TICKET/file/PATH, ticketPath/TICKET/zip/FOLDER/NAME.zip and
	// ticketPath/TICKET/select/ID/NAME.zip. They end with the name of the
	// file, by which some programs save it.
	ticketPath = ours + "ticket/"
	// ticketLife is how long a download may begin or go on after the tap.
	ticketLife = time.Hour
	// playing is how long a player may fetch parts of a film after the tap: as
	// long as a device keeps its cookie.
	playing = maxStay * time.Second
	// signatureLen is how much of a signature is in a ticket, in bytes.
	signatureLen = 16
)

// tickets let programs without a cookie fetch what a device's browser was about
// to download: browsers in apps hand the address alone to the download manager
// of Android. A ticket is for one download by one device that is in. It is
// signed, not stored, so that nobody can fill anything with tickets.
type tickets struct {
	devices devices
	key     []byte // of this share until it stops
}

func newTickets(d devices) *tickets {
	key := make([]byte, sha256.Size)
	rand.Read(key) // never fails
	return &tickets{d, key}
}

// redirect leads the browser of a device that came in with a cookie to the same
// download with a ticket, and reports whether it did. It happens at the tap, so
// that no page holds a ticket: neither one that is kept or passed on, nor one
// that stays open for longer than a ticket is good. name is what the download is
// saved as.
func (t *tickets) redirect(w http.ResponseWriter, q *http.Request, name string) bool {
	if q.Method != http.MethodGet || q.Header.Get("Range") != "" || ticketOf(q) != "" || !mayBeBrowser(q) {
		return false
	}
	guard := t.devices.guard
	id, status := guard.Find(t.devices.token(q))
	if status != access.In || guard.Policy().Open || traffic.AddrOf(q).IsLoopback() {
		return false // it is not the cookie that lets in
	}
	rest, query := addressOf(q.URL, name)
	ticket := t.issue(id, targetOf(rest, query), ticketLife)
	if ticket == "" {
		return false // it has just been sent away
	}
	to := ticketPath + ticket + "/" + rest
	if query != "" {
		to += "?" + query
	}
	leadTo(w, to, http.StatusTemporaryRedirect)
	return true
}

// mayBeBrowser reports whether a request looks like a browser's that follows a
// link. For one with the attribute "download", Chromium says nothing of what it
// accepts. Other programs that were given a cookie need no ticket, and may not
// follow a redirect.
func mayBeBrowser(q *http.Request) bool { return q.Header.Get("Accept") == "" || asksForHTML(q) }

// leadTo redirects without leaving a trace of the present address.
func leadTo(w http.ResponseWriter, to string, status int) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Location", to)
	w.WriteHeader(status)
}

// issue returns a ticket for the device with an ID and a target, good for so long;
// "" if the device is not in.
func (t *tickets) issue(id uint64, target *url.URL, life time.Duration) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], uint64(time.Now().Add(life).Unix()))
	binary.BigEndian.PutUint64(b[8:], id)
	signature, ok := t.sign(id, b[:], target)
	if !ok {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(append(b[:], signature...))
}

// holder returns the device that a request's ticket was issued to, if the ticket
// is good for what it asks for.
func (t *tickets) holder(q *http.Request) (id uint64, ok bool) {
	ticket, err := base64.RawURLEncoding.Strict().DecodeString(ticketOf(q))
	if err != nil || len(ticket) != 16+signatureLen || q.Method != http.MethodGet && q.Method != http.MethodHead {
		return 0, false
	}
	end, id := binary.BigEndian.Uint64(ticket), binary.BigEndian.Uint64(ticket[8:])
	signature, ok := t.sign(id, ticket[:16], q.URL)
	return id, ok && hmac.Equal(signature, ticket[16:]) && time.Now().Unix() < int64(end)
}

// sign signs what a ticket says, where it leads to, and the stay of the device,
// with which the ticket ends.
func (t *tickets) sign(id uint64, says []byte, target *url.URL) (signature []byte, ok bool) {
	stay, ok := t.devices.guard.Stay(id)
	if !ok {
		return nil, false
	}
	h := hmac.New(sha256.New, t.key)
	for _, part := range []string{string(says), stay, target.Path, target.Query().Encode()} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write([]byte(part))
	}
	return h.Sum(nil)[:signatureLen], true
}

// ticketContext is the context's key for the ticket that came with a request.
type ticketContext struct{}

// ticketOf returns the ticket that came with a request, "" if none did.
func ticketOf(q *http.Request) string {
	ticket, _ := q.Context().Value(ticketContext{}).(string)
	return ticket
}

// takeTicket takes the ticket out of a request's address, as takeKey does with
// the key. What is left is the address without which the browser was led to it.
func takeTicket(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.Contains(q.Referer(), ticketPath) {
			q.Header.Del("Referer")
		}
		if after, ok := strings.CutPrefix(q.URL.EscapedPath(), ticketPath); ok {
			ticket, rest, _ := strings.Cut(after, "/")
			target := targetOf(rest, q.URL.RawQuery)
			u := *q.URL
			u.Path, u.RawPath, u.RawQuery, u.ForceQuery = target.Path, target.RawPath, target.RawQuery, false
			q = q.WithContext(context.WithValue(q.Context(), ticketContext{}, ticket))
			q.URL, q.RequestURI = &u, u.RequestURI()
		}
		next.ServeHTTP(w, q)
	})
}

// targetOf returns what a ticket's address leads to, given what follows the
// ticket. For nothing sensible it is the share itself.
func targetOf(rest, query string) *url.URL {
	what, path, _ := strings.Cut(rest, "/")
	path = "/" + path
	switch what {
	case "file":
		query = addPair(query, "download")
	case "zip", "tar":
		path = path[:strings.LastIndexByte(path, '/')+1]
		query = addPair(query, what)
	case "select":
		path = selectPath + path
	default:
		path, query = "/", ""
	}
	u, err := url.ParseRequestURI(path)
	if err != nil {
		return &url.URL{Path: "/"}
	}
	u.RawQuery = query
	return u
}

// addressOf is the inverse of targetOf. name is what is saved.
func addressOf(target *url.URL, name string) (rest, query string) {
	path, query := target.EscapedPath(), target.RawQuery
	if selected, ok := strings.CutPrefix(path, selectPath+"/"); ok {
		return "select/" + selected, query
	}
	if strings.HasSuffix(path, "/") {
		for _, what := range []string{"zip", "tar"} { // as in archives.asked
			if isBare(target.Query(), what) {
				return what + path + url.PathEscape(name), cutPair(query, what)
			}
		}
	}
	return "file" + path, cutPair(query, "download")
}

func addPair(query, key string) string {
	if query == "" {
		return key
	}
	return query + "&" + key
}

// cutPair returns a query without a key.
func cutPair(query, key string) string {
	var others []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err != nil || plain != key {
			others = append(others, pair)
		}
	}
	return strings.Join(others, "&")
}
