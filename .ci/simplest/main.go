// Simplest serves a folder with as little code as can be:
//
//	simplest files DIR PORT   by http.FileServer, as most programs in Go do
//	simplest bare DIR PORT    by sendfile and nothing else: no server can be faster
//
// It is a program of its own, so that its start and its memory are those of nothing else.
package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: simplest files|bare DIR PORT")
	}
	dir, at := os.Args[2], "127.0.0.1:"+os.Args[3]
	if os.Args[1] == "bare" {
		log.Fatal(serveBare(dir, at))
	}
	log.Fatal(http.ListenAndServe(at, http.FileServer(http.Dir(dir))))
}
