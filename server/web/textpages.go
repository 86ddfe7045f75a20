package web

import (
	"errors"
	"io"
	"net/http"

	"windowsill/server/access"
	"windowsill/server/page"
	"windowsill/server/traffic"
)

// textPages sends the page on which a device reads and sends texts.
type textPages struct {
	renderer renderer
	devices  devices
	texts    *Texts
	recorder *traffic.Recorder
}

// serve shows what the owner sent and what the device itself did, or takes
// another text from it.
func (p *textPages) serve(w http.ResponseWriter, q *http.Request) error {
	id, err := p.devices.identify(q)
	if err != nil {
		return err
	}
	if q.Method == http.MethodPost {
		return p.take(w, q, id)
	}
	if done, err := readOnly(w, q, ""); done || err != nil {
		return err
	}
	return p.show(w, q, id, http.StatusOK, page.Texts{Sent: q.URL.Query().Has("sent")})
}

func (p *textPages) take(w http.ResponseWriter, q *http.Request, id uint64) error {
	q.Body = http.MaxBytesReader(w, q.Body, 3*LongestText+maxForm) // a form may write a byte as three letters
	if err := q.ParseForm(); err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return p.refuse(w, q, id, ErrLongText, "")
		}
		return errBadForm
	}
	t := Text{Device: id, Addr: traffic.AddrOf(q), Name: p.devices.nameOf(q, id), Text: q.PostForm.Get("text")}
	if err := p.texts.add(t); err != nil {
		return p.refuse(w, q, id, err, t.Text)
	}
	p.recorder.Note(t.Addr, t.Name+" sent a text")
	w.Header().Set("Cache-Control", "no-store")
	if !asksForHTML(q) {
		return writeLine(w, http.StatusCreated, "Sent")
	}
	w.Header().Set("Location", textPath+"?sent")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// refuse says why a text was not taken, and gives it back.
func (p *textPages) refuse(w http.ResponseWriter, q *http.Request, id uint64, why error, text string) error {
	status := http.StatusBadRequest
	if errors.Is(why, ErrLongText) {
		status = http.StatusRequestEntityTooLarge
	}
	if !asksForHTML(q) {
		return writeLine(w, status, why.Error())
	}
	return p.show(w, q, id, status, page.Texts{Trouble: why.Error(), Draft: text})
}

// writeLine answers a program.
func writeLine(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := io.WriteString(w, text+"\n")
	return abort(err)
}

func (p *textPages) show(w http.ResponseWriter, q *http.Request, id uint64, status int, view page.Texts) error {
	view.Share = p.renderer.share()
	view.MaySend = p.devices.rights.anywhere() >= access.Add
	for _, t := range p.texts.seenBy(id, traffic.AddrOf(q)) {
		view.Texts = append(view.Texts, page.Text{At: t.At, ByOwner: t.ByOwner, Text: t.Text})
	}
	w.Header().Set("Cache-Control", "private, no-store")
	p.renderer.failover.setPageHeaders(w.Header(), q)
	pages := p.renderer.in(w, q)
	w.WriteHeader(status)
	if q.Method == http.MethodHead {
		return nil
	}
	return abort(pages.Texts(w, view))
}
