#!/bin/sh
# A download of which the connection ends in the middle (the server stops, the computer
# goes to sleep) is a success for wget2 1.99.1-2.2: it exits with 0, leaves the part under
# the file's own name and does not try again, whether a Content-Length says that more
# was to come or a chunk does. wget 1.21.3-1+deb12u1 sees it by the length, exits with 4
# and tries again, but not within a chunk: there it exits with 0 as well. curl and
# aria2c fail in all of these cases.
# Guess before: all of them fail.
# Seen: "wget2 length 0 200000", "wget2 chunked 0 150000", "wget length 4 200000",
# "wget chunked 0 150000".
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root wget2=1.99.1-2.2 libwget0=1.99.1-2.2 wget=1.21.3-1+deb12u1 \
	libgpgme11 libpcre2-8-0 libassuan0 libgpg-error0 libgnutls30 libbrotli1 libidn2-0 libnghttp2-14 libpsl5 \
	libzstd1 libbz2-1.0 liblzma5 zlib1g libuuid1 libnettle8 libhogweed6 libunistring2 libp11-kit0 libtasn1-6 \
	libgmp10 libffi8
for deb in *.deb; do dpkg-deb -x "$deb" .; done
LD_LIBRARY_PATH=$(echo "$T"/usr/lib/*-linux-gnu):$(echo "$T"/lib/*-linux-gnu)
export LD_LIBRARY_PATH
cat >go.mod <<'MOD'
module finding

go 1.23
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
)

// It prints its address and sends parts of a file of 400,000 bytes.
func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Addr())
	os.Stdout.Close()
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		conn, buffered, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		io.WriteString(buffered, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n")
		if q.URL.Path == "/length" {
			io.WriteString(buffered, "Content-Length: 400000\r\n\r\n"+strings.Repeat("a", 200_000))
		} else {
			io.WriteString(buffered, "Transfer-Encoding: chunked\r\n\r\n186a0\r\n"+strings.Repeat("a", 100_000)+"\r\n186a0\r\n"+strings.Repeat("a", 50_000))
		}
		buffered.Flush()
	}))
}
GO
go build -o cutting main.go
./cutting >address &
server=$!
trap 'kill $server; rm -rf "$T"' EXIT
while ! [ -s address ]; do sleep 1; done
for program in wget2 wget; do
	for body in length chunked; do
		mkdir $program-$body
		code=0
		usr/bin/$program -q --tries=1 -P $program-$body "http://$(cat address)/$body" 2>/dev/null || code=$?
		echo "$program $body $code $(wc -c <$program-$body/$body)"
	done
done | tee seen
printf 'wget2 length 0 200000\nwget2 chunked 0 150000\nwget length 4 200000\nwget chunked 0 150000\n' | cmp - seen
