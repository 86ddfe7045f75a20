package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"windowsill/server/access"
	"windowsill/server/page"
)

const (
	maxForm     = 8 << 10          // bytes of a form that holds no list of files
	maxLongPoll = 25 * time.Second // a waiting page asks again after that
)

// errUnattended is a sentence for a person.
var errUnattended = errors.New("Nobody is there to answer. Ask the owner for the PIN.")

// door is what those see who are not in.
type door struct {
	pages      *page.Pages
	devices    devices
	closing    context.Context
	unattended bool
	words      func() string // by which visitors compare the certificate; see [page.Door]
}

// show says what a device can do that may not come in, and why it may not.
func (d *door) show(w http.ResponseWriter, q *http.Request, why error) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if q.Method == http.MethodOptions && why == errUnknown && q.Header.Get("Authorization") == "" {
		return sayDrive(w)
	}
	status := refuse(h, why)
	program := speaksDAV(q) || !asksForHTML(q)
	if status == http.StatusForbidden && program && !errors.Is(why, access.ErrBlocked) && !errors.Is(why, access.ErrNobodyNew) {
		status = http.StatusUnauthorized
		d.devices.challenge(h, q, errors.Is(why, errStale))
	}
	if program {
		return doorText(w, status, why)
	}
	return d.page(w, q, status, q.URL.RequestURI(), why)
}

// refuse returns the status of an answer to a device that may not come in, and
// says when it may try again.
func refuse(h http.Header, why error) int {
	wait, ok := errors.AsType[*access.WaitError](why)
	if !ok {
		return http.StatusForbidden
	}
	h.Set("Retry-After", strconv.Itoa(1+int(time.Until(wait.Until).Seconds())))
	return http.StatusTooManyRequests
}

// doorText says it to a program, in one line.
func doorText(w http.ResponseWriter, status int, why error) error {
	text := "Ask the owner of this folder for the PIN, and send it as password with any name (curl -u :PIN).\n"
	switch {
	case errors.Is(why, access.ErrNobodyNew):
		text = why.Error() + "\n"
	case !errors.Is(why, errUnknown):
		text = why.Error() + " " + text
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, strconv.Itoa(status)+" "+text)
	return nil
}

// page shows a browser the page on which one asks or types the PIN. To is the
// address it wanted.
func (d *door) page(w http.ResponseWriter, q *http.Request, status int, to string, why error) error {
	view := page.Door{To: cleanTarget(to), Name: suggestedName(d.devices.describe(q)), Words: d.words()}
	if d.unattended {
		view.State = page.DoorUnattended
	}
	guard := d.devices.guard
	_, known := guard.Find(d.devices.token(q))
	switch {
	case errors.Is(why, access.ErrBlocked):
		view.State = page.DoorBlocked
	case guard.Policy().NobodyNew:
		view.State = page.DoorNobodyNew
	case known == access.Waiting:
		view.State = page.DoorWaiting
	case known == access.Refused:
		view.State = page.DoorRefused
	}
	hasForms := view.State != page.DoorBlocked && view.State != page.DoorNobodyNew
	if hasForms && !errors.Is(why, errUnknown) {
		view.Trouble = why.Error()
	}
	setPageHeaders(w.Header())
	pages := inLanguage(d.pages, w, q)
	w.WriteHeader(status)
	if q.Method == http.MethodHead {
		return nil
	}
	return abort(pages.Door(w, view))
}

// suggestedName returns what the name field begins with: "iPhone".
func suggestedName(v access.DeviceInfo) string {
	name, _, _ := strings.Cut(v.Name, " · ")
	return name
}

// enter takes the door's form: somebody asks to come in, or types the PIN. After
// a wrong one a browser is led to an address that says so, so that it does not
// send the form once more when its visitor goes back.
func (d *door) enter(w http.ResponseWriter, q *http.Request) error {
	if why := d.whyNot(q); why != nil {
		return d.explain(w, q, why)
	}
	if q.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return errMethod
	}
	q.Body = http.MaxBytesReader(w, q.Body, maxForm)
	if err := q.ParseForm(); err != nil {
		return errBadForm
	}
	w.Header().Set("Cache-Control", "no-store")
	to := cleanTarget(q.PostForm.Get("to"))
	token, err := d.tryForm(q)
	if code := codeOf(err); code != "" && asksForHTML(q) {
		w.Header().Set("Location", enterPath+"?"+url.Values{whyParam: {code}, "to": {to}}.Encode())
		w.WriteHeader(http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return d.page(w, q, refuse(w.Header(), err), to, err)
	}
	d.devices.remember(w, token)
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

const (
	enterPath = ours + "enter"
	whyParam  = "why"   // why the form was of no use, as codeOf writes it
	wrongPIN  = "wrong" // the code of access.ErrWrongPIN
)

// codeOf writes an error that a visitor may bring about by typing, for an
// address: wrongPIN, or the Unix time until which even the right PIN is refused.
// It is "" for others.
func codeOf(err error) string {
	if wait, ok := errors.AsType[*access.WaitError](err); ok {
		return strconv.FormatInt(wait.Until.Unix(), 10)
	}
	if errors.Is(err, access.ErrWrongPIN) {
		return wrongPIN
	}
	return ""
}

// whyNot is the error in the address of a page that enter has led to, nil on
// others.
func (d *door) whyNot(q *http.Request) error {
	code := q.URL.Query().Get(whyParam)
	if code == "" || q.Method != http.MethodGet && q.Method != http.MethodHead {
		return nil
	}
	if until, err := strconv.ParseInt(code, 10, 64); err == nil && time.Until(time.Unix(until, 0)) > 0 {
		return &access.WaitError{Until: time.Unix(until, 0)}
	}
	return access.ErrWrongPIN
}

// explain shows a device why it is not in. If it is by now, it goes on.
func (d *door) explain(w http.ResponseWriter, q *http.Request, why error) error {
	to := cleanTarget(q.URL.Query().Get("to"))
	w.Header().Set("Cache-Control", "no-store")
	switch _, err := d.devices.identify(q); {
	case err == nil:
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusSeeOther)
		return nil
	case errors.Is(err, access.ErrBlocked):
		why = err
	}
	return d.page(w, q, refuse(w.Header(), why), to, why)
}

// tryForm does what the form asks for, and returns the value of the cookie by
// which the device is known from then on.
func (d *door) tryForm(q *http.Request) (token string, err error) {
	form, guard, v := q.PostForm, d.devices.guard, d.devices.describe(q)
	token = d.devices.token(q)
	switch {
	case form.Has("pin"):
		return guard.EnterByPIN(form.Get("pin"), token, v)
	case d.unattended:
		return "", errUnattended
	}
	if name := strings.TrimSpace(form.Get("name")); name != "" && name != suggestedName(v) {
		v.Name = name
	}
	return guard.Ask(token, v)
}

// wait tells a waiting page as soon as the owner has answered.
func (d *door) wait(w http.ResponseWriter, q *http.Request) error {
	ctx, cancel := context.WithTimeout(q.Context(), maxLongPoll)
	defer cancel()
	defer context.AfterFunc(d.closing, cancel)()
	status := d.devices.guard.Wait(ctx, d.devices.token(q)).String()
	if context.Cause(d.closing) == ErrUnencrypted {
		status = string(unencryptedEvent)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return abort(json.NewEncoder(w).Encode(map[string]string{"status": status}))
}
