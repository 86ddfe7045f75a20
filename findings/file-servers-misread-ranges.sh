#!/bin/sh
# What servers of files in npm answer for ranges of a file of ten bytes, "0123456789":
#   last     bytes=-3: sirv 3.0.2 sends the first four (0-3), http-server 14.1.1 and
#            koa-range 0.3.0 answer 416
#   tail     bytes=-1000, which of a smaller file is all of it (RFC 9110 section 14.1.2) and
#            which readers of ZIP ask for: send 1.2.1 (Express) and @fastify/static 10.1.11
#            answer 416, by range-parser 1.3.0; so do serve-handler 6.1.8 (serve), http-server
#            and koa-range; @hapi/inert 7.1.2 answers 500
#   first    bytes=0-0: sirv sends the whole, as bytes 0-9
#   beyond   bytes=5-1000: koa-range says that it is going to send all of that, and ends
#            behind 5 bytes
#   unit     items=2-4, which is to be ignored: sirv sends bytes 0-4, hono 206; serve-handler,
#            http-server, koa-range and inert answer 416
#   changed  bytes=5- with an If-Range that does not match, which must give the whole: only
#            send, @fastify/static and inert do; the others let a download go on
#            with the bytes of another file, hono's (@hono/node-server 2.1.8) too
# Guess before: "changed" as it is, all else right but for sirv at "unit".
# Seen: the table at the end; what is not right has a star.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund send@1.2.1 range-parser@1.3.0 fastify@5.12.8 @fastify/static@10.1.11 sirv@3.0.2 serve-handler@6.1.8 \
	http-server@14.1.1 koa@3.3.0 koa-send@5.0.1 koa-range@0.3.0 @hapi/hapi@21.4.10 @hapi/inert@7.1.2 hono@4.13.19 @hono/node-server@2.1.8 >/dev/null
mkdir www
printf 0123456789 >www/a.bin
cat >ask.mjs <<'JS'
import http from 'node:http';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import fastifyStatic from '@fastify/static';
import Hapi from '@hapi/hapi';
import Inert from '@hapi/inert';
import fastify from 'fastify';
import { Hono } from 'hono';
import httpServer from 'http-server';
import Koa from 'koa';
import koaRange from 'koa-range';
import koaSend from 'koa-send';
import send from 'send';
import serveHandler from 'serve-handler';
import sirv from 'sirv';

const root = path.resolve('www'), host = '127.0.0.1';
const listen = server => new Promise(done => server.listen(0, host, () => done(server.address().port)));
const servers = {
	send: () => listen(http.createServer((q, a) => send(q, q.url, { root }).pipe(a))),
	'@fastify/static': async () => {
		const server = fastify().register(fastifyStatic, { root });
		await server.listen({ port: 0, host });
		return server.server.address().port;
	},
	inert: async () => {
		const server = Hapi.server({ port: 0, host });
		await server.register(Inert);
		server.route({ method: 'GET', path: '/{path*}', handler: { directory: { path: root } } });
		await server.start();
		return server.info.port;
	},
	hono: () => new Promise(done => {
		const server = new Hono().use('/*', serveStatic({ root: './www' }));
		serve({ fetch: server.fetch, port: 0, hostname: host }, at => done(at.port));
	}),
	'serve-handler': () => listen(http.createServer((q, a) => serveHandler(q, a, { public: root, etag: true }))),
	'http-server': () => listen(httpServer.createServer({ root }).server),
	'koa-range': () => {
		const server = new Koa({ env: 'test' }).use(koaRange).use(ctx => koaSend(ctx, ctx.path, { root }));
		server.silent = true;
		return listen(http.createServer(server.callback()));
	},
	sirv: () => listen(http.createServer(sirv(root, { etag: true }))),
};
const ask = (port, headers) => new Promise((resolve, reject) => {
	http.get({ host, port, path: '/a.bin', headers, agent: false }, answer => {
		const { 'content-range': range = '' } = answer.headers;
		let body = '';
		answer.on('data', d => { body += d; }).on('error', () => {}); // cut
		answer.on('close', () => resolve(answer.statusCode === 206 ? `${range.replace('bytes ', '')}=${body}` : answer.statusCode === 200 ? body : `${answer.statusCode}`));
	}).on('error', reject);
});
const all = '0123456789';
const ranges = {
	middle: [{ range: 'bytes=2-4' }, '2-4/10=234'],
	last: [{ range: 'bytes=-3' }, '7-9/10=789'],
	tail: [{ range: 'bytes=-1000' }, '0-9/10=' + all, all],
	first: [{ range: 'bytes=0-0' }, '0-0/10=0'],
	beyond: [{ range: 'bytes=5-1000' }, '5-9/10=56789'],
	unit: [{ range: 'items=2-4' }, all],
	changed: [{ range: 'bytes=5-', 'if-range': '"another"' }, all],
};
for (const [name, start] of Object.entries(servers)) {
	const port = await start(), row = [];
	for (const [kind, [headers, ...right]] of Object.entries(ranges)) {
		const got = await ask(port, headers);
		row.push(`${kind} ${got}${right.includes(got) ? '' : '*'}`);
	}
	console.log(`${name}: ${row.join(', ')}`);
}
process.exit();
JS
node ask.mjs 2>/dev/null | tee seen
cmp - seen <<'TABLE'
send: middle 2-4/10=234, last 7-9/10=789, tail 416*, first 0-0/10=0, beyond 5-9/10=56789, unit 0123456789, changed 0123456789
@fastify/static: middle 2-4/10=234, last 7-9/10=789, tail 416*, first 0-0/10=0, beyond 5-9/10=56789, unit 0123456789, changed 0123456789
inert: middle 2-4/10=234, last 7-9/10=789, tail 500*, first 0-0/10=0, beyond 5-9/10=56789, unit 416*, changed 0123456789
hono: middle 2-4/10=234, last 7-9/10=789, tail 0-9/10=0123456789, first 0-0/10=0, beyond 5-9/10=56789, unit 0-9/10=0123456789*, changed 5-9/10=56789*
serve-handler: middle 2-4/10=234, last 7-9/10=789, tail 416*, first 0-0/10=0, beyond 5-9/10=56789, unit 416*, changed 5-9/10=56789*
http-server: middle 2-4/10=234, last 416*, tail 416*, first 0-0/10=0, beyond 5-9/10=56789, unit 416*, changed 5-9/10=56789*
koa-range: middle 2-4/10=234, last 416*, tail 416*, first 0-0/10=0, beyond 5-1000/10=56789*, unit 416*, changed 5-9/10=56789*
sirv: middle 2-4/10=234, last 0-3/10=0123*, tail 0-9/10=0123456789, first 0-9/10=0123456789*, beyond 5-9/10=56789, unit 0-4/10=01234*, changed 5-9/10=56789*
TABLE
