package server

import (
	"net/http"
)

// ours is the prefix of everything that is not the shared folder's.
const ours = "/.windowsill/"

// routes is the whole way of a request, from top to bottom.
func (r *run) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(ours, r.answering(r.serveAsset))
	mux.Handle("/", r.answering(r.serveShare))
	return r.record.Handler(mux)
}

// serveShare answers for everything that is in the shared folder.
func (r *run) serveShare(w http.ResponseWriter, q *http.Request) error {
	if done, err := onlyReads(w, q); done || err != nil {
		return err
	}
	name := q.URL.Path[min(1, len(q.URL.Path)):]
	f, err := r.folder.Open(trimSlash(name))
	if err != nil {
		return err
	}
	defer f.Close()
	switch {
	case f.IsDir() && name != "" && name[len(name)-1] != '/':
		redirectToFolder(w, q, f.Name())
		return nil
	case f.IsDir():
		return r.serveFolder(w, q, trimSlash(name))
	case name[len(name)-1] == '/':
		return errNotFound // a file is not a folder
	}
	return r.serveFile(w, q, f)
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
