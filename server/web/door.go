package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/page"
	"windowsill/server/traffic"
)

const (
	longestForm = 8 << 10          // bytes of the door's form
	longestPoll = 25 * time.Second // a waiting page asks again after that
)

// errUnattended is a sentence for a person.
var errUnattended = errors.New("Nobody is there to answer. Ask the owner for the PIN.")

// door is where visitors come in, or do not.
type door struct {
	responder
	record     *traffic.Recorder
	cameIn     func(*http.Request) // called with each request of a device that is in
	closing    context.Context     // done when the share ends
	cookie     string              // by whose name a device is known; differs between two ports of one host
	unattended bool                // nobody is there to answer who asks to come in
}

// showDoor tells somebody who is not in what can be done about it.
func (d *door) showDoor(w http.ResponseWriter, q *http.Request, why error) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	var wait *access.WaitError
	status := http.StatusForbidden
	switch {
	case errors.As(why, &wait):
		status = http.StatusTooManyRequests
		h.Set("Retry-After", strconv.Itoa(1+int(time.Until(wait.Until).Seconds())))
	case errors.Is(why, access.ErrBlocked):
	case !asksForHTML(q):
		status = http.StatusUnauthorized
		h.Set("WWW-Authenticate", `Basic realm="Windowsill: any name, the PIN as password", charset="UTF-8"`)
	}
	if !asksForHTML(q) {
		return programDoor(w, status, why)
	}
	return d.pageDoor(w, q, status, q.URL.RequestURI(), why)
}

// programDoor tells a program, in one line of text.
func programDoor(w http.ResponseWriter, status int, why error) error {
	text := "Ask the owner of this folder for the PIN, and send it as password with any name (curl -u :PIN).\n"
	if !errors.Is(why, errUnknown) {
		text = why.Error() + " " + text
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, strconv.Itoa(status)+" "+text)
	return nil
}

// pageDoor shows a browser the page on which one asks or types the PIN. to is
// the address it wanted.
func (d *door) pageDoor(w http.ResponseWriter, q *http.Request, status int, to string, why error) error {
	view := page.Door{To: cleanTarget(to), Name: guessOf(visitorOf(q))}
	if d.unattended {
		view.State = page.DoorUnattended
	}
	_, known := d.guard.Find(cookieValue(q.Header, d.cookie))
	switch {
	case errors.Is(why, access.ErrBlocked):
		view.State = page.DoorBlocked
	case known == access.Waiting:
		view.State = page.DoorWaiting
	case known == access.Refused:
		view.State = page.DoorRefused
	}
	if view.State != page.DoorBlocked && !errors.Is(why, errUnknown) {
		view.Trouble = why.Error()
	}
	ownPage(w.Header())
	pages := d.pagesFor(w, q)
	w.WriteHeader(status)
	if q.Method == http.MethodHead {
		return nil
	}
	if err := pages.Door(w, view); err != nil {
		return brokenOff{err}
	}
	return nil
}

// guessOf is the name that the door suggests to a visitor: "iPhone".
func guessOf(v access.Visitor) string {
	name, _, _ := strings.Cut(v.Name, " · ")
	return name
}

// enter takes the door's form: somebody asks to come in, or types the PIN.
func (d *door) enter(w http.ResponseWriter, q *http.Request) error {
	if q.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return errMethod
	}
	q.Body = http.MaxBytesReader(w, q.Body, longestForm)
	if err := q.ParseForm(); err != nil {
		return errBadForm
	}
	form, v := q.PostForm, visitorOf(q)
	token := cookieValue(q.Header, d.cookie)
	var err error
	switch {
	case form.Has("pin"):
		token, err = d.guard.EnterByPIN(form.Get("pin"), token, v)
	case d.unattended:
		err = errUnattended
	default:
		if name := strings.TrimSpace(form.Get("name")); name != "" && name != guessOf(v) {
			v.Name = name
		}
		token, err = d.guard.Ask(token, v)
	}
	to := cleanTarget(form.Get("to"))
	if err != nil {
		w.Header().Set("Cache-Control", "no-store")
		return d.pageDoor(w, q, statusOf(err), to, err)
	}
	d.remember(w, token)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

func statusOf(err error) int {
	var wait *access.WaitError
	if errors.As(err, &wait) {
		return http.StatusTooManyRequests
	}
	return http.StatusForbidden
}

// wait tells a waiting page as soon as the owner has answered.
func (d *door) wait(w http.ResponseWriter, q *http.Request) error {
	ctx, cancel := context.WithTimeout(q.Context(), longestPoll)
	defer cancel()
	defer context.AfterFunc(d.closing, cancel)()
	status := d.guard.Wait(ctx, cookieValue(q.Header, d.cookie))
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err := json.NewEncoder(w).Encode(map[string]string{"status": status.String()}); err != nil {
		return brokenOff{err}
	}
	return nil
}
