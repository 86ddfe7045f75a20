#!/bin/sh
# What programs that read a folder's page find of its two links, to a.txt and b.txt: rclone 1.60.1
# and lftp 4.9.2 (cls) list them, wget 1.21.3 (-r -np) fetches them. In valid HTML:
#   entity    a dot as &#46;: lftp takes "a&" for the address
#   up        as ../folder/a.txt: lftp lists nothing
#   blank     with blanks around the address: to rclone and lftp they belong to the name
#   data      data-href="no.txt" stands before href: lftp lists no.txt in place of it
#   tilde     names that begin with "~": lftp lists nothing (of %7E neither)
#   script    another link in the text of a script: lftp lists it, wget fetches it
#   base      with a base that leads to sub/: rclone lists files that are not here, lftp a
#             folder sub/; wget is right
# Guess before: rclone and lftp wrong at base, all else right.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root rclone=1.60.1+dfsg-2+b5 lftp=4.9.2-2+b1 wget=1.21.3-1+deb12u1 \
	libpcre2-8-0 libgnutls30 libidn2-0 libpsl5 zlib1g libuuid1 libnettle8 libhogweed6 libunistring2 libp11-kit0 libtasn1-6 \
	libgmp10 libffi8 libreadline8 libtinfo6
for deb in *.deb; do dpkg-deb -x "$deb" .; done
LIBRARIES=$(echo "$T"/usr/lib/*-linux-gnu):$(echo "$T"/lib/*-linux-gnu)
cat >go.mod <<'MOD'
module finding

go 1.23
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

var kinds = []string{"plain", "entity", "up", "blank", "data", "tilde", "script", "base"}

// link returns a link to name on the page of that kind.
func link(kind, name string) string {
	switch kind {
	case "entity":
		return `<a href="` + strings.Replace(name, ".", "&#46;", 1) + `">` + name + `</a>`
	case "up":
		return `<a href="../up/` + name + `">` + name + `</a>`
	case "blank":
		return `<a href=" ` + name + ` ">` + name + `</a>`
	case "data":
		return `<a data-href="no.txt" href="` + name + `">` + name + `</a>`
	case "tilde":
		return `<a href="~` + name + `">~` + name + `</a>`
	}
	return `<a href="` + name + `">` + name + `</a>`
}

func answer(w http.ResponseWriter, q *http.Request) {
	kind, name, _ := strings.Cut(strings.TrimPrefix(q.URL.Path, "/"), "/")
	if !slices.Contains(kinds, kind) {
		http.NotFound(w, q)
		return
	}
	if name != "" {
		fmt.Fprint(w, "hello")
		return
	}
	head := map[string]string{"base": `<base href="/base/sub/">`, "script": `<script>let s = '<a href="no.txt">no</a>';</script>`}[kind]
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Index of /%s/</title>%s</head><body><h1>Index of /%s/</h1><pre>\n%s\n%s\n</pre></body></html>\n",
		kind, head, kind, link(kind, "a.txt"), link(kind, "b.txt"))
}

// run returns what the program prints; it works in folder.
func run(folder, program string, given ...string) string {
	command := exec.Command(os.Args[1]+"/usr/bin/"+program, given...)
	command.Dir = folder
	command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+os.Getenv("LIBRARIES"), "HOME="+folder)
	out, _ := command.Output() // a page that is missing is an error to wget
	return string(out)
}

func found(program, url, kind string) []string {
	folder, err := os.MkdirTemp("", "found")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	switch program {
	case "rclone":
		return strings.Split(run(folder, "rclone", "lsf", "--config", "/dev/null", ":http,url='"+url+"':"), "\n")
	case "lftp":
		return strings.Split(run(folder, "lftp", "-c", "set net:max-retries 1; open "+url+"; cls -1"), "\n")
	}
	run(folder, "wget", "--no-config", "-q", "-r", "-np", "-nH", "-e", "robots=off", url)
	var names []string
	for _, pattern := range []string{"/*", "/sub/*"} {
		files, err := filepath.Glob(folder + "/" + kind + pattern)
		if err != nil {
			panic(err)
		}
		for _, f := range files {
			name := strings.TrimPrefix(f, folder+"/"+kind+"/")
			if info, err := os.Stat(f); err == nil && info.Mode().IsRegular() && name != "index.html" {
				names = append(names, name)
			}
		}
	}
	return names
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(l, http.HandlerFunc(answer))
	for _, program := range []string{"rclone", "lftp", "wget"} {
		var row []string
		for _, kind := range kinds {
			names := found(program, "http://"+l.Addr().String()+"/"+kind+"/", kind)
			slices.Sort(names)
			row = append(row, kind+" ["+strings.Trim(strings.Join(names, "|"), "|")+"]")
		}
		fmt.Println(program + ": " + strings.Join(row, ", "))
	}
}
GO
go build -o ask main.go
LIBRARIES=$LIBRARIES ./ask "$T" | tee seen
cmp - seen <<'TABLE'
rclone: plain [a.txt|b.txt], entity [a.txt|b.txt], up [a.txt|b.txt], blank [ a.txt | b.txt ], data [a.txt|b.txt], tilde [~a.txt|~b.txt], script [a.txt|b.txt], base [a.txt|b.txt]
lftp: plain [a.txt|b.txt], entity [a&|b&], up [], blank [a.txt |b.txt ], data [no.txt], tilde [], script [a.txt|b.txt|no.txt], base [sub/]
wget: plain [a.txt|b.txt], entity [a.txt|b.txt], up [a.txt|b.txt], blank [a.txt|b.txt], data [a.txt|b.txt], tilde [~a.txt|~b.txt], script [a.txt|b.txt|no.txt], base [sub/a.txt|sub/b.txt]
TABLE
