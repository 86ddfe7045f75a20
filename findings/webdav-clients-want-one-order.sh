#!/bin/sh
# A server of WebDAV may answer in any order and in several parts (RFC 4918 sections 9.1,
# 14.22-14.24). Here a folder has a.txt (5 bytes) and the folder sub, and
#   split    each response has first a propstat of what it does not have (404), then one of
#            what it has: rclone 1.60.1 lists nothing and exits with 0; webdav 5.11.0 and
#            webdav-fs 4.0.1 (npm) take all for files of 0 bytes; webdav-client 1.4.3 (npm)
#            raises an error. The other way round, as servers do it, they are right
#   twice    what it has is in two propstats of 200: gowebdav 0.13.0 has the time of 1970,
#            webdav-client an error
#   reverse  the folder itself comes last: gowebdav lists it instead of sub
#   refused  one more response, b.txt, has status 403 alone: webdav and webdav-fs list
#            nothing and raise a TypeError, webdav-client an error, rclone lists it as
#            an empty file
#   foreign  a getcontentlength of another namespace (99) before that of DAV: webdav and
#            webdav-fs take it
# cadaver 0.24 is right about all of them, emersion/go-webdav 0.6.0 too (of "refused" it
# returns an error with the list).
# Guess before: gowebdav wrong at split, webdav and webdav-fs at foreign, rclone as it is at
# refused, all else right.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root cadaver=0.24+dfsg-1 rclone=1.60.1+dfsg-2+b5 libneon27-gnutls libproxy1v5 \
	libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1 libgnutls30 libxml2 libreadline8 libicu72 \
	liblzma5 libp11-kit0 libidn2-0 libunistring2 libtasn1-6 libnettle8 libhogweed6 libgmp10 libffi8 libtinfo6
for deb in *.deb; do dpkg-deb -x "$deb" .; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund webdav@5.11.0 webdav-fs@4.0.1 webdav-client@1.4.3 >/dev/null
cat >go.mod <<'MOD'
module finding

go 1.24
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"path"

	emersion "github.com/emersion/go-webdav"
	"github.com/studio-b12/gowebdav"
)

func line(name string, folder bool, size int64, year int) {
	kind := "file"
	if folder {
		kind, size = "folder", 0
	}
	if year != 2026 {
		kind += fmt.Sprint(" of ", year)
	}
	fmt.Println(name, kind, size)
}

func main() {
	if os.Args[1] == "gowebdav" {
		files, err := gowebdav.NewClient(os.Args[2], "", "").ReadDir("/")
		for _, f := range files {
			line(f.Name(), f.IsDir(), f.Size(), f.ModTime().Year())
		}
		if err != nil {
			fmt.Println("error")
		}
		return
	}
	client, err := emersion.NewClient(nil, os.Args[2])
	if err != nil {
		panic(err)
	}
	files, err := client.ReadDir(context.Background(), "", false)
	for _, f := range files {
		if f.Path != "/"+path.Base(os.Args[2])+"/" {
			line(path.Base(f.Path), f.IsDir, f.Size, f.ModTime.Year())
		}
	}
	if err != nil {
		fmt.Println("error")
	}
}
GO
go get github.com/emersion/go-webdav@v0.6.0 github.com/studio-b12/gowebdav@v0.13.0 2>/dev/null
go mod tidy 2>/dev/null
go build -o lister main.go
cat >list.mjs <<'JS'
import http from 'node:http';
import path from 'node:path';
import util from 'node:util';
import { execFile } from 'node:child_process';
import { createClient } from 'webdav';
import { createAdapter } from 'webdav-fs';
import { Connection } from 'webdav-client';

