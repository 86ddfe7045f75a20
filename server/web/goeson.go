package web

import (
	"net/http"
	"strings"

	"windowsill/server/share"
)

// goOn takes what pages send that were opened when one folder was all of the share: a
// form, or a folder that is empty. Since others were added, that folder has another
// address.
//
// Other programs, such as drives, are not led there: not all follow a redirect, and an
// alias would give files a second name. The top of the drive would not list what was put
// there by the old one, and two programs could lock one file, since locks are kept by
// name. With an error they look again, and find the folder at the top.
func goOn(in *share.Folder) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			fromPage := q.Method == http.MethodPost || q.Method == "MKCOL" && q.Header.Get("Tus-Resumable") != ""
			if fromPage && !strings.HasPrefix(q.URL.Path+"/", ours) {
				if now := goesOn(in, nameIn(q)); now != nameIn(q) {
					u := *q.URL
					u.Path, u.RawPath = "/"+now+"/", ""
					q = q.WithContext(q.Context())
					q.URL = &u
				}
			}
			next.ServeHTTP(w, q)
		})
	}
}

// goesOn returns the present name of what such a page means, or a download that began
// before.
func goesOn(in *share.Folder, name string) string {
	if now, ok := in.Moved(name); ok {
		return now
	}
	return name
}
