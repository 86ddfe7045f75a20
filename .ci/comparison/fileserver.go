package main

import "net/http"

// serveFiles is what the standard library makes of a folder, and most programs
// in Go with it.
func serveFiles(dir, port string) error {
	return http.ListenAndServe("127.0.0.1:"+port, http.FileServer(http.Dir(dir)))
}