const propstat = (props, status = '200 OK') => `<D:propstat><D:prop>${props}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat>`;
const response = (href, stats) => `<D:response><D:href>${href}</D:href>${stats}</D:response>`;
const time = '<D:getlastmodified>Mon, 30 Nov 2026 10:00:00 GMT</D:getlastmodified>', size = '<D:getcontentlength>5</D:getcontentlength>';
const folder = '<D:resourcetype><D:collection/></D:resourcetype>', file = '<D:resourcetype/>' + size;
const missing = propstat('<D:displayname/>', '404 Not Found');
const own = props => propstat(props + time);
const shapes = {
	plain: own,
	split: props => missing + own(props),
	after: props => own(props) + missing,
	twice: props => propstat(props) + propstat(time),
	reverse: own,
	refused: own,
	foreign: props => own(props.replace(size, '<O:getcontentlength>99</O:getcontentlength>' + size)),
};
const server = http.createServer((request, answer) => {
	request.resume();
	if (request.method === 'OPTIONS') return answer.writeHead(200, { DAV: '1', Allow: 'OPTIONS, PROPFIND' }).end();
	const [, shape, name] = request.url.split('/');
	if (request.method !== 'PROPFIND' || name) return answer.writeHead(404).end();
	const stats = shapes[shape], here = `/${shape}/`;
	const responses = [response(here, stats(folder))];
	if (request.headers.depth !== '0') responses.push(response(here + 'a.txt', stats(file)), response(here + 'sub/', stats(folder)));
	if (shape === 'reverse') responses.reverse();
	if (shape === 'refused' && responses.length > 1) responses.push(response(here + 'b.txt', '<D:status>HTTP/1.1 403 Forbidden</D:status>'));
	answer.writeHead(207, { 'Content-Type': 'application/xml; charset=utf-8' });
	answer.end(`<?xml version="1.0" encoding="utf-8"?><D:multistatus xmlns:D="DAV:" xmlns:O="urn:other">${responses.join('')}</D:multistatus>`);
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const run = (program, ...given) => new Promise((resolve, reject) => {
	const child = execFile(program, given, { env: { ...process.env, LD_LIBRARY_PATH: process.env.LIBRARIES } }, (error, out) => error ? reject(error) : resolve(out));
	child.stdin.end('ls\n');
});
const entry = (name, isFolder, bytes) => `${name} ${isFolder ? 'folder 0' : `file ${bytes}`}`;
const clients = {
	cadaver: async url => [...(await run('usr/bin/cadaver', url)).matchAll(/^(Coll:)? +(\S+) +(\d+) +Nov 30/gm)].map(m => entry(m[2], m[1], m[3])),
	emersion: async url => (await run('./lister', 'emersion', url)).split('\n').filter(Boolean),
	gowebdav: async url => (await run('./lister', 'gowebdav', url)).split('\n').filter(Boolean),
	rclone: async url => (await run('usr/bin/rclone', 'lsf', '--format', 'ps', '--config', '/dev/null', `:webdav,url='${url}':`)).split('\n').filter(Boolean)
		.map(l => l.split(';')).map(([name, bytes]) => entry(path.basename(name), name.endsWith('/'), bytes)),
	webdav: async url => (await createClient(url).getDirectoryContents('/')).map(e => entry(e.basename, e.type === 'directory', e.size)),
	'webdav-fs': async url => {
		const adapter = createAdapter(url);
		return (await util.promisify(adapter.readdir.bind(adapter))('/', 'stat')).map(e => entry(e.name, e.isDirectory(), e.size));
	},
	'webdav-client': async url => {
		const connection = new Connection(url);
		return (await util.promisify(connection.readdir.bind(connection))('/', { properties: true })).map(e => entry(e.name, e.type === 'directory', e.size));
	},
};
for (const [name, list] of Object.entries(clients)) {
	for (const shape of Object.keys(shapes)) {
		const listed = await list(`http://127.0.0.1:${server.address().port}/${shape}/`).then(all => all.sort().join(', ') || 'nothing', () => 'error');
		if (shape === 'plain' || listed !== 'a.txt file 5, sub folder 0') console.log(`${name} ${shape}: ${listed}`);
	}
}
process.exit();
JS
LIBRARIES=$(echo "$T"/usr/lib/*-linux-gnu):$(echo "$T"/lib/*-linux-gnu) node list.mjs | tee seen
cmp - seen <<'TABLE'
cadaver plain: a.txt file 5, sub folder 0
emersion plain: a.txt file 5, sub folder 0
emersion refused: a.txt file 5, error, sub folder 0
gowebdav plain: a.txt file 5, sub folder 0
gowebdav twice: a.txt file of 1970 5, sub folder of 1970 0
gowebdav reverse: a.txt file 5, reverse folder 0
rclone plain: a.txt file 5, sub folder 0
rclone split: nothing
rclone refused: a.txt file 5, b.txt file 0, sub folder 0
webdav plain: a.txt file 5, sub folder 0
webdav split: a.txt file 0, sub file 0
webdav refused: error
webdav foreign: a.txt file 99, sub folder 0
webdav-fs plain: a.txt file 5, sub folder 0
webdav-fs split: a.txt file 0, sub file 0
webdav-fs refused: error
webdav-fs foreign: a.txt file 99, sub folder 0
webdav-client plain: a.txt file 5, sub folder 0
webdav-client split: error
webdav-client twice: error
webdav-client refused: error
TABLE
