#!/bin/sh
# What readers of multipart/form-data in npm make of one file, "hello", in shapes that
# RFC 2046 and RFC 7578 allow and that small clients send:
#   preamble  an empty line before the first boundary: @mjackson/multipart-parser 0.10.1
#             raises an error
#   filename  the file's name comes before the field's: the FormData of undici 6.21.3
#             (Node's fetch) raises an error
#   untyped   the part has no Content-Type: formidable 3.5.4 has no file (it takes it for
#             a field), parse-multipart-data 1.5.0 raises an error
#   padding   two blanks behind the boundary: busboy 1.6.0 and parse-multipart-data find
#             no file, without an error; the others raise one, except for @mjackson's
#   base64    Content-Transfer-Encoding: base64, arriving byte by byte: multiparty 4.2.3
#             has an empty file; in one piece it has "hello"
# Guess before: all read them, except for some at "padding".
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund busboy@1.6.0 formidable@3.5.4 multiparty@4.2.3 parse-multipart-data@1.5.0 \
	@mjackson/multipart-parser@0.10.1 undici@6.21.3 >/dev/null
cat >read.mjs <<'JS'
import fs from 'node:fs';
import { Readable } from 'node:stream';
import busboy from 'busboy';
import formidable from 'formidable';
import multiparty from 'multiparty';
import { parse } from 'parse-multipart-data';
import { parseMultipart } from '@mjackson/multipart-parser';
import { Response } from 'undici';

const disposition = 'Content-Disposition: form-data; name="f"; filename="a.txt"\r\n', type = 'Content-Type: text/plain\r\n';
const body = ({ before = '', padding = '', head = disposition + type, content = 'hello' }) =>
	Buffer.from(`${before}--limit${padding}\r\n${head}\r\n${content}\r\n--limit--\r\n`);
const bodies = {
	plain: body({}),
	preamble: body({ before: '\r\n' }),
	filename: body({ head: 'Content-Disposition: form-data; filename="a.txt"; name="f"\r\n' + type }),
	untyped: body({ head: disposition }),
	padding: body({ padding: '  ' }),
	base64: body({ head: disposition + type + 'Content-Transfer-Encoding: base64\r\n', content: 'aGVsbG8=' }),
};
const headers = { 'content-type': 'multipart/form-data; boundary=limit' };
// A request that arrives byte by byte.
const request = b => Object.assign(Readable.from([...b].map(c => Buffer.from([c])), { objectMode: false }),
	{ headers: { ...headers, 'content-length': String(b.length) }, method: 'POST', url: '/' });
const contentOf = f => fs.readFileSync(f, 'utf8');
const readers = {
	busboy: b => new Promise((resolve, reject) => {
		const files = [];
		const reader = busboy({ headers }).on('error', reject).on('close', () => resolve(files));
		reader.on('file', (_, stream) => {
			const at = files.push('') - 1;
			stream.on('data', d => { files[at] += d; });
		});
		request(b).pipe(reader);
	}),
	formidable: async b => Object.values((await formidable({ uploadDir: '.' }).parse(request(b)))[1]).flat().map(f => contentOf(f.filepath)),
	multiparty: b => new Promise((resolve, reject) => {
		new multiparty.Form({ uploadDir: '.' }).parse(request(b), (error, _, files) =>
			error ? reject(error) : resolve(Object.values(files).flat().map(f => contentOf(f.path))));
	}),
	data: async b => parse(b, 'limit').map(p => p.data.toString()),
	mjackson: async b => [...parseMultipart(b, { boundary: 'limit' })].map(p => Buffer.from(p.bytes).toString()),
	undici: async b => Promise.all([...(await new Response(b, { headers }).formData()).values()].map(f => f.text())),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const [shape, b] of Object.entries(bodies)) {
		if (shape === 'base64' && name !== 'multiparty') continue; // the others do not all decode it
		row.push(shape + ' ' + await read(b).then(files => files.length === 0 ? 'none' : files.join() || 'empty', () => 'error'));
	}
	console.log(`${name}: ${row.join(', ')}`);
}
JS
node read.mjs | tee seen
cmp - seen <<'TABLE'
busboy: plain hello, preamble hello, filename hello, untyped hello, padding none
formidable: plain hello, preamble hello, filename hello, untyped none, padding error
multiparty: plain hello, preamble hello, filename hello, untyped hello, padding error, base64 empty
data: plain hello, preamble hello, filename hello, untyped error, padding none
mjackson: plain hello, preamble error, filename hello, untyped hello, padding hello
undici: plain hello, preamble hello, filename error, untyped hello, padding error
TABLE
