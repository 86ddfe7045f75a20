package web

import (
	"net/http"
	"strings"

	"windowsill/server/access"
)

// ours is the prefix of everything that is not the shared folder's.
const ours = "/.windowsill/"

// selecting is where a form goes that selects some of a folder.
const selecting = ours + "select"

// sharedTexts is where devices and owner send each other texts.
const sharedTexts = ours + "text"

// uploads is the prefix of the files that are on their way in.
const uploads = ours + "upload/"

// routes is the whole way of a request, from top to bottom.
func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(ours, s.answering(s.serveAsset)) // the door's style is for those who are not in
	mux.Handle(ours+"enter", s.answering(s.enter))
	mux.Handle("GET "+ours+"wait", s.answering(s.wait))
	mux.Handle("POST "+selecting, s.admit(s.permit(s.answering(s.packing.selectSome))))
	mux.Handle("GET "+selecting+"/{id}/{name}", s.admit(s.permit(s.answering(s.packing.serveSelected))))
	mux.Handle(uploads, s.admit(s.permit(s.answering(resumable{inbox{s}}.serve))))
	mux.Handle("GET "+ours+"live", s.listening.standing(s.admit(s.permit(s.answering(s.listening.serveLive)))))
	mux.Handle(sharedTexts, s.admit(s.permit(s.answering(s.letters.serveTexts))))
	mux.Handle("GET "+ours+"elsewhere", s.admit(s.permit(s.answering(s.tellElsewhere))))
	mux.Handle("GET "+ours+"here/{mark}", s.answering(s.sayHere))
	mux.Handle("GET "+ours+"move", s.answering(s.moveHere))
	mux.Handle(ours+"undo", s.admit(s.permit(s.answering(changes{inbox{s}}.undo))))
	mux.Handle("/", s.admit(s.permit(s.answering(s.serveShare))))

	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(s.answering(func(http.ResponseWriter, *http.Request) error { return errOrigin }))
	return s.takeKey(s.record.Handler(harden(s.checkHost(s.refuseReferred(sameOrigin.Handler(straighten(mux)))))))
}

// needs returns what a visitor must be allowed to do for a request.
func needs(q *http.Request) access.Permission {
	switch path := q.URL.Path; {
	case path == selecting:
		return access.Read // its form may be long, and so it is not a GET
	case strings.HasPrefix(path, uploads) && q.Method != http.MethodOptions:
		return access.Add // also to ask about an upload of one's own, or to cancel it
	case path == ours+"undo":
		return access.Change
	}
	switch q.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		if replaces(q) {
			return access.Change
		}
		return access.Add
	case http.MethodDelete, "MKCOL", "MOVE", "COPY":
		return access.Change
	}
	return access.Read
}

// serveShare answers for everything that is in the shared folder.
func (s *site) serveShare(w http.ResponseWriter, q *http.Request) error {
	in := inbox{s}
	switch q.Method {
	case http.MethodPut:
		return in.put(w, q)
	case http.MethodPost:
		return in.takeForm(w, q)
	case http.MethodDelete:
		return changes{in}.remove(w, q)
	case "MKCOL":
		return changes{in}.makeFolder(w, q)
	case "MOVE":
		return changes{in}.move(w, q)
	}
	if done, err := onlyReads(w, q, s.writes()); done || err != nil {
		return err
	}
	name := q.URL.Path[min(1, len(q.URL.Path)):]
	f, err := s.folder.Open(trimSlash(name))
	if err != nil {
		return err
	}
	defer f.Close()
	switch {
	case f.IsDir() && name != "" && name[len(name)-1] != '/':
		redirectToFolder(w, q, f.Name())
		return nil
	case f.IsDir():
		return s.serveFolder(w, q, trimSlash(name))
	case name[len(name)-1] == '/':
		return errNotFound // a file is not a folder
	case asks(q, "open"):
		return s.serveOpened(w, q, f, name)
	}
	return s.serveFile(w, q, f)
}

// writes returns the methods that write and that visitors may use at present,
// as they follow others in an Allow header.
func (a responder) writes() string {
	switch a.guard.Policy().Visitors {
	case access.Add:
		return ", POST, PUT"
	case access.Change:
		return ", POST, PUT, DELETE, MKCOL, MOVE"
	}
	return ""
}

// onlyReads answers OPTIONS, and refuses all methods that do not read. Others
// are those that were looked at before, as they follow in an Allow header.
func onlyReads(w http.ResponseWriter, q *http.Request, others string) (done bool, err error) {
	reads := "GET, HEAD, OPTIONS" + others
	switch q.Method {
	case http.MethodGet, http.MethodHead:
		return false, nil
	case http.MethodOptions:
		w.Header().Set("Allow", reads)
		w.WriteHeader(http.StatusNoContent)
		return true, nil
	}
	w.Header().Set("Allow", reads)
	return false, errMethod
}

func trimSlash(path string) string {
	if n := len(path); n > 0 && path[n-1] == '/' {
		return path[:n-1]
	}
	return path
}
