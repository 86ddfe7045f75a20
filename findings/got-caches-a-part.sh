#!/bin/sh
# got 16.1.0 and 14.6.6 with its option "cache" answers from the first range that it was
# given: after "Range: bytes=0-4" of a file that may be kept for a minute, a request for
# bytes 5-9 and one for the whole file both get "01234", with status 206, and the server
# hears of neither. With no-cache it asks by If-None-Match, is told 304, and gives "01234" for
# the whole as well, so that any server of files with ETags will do. cacheable-request
# 13.0.19, which got uses, does so by itself: http-cache-semantics 4.3.0 would not keep a
# 206, but looks for it in "status", Node's answer has it in "statusCode", and without a
# status it takes 200.
# axios-cache-interceptor 1.12.3, make-fetch-happen 16.0.1, node-fetch-cache 5.1.0 and
# undici 7.16.0 (interceptors.cache) ask again; of a whole file all but node-fetch-cache
# answer a range with 200 and the whole, as they may.
# Guess before: axios-cache-interceptor does it, whose key has no headers, and nobody else.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund got@16.1.0 got14@npm:got@14.6.6 cacheable-request@13.0.19 http-cache-semantics@4.3.0 axios@1.21.1 \
	axios-cache-interceptor@1.12.3 make-fetch-happen@16.0.1 node-fetch-cache@5.1.0 undici@7.16.0 >/dev/null
cat >ask.mjs <<'JS'
import http from 'node:http';
import { text } from 'node:stream/consumers';
import axios from 'axios';
import { setupCache } from 'axios-cache-interceptor';
import CacheableRequest from 'cacheable-request';
import got from 'got';
import got14 from 'got14';
import makeFetchHappen from 'make-fetch-happen';
import nodeFetchCache, { MemoryCache } from 'node-fetch-cache';
import { Agent, interceptors } from 'undici';

const file = '0123456789';
let asked = 0;
const server = http.createServer((request, response) => {
	asked++;
	response.setHeader('Cache-Control', request.url.startsWith('/no-cache') ? 'no-cache' : 'max-age=60');
	response.setHeader('ETag', '"1"');
	if (request.headers['if-none-match'] === '"1"') return response.writeHead(304).end();
	const range = /^bytes=(\d)-(\d)$/.exec(request.headers.range);
	if (!range) return response.end(file);
	response.writeHead(206, { 'Content-Range': `bytes ${range[1]}-${range[2]}/${file.length}` });
	response.end(file.slice(+range[1], +range[2] + 1));
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${server.address().port}`;

const withGot = library => {
	const client = library.extend({ cache: new Map() });
	return async (url, headers) => client(url, { headers }).then(a => [a.statusCode, a.body]);
};
const withFetch = fetch => async (url, headers) => fetch(url, { headers }).then(async a => [a.status, await a.text()]);
const clients = {
	got: withGot(got),
	'got 14': withGot(got14),
	'cacheable-request': (() => {
		const request = new CacheableRequest(http.request).request();
		return (url, headers) => new Promise((resolve, reject) => {
			const { hostname, port, pathname } = new URL(url);
			request({ hostname, port, path: pathname, protocol: 'http:', headers }, async a => resolve([a.statusCode, await text(a)]))
				.on('request', q => q.end()).on('error', reject);
		});
	})(),
	'axios-cache-interceptor': (() => {
		const client = setupCache(axios.create({ responseType: 'text', transformResponse: a => a }));
		return async (url, headers) => client.get(url, { headers }).then(a => [a.status, a.data]);
	})(),
	'make-fetch-happen': withFetch(makeFetchHappen.defaults({ cachePath: 'kept' })),
	'node-fetch-cache': withFetch(nodeFetchCache.create({ cache: new MemoryCache() })),
	undici: (() => {
		const dispatcher = new Agent().compose(interceptors.cache());
		return async (url, headers) => dispatcher.request({ origin: address, path: new URL(url).pathname, method: 'GET', headers })
			.then(async a => [a.statusCode, await a.body.text()]);
	})(),
};
const pairs = { 'part, part': ['bytes=0-4', 'bytes=5-9'], 'part, whole': ['bytes=0-4', undefined], 'whole, part': [undefined, 'bytes=5-9'] };
pairs['no-cache, part, whole'] = pairs['part, whole'];
for (const [name, get] of Object.entries(clients)) {
	const row = [];
	for (const [pair, ranges] of Object.entries(pairs)) {
		const url = `${address}/${encodeURIComponent(pair + name)}`;
		let last;
		asked = 0;
		for (const range of ranges) {
			last = await get(url, range ? { range } : {});
			await new Promise(done => setTimeout(done, 200)); // some keep an answer only after they gave it
		}
		row.push(`${pair}: ${last.join(' ')} (${asked} asked)`);
	}
	console.log(`${name}: ${row.join('; ')}`);
}
process.exit();
JS
node ask.mjs | tee seen
cmp - seen <<'TABLE'
got: part, part: 206 01234 (1 asked); part, whole: 206 01234 (1 asked); whole, part: 200 0123456789 (1 asked); no-cache, part, whole: 206 01234 (2 asked)
got 14: part, part: 206 01234 (1 asked); part, whole: 206 01234 (1 asked); whole, part: 200 0123456789 (1 asked); no-cache, part, whole: 206 01234 (2 asked)
cacheable-request: part, part: 206 01234 (1 asked); part, whole: 206 01234 (1 asked); whole, part: 200 0123456789 (1 asked); no-cache, part, whole: 206 01234 (2 asked)
axios-cache-interceptor: part, part: 206 56789 (2 asked); part, whole: 200 0123456789 (2 asked); whole, part: 200 0123456789 (1 asked); no-cache, part, whole: 200 0123456789 (2 asked)
make-fetch-happen: part, part: 206 56789 (2 asked); part, whole: 200 0123456789 (2 asked); whole, part: 200 0123456789 (1 asked); no-cache, part, whole: 200 0123456789 (2 asked)
node-fetch-cache: part, part: 206 56789 (2 asked); part, whole: 200 0123456789 (2 asked); whole, part: 206 56789 (2 asked); no-cache, part, whole: 200 0123456789 (2 asked)
undici: part, part: 206 56789 (2 asked); part, whole: 200 0123456789 (2 asked); whole, part: 200 0123456789 (1 asked); no-cache, part, whole: 200 0123456789 (2 asked)
TABLE
