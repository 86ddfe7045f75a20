#!/bin/sh
# Small readers of tar in npm have other files than GNU tar for archives of a.txt (hello)
# and b.txt (world), without an error:
#   base256  the size of a.txt in base 256, as for large files: nanotar 0.3.0 and
#            @andrewbranch/untar.js 1.0.4 end behind an empty a.txt,
#            @obsidize/tar-browserify 6.3.2 goes on behind it
#   record   its size in a PAX record alone: nanotar and untar.js take the content of
#            a.txt for the header of a file "hello", and end
#   v7       headers from before POSIX: obsidize finds nothing, tar-stream 3.1.7 raises an
#            error
#   view     the archive in the middle of an ArrayBuffer, as Node's small buffers are:
#            nanotar reads what stands at the start of that
# modern-tar 0.8.6 reads all of them.
# Guess before: errors at base256 and record, the right files for all else.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tar-stream@3.1.7 nanotar@0.3.0 modern-tar@0.8.6 @andrewbranch/untar.js@1.0.4 \
	@obsidize/tar-browserify@6.3.2 >/dev/null
cat >read.mjs <<'JS'
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import tarStream from 'tar-stream';
import { parseTar } from 'nanotar';
import { unpackTar } from 'modern-tar';
import { untar } from '@andrewbranch/untar.js';
import { Archive } from '@obsidize/tar-browserify';

function header(name, size, { type = '0', ustar = true } = {}) {
	const h = Buffer.alloc(512);
	h.write(name, 0);
	h.write('0000644\0' + '0000000\0' + '0000000\0', 100);
	typeof size === 'number' ? h.write(size.toString(8).padStart(11, '0') + '\0', 124) : size.copy(h, 124);
	h.write('07346545000\0', 136);
	if (ustar) h.write(type, 156), h.write('ustar\0' + '00', 257);
	h.write('        ', 148);
	h.write(h.reduce((sum, v) => sum + v).toString(8).padStart(6, '0') + '\0 ', 148);
	return h;
}
const block = text => Buffer.concat([Buffer.from(text)], 512);
const record = text => [header('pax', text.length, { type: 'x' }), block(text)];
const end = Buffer.alloc(8192);
const world = [header('b.txt', 5), block('world'), end];
const archives = {
	plain: [header('a.txt', 5), block('hello'), ...world],
	base256: [header('a.txt', Buffer.from('800000000000000000000005', 'hex')), block('hello'), ...world],
	record: [...record('10 size=5\n'), header('a.txt', 0), block('hello'), ...world],
	v7: [header('a.txt', 5, { ustar: false }), block('hello'), header('b.txt', 5, { ustar: false }), block('world'), end],
	view: [header('a.txt', 5), block('hello'), ...world],
};
const text = data => Buffer.from(data ?? []).toString();
const readers = {
	'GNU tar': b => {
		fs.writeFileSync('x.tar', b);
		return execFileSync('tar', ['-tf', 'x.tar']).toString().trim().split('\n')
			.map(name => [name, execFileSync('tar', ['-xOf', 'x.tar', name]).toString()]);
	},
	'modern-tar': async b => (await unpackTar(b)).map(e => [e.header.name, text(e.data)]),
	'tar-stream': b => new Promise((resolve, reject) => {
		const files = [], reader = tarStream.extract();
		reader.on('entry', (h, content, next) => {
			const file = [h.name, ''];
			files.push(file);
			content.on('data', d => { file[1] += d; }).on('end', next);
		}).on('finish', () => resolve(files)).on('error', reject).end(b);
	}),
	nanotar: b => parseTar(b).map(f => [f.name, text(f.data)]),
	'untar.js': b => untar(Uint8Array.from(b).buffer).map(f => [f.filename, text(f.fileData)]),
	obsidize: async b => (await Archive.extract(Uint8Array.from(b))).entries.map(e => [e.fileName, text(e.content)]),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const [kind, parts] of Object.entries(archives)) {
		const whole = Buffer.concat([header('c.txt', 0), end.subarray(0, 1024), ...parts]);
		const archive = kind === 'view' ? whole.subarray(1536) : Buffer.from(Uint8Array.from(whole.subarray(1536)).buffer);
		const files = await (async () => read(archive))().then(all => all.map(([n, c]) => `${n}=${c.trim()}`).join(' ') || 'none', () => 'error');
		row.push(`${kind} [${files}]`);
	}
	console.log(`${name}: ${row.join(', ')}`);
}
JS
node read.mjs | tee seen
cmp - seen <<'TABLE'
GNU tar: plain [a.txt=hello b.txt=world], base256 [a.txt=hello b.txt=world], record [a.txt=hello b.txt=world], v7 [a.txt=hello b.txt=world], view [a.txt=hello b.txt=world]
modern-tar: plain [a.txt=hello b.txt=world], base256 [a.txt=hello b.txt=world], record [a.txt=hello b.txt=world], v7 [a.txt=hello b.txt=world], view [a.txt=hello b.txt=world]
tar-stream: plain [a.txt=hello b.txt=world], base256 [a.txt=hello b.txt=world], record [a.txt=hello b.txt=world], v7 [error], view [a.txt=hello b.txt=world]
nanotar: plain [a.txt=hello b.txt=world], base256 [a.txt=], record [a.txt= hello=], v7 [a.txt=hello b.txt=world], view [c.txt=]
untar.js: plain [a.txt=hello b.txt=world], base256 [a.txt=], record [a.txt= hello=], v7 [a.txt=hello b.txt=world], view [a.txt=hello b.txt=world]
obsidize: plain [a.txt=hello b.txt=world], base256 [a.txt= b.txt=world], record [a.txt=hello b.txt=world], v7 [none], view [a.txt=hello b.txt=world]
TABLE
