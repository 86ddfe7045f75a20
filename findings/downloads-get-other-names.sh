#!/bin/sh
# What five programs call a download by what its Content-Disposition says (RFC 6266), each
# told to heed it: curl 7.88.1 (-OJ), wget 1.21.3, wget2 1.99.1, aria2 1.36.0, axel 2.17.11. The
# file's address ends in "address".
#   percent   filename="100%25.txt", which is to be taken as it is: wget and wget2 call it
#             "100%.txt", axel "100_25.txt"
#   apostrophe filename="it's.txt": axel ends it there, "it"
#   quotes    filename="say \"hi\".txt": wget2 begins in the middle, axel ends there, curl and
#             wget take the address
#   both      a name in ASCII, then filename*, which is to be preferred: wget2 takes that which
#             is first, curl and axel know the plain one alone
#   swapped   the same, filename* first: wget2 is right, axel takes the address
#   capitals  FILENAME="x.txt": curl and axel take the address
#   spaces    filename = "x.txt": curl takes the address
# aria2 is right about all of them.
# Guess before, for any reader of such a header: wrong at quotes, capitals and spaces, right at
# percent, apostrophe and both, in either order.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root curl=7.88.1-10+deb12u15 libcurl4=7.88.1-10+deb12u15 wget=1.21.3-1+deb12u1 wget2=1.99.1-2.2 \
	libwget0=1.99.1-2.2 aria2=1.36.0-1 libaria2-0=1.36.0-1 axel=2.17.11-3 libgpgme11 libpcre2-8-0 libassuan0 libgpg-error0 \
	libgnutls30 libbrotli1 libidn2-0 libnghttp2-14 libpsl5 libzstd1 libbz2-1.0 liblzma5 zlib1g libuuid1 libnettle8 libhogweed6 \
	libunistring2 libp11-kit0 libtasn1-6 libgmp10 libffi8 libssl3 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 \
	libcom-err2 libkeyutils1 libldap-2.5-0 libsasl2-2 librtmp1 libssh2-1 libc-ares2 libsqlite3-0 libxml2 libicu72
for deb in *.deb; do dpkg-deb -x "$deb" .; done
cat >go.mod <<'MOD'
module finding

go 1.23
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

var kinds = []struct{ name, header string }{
	{"plain", `attachment; filename="my file.txt"`},
	{"percent", `attachment; filename="100%25.txt"`},
	{"apostrophe", `attachment; filename="it's.txt"`},
	{"quotes", `attachment; filename="say \"hi\".txt"`},
	{"both", `attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt`},
	{"swapped", `attachment; filename*=UTF-8''50%25.txt; filename="50_.txt"`},
	{"capitals", `ATTACHMENT; FILENAME="x.txt"`},
	{"spaces", `attachment; filename = "x.txt"`},
}

var programs = [][]string{
	{"curl", "-q", "-s", "-OJ"},
	{"wget", "--no-config", "-q", "--content-disposition"},
	{"wget2", "--no-config", "-q", "--content-disposition"},
	{"aria2c", "--no-conf", "-q"},
	{"axel", "-q"},
}

func get(program []string, url string) string {
	folder, err := os.MkdirTemp(".", "got")
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[1]+"/usr/bin/"+program[0], append(program[1:], url)...)
	command.Dir = folder
	command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+os.Getenv("LIBRARIES"))
	command.Run()
	files, err := filepath.Glob(folder + "/*")
	if err != nil || len(files) != 1 {
		return "none"
	}
	return filepath.Base(files[0])
}

func main() {
	headers := map[string]string{}
	for _, k := range kinds {
		headers["/"+k.name+"/address"] = k.header
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if headers[q.URL.Path] == "" {
			http.NotFound(w, q)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", headers[q.URL.Path])
		fmt.Fprint(w, "hello")
	}))
	for _, program := range programs {
		var row []string
		for _, k := range kinds {
			row = append(row, k.name+" ["+get(program, "http://"+l.Addr().String()+"/"+k.name+"/address")+"]")
		}
		fmt.Println(program[0] + ": " + strings.Join(row, ", "))
	}
}
GO
go build -o ask main.go
LIBRARIES=$(echo "$T"/usr/lib/*-linux-gnu):$(echo "$T"/lib/*-linux-gnu) ./ask "$T" | tee seen
cmp - seen <<'TABLE'
curl: plain [my file.txt], percent [100%25.txt], apostrophe [it's.txt], quotes [address], both [50_.txt], swapped [50_.txt], capitals [address], spaces [address]
wget: plain [my file.txt], percent [100%.txt], apostrophe [it's.txt], quotes [address], both [50%.txt], swapped [50%.txt], capitals [x.txt], spaces [x.txt]
wget2: plain [my file.txt], percent [100%.txt], apostrophe [it's.txt], quotes ["hi\".txt], both [50_.txt], swapped [50%.txt], capitals [x.txt], spaces [x.txt]
aria2c: plain [my file.txt], percent [100%25.txt], apostrophe [it's.txt], quotes [say "hi".txt], both [50%.txt], swapped [50%.txt], capitals [x.txt], spaces [x.txt]
axel: plain [my file.txt], percent [100_25.txt], apostrophe [it], quotes [say _], both [50_.txt], swapped [address], capitals [address], spaces [x.txt]
TABLE
