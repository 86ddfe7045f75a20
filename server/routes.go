package server

import (
	"net/http"

	"windowsill/server/access"
)

// ours is the prefix of everything that is not the shared folder's.
const ours = "/.windowsill/"

// selecting is where a form goes that selects some of a folder.
const selecting = ours + "select"

// routes is the whole way of a request, from top to bottom.
func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(ours, s.answering(s.serveAsset)) // the door's style is for those who are not in
	mux.Handle(ours+"enter", s.answering(s.enter))
	mux.Handle("GET "+ours+"wait", s.answering(s.wait))
	mux.Handle("POST "+selecting, s.admit(s.permit(s.answering(s.selectSome))))
	mux.Handle("GET "+selecting+"/{id}/{name}", s.admit(s.permit(s.answering(s.serveSelected))))
	mux.Handle("/", s.admit(s.permit(s.answering(s.serveShare))))

	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(s.answering(func(http.ResponseWriter, *http.Request) error { return errOrigin }))
	return takeKey(s.record.Handler(harden(s.checkHost(sameOrigin.Handler(mux)))))
}

// needs returns what a visitor must be allowed to do for a request.
func needs(q *http.Request) access.Permission {
	if q.URL.Path == selecting {
		return access.Read // its form may be long, and so it is not a GET
	}
	switch q.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		return access.Add
	case http.MethodDelete, "MKCOL", "MOVE", "COPY":
		return access.Change
	}
	return access.Read
}

// serveShare answers for everything that is in the shared folder.
func (s *site) serveShare(w http.ResponseWriter, q *http.Request) error {
	if done, err := onlyReads(w, q); done || err != nil {
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
	}
	return s.serveFile(w, q, f)
}

// onlyReads answers OPTIONS, and refuses all methods that do not read.
func onlyReads(w http.ResponseWriter, q *http.Request) (done bool, err error) {
	const reads = "GET, HEAD, OPTIONS"
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
