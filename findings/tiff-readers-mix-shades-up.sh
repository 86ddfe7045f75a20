#!/bin/sh
# What readers of TIFF in npm make of a picture of 20 by 10 pixels. libtiff 4.5.0 (tiff2rgba)
# reads all of these right:
#   line     1 bit, 1 is white: geotiff 3.0.5 (readRGB) has 128 for white
#   shades   4 bits: geotiff has 240 for white; utif 3.1.0, utif2 4.1.0 and decode-tiff 0.2.1 are
#            wrong as well
#   paper    8 bits, 0 is white: geotiff has black for pure white and is right otherwise,
#            decode-tiff is wrong
#   fax      1 bit, with the bits of a byte turned round (FillOrder 2): all that read "line"
#            have other pixels
#   planes   red, green and blue apart: utif, utif2 and decode-tiff mix them
#   tiles    tiff 7.1.3 takes them for rows
#   zip      deflate by its old number (32946): utif is wrong
#   strips   three strips: decode-tiff is wrong
# None of these is an error.
# Guess before: "fax" wrong or an error but for utif, an error of tiff at planes and tiles,
# decode-tiff wrong at paper, planes and tiles, all else right.
# Seen: the table at the end, with the number of wrong pixels.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root libtiff-tools=4.5.0-6+deb12u4 libtiff6=4.5.0-6+deb12u4 libdeflate0 libjbig0 libjpeg62-turbo \
	liblerc4 liblzma5 libwebp7 libzstd1 zlib1g
for deb in *.deb; do dpkg-deb -x "$deb" .; done
LIBRARIES=$(echo "$T"/usr/lib/*-linux-gnu):$(echo "$T"/lib/*-linux-gnu)
npm init -y >/dev/null
npm install --silent --no-audit --no-fund utif@3.1.0 utif2@4.1.0 tiff@7.1.3 geotiff@3.0.5 decode-tiff@0.2.1 >/dev/null
cat >read.mjs <<'JS'
import fs from 'node:fs';
import zlib from 'node:zlib';
import { execFileSync } from 'node:child_process';
import { decode as decodeSmall } from 'decode-tiff';
import { fromArrayBuffer } from 'geotiff';
import { decode } from 'tiff';
import utif from 'utif';
import utif2 from 'utif2';

console.log = () => {}; // utif2 says something
const width = 20, height = 10;
const colour = (x, y) => [x * 12, y * 25, (x + y) * 8];
const shade = (x, y) => Math.min(255, x * 13 + y * 3);
const ink = (x, y) => (x * 7 + y * 3) % 5 < 2 ? 1 : 0;
const grey = of => (x, y) => Array(3).fill(of(x, y));
const pixels = (of, w = width, h = height, left = 0) =>
	Buffer.from(Array.from({ length: w * h }, (_, i) => of(left + i % w, Math.floor(i / w))).flat());
// A row of pixels of fewer than 8 bits.
const packed = (of, bits) => Buffer.concat(Array.from({ length: height }, (_, y) => {
	const row = Array.from({ length: width }, (_, x) => of(x, y).toString(2).padStart(bits, '0')).join('');
	return Buffer.from(row.match(/.{1,8}/g).map(byte => parseInt(byte.padEnd(8, '0'), 2)));
}));
const turned = b => Buffer.from(b.map(byte => parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2)));

const number = (type, v) => {
	const b = Buffer.alloc(type === 3 ? 2 : 4);
	b.writeUIntLE(v, 0, b.length);
	return b;
};
function tiff({ bits = [8, 8, 8], photometric = 2, parts, tiled = false, tags = {} }) {
	let at = 8;
	const offsets = parts.map(part => (at += part.length) - part.length);
	const [offset, length] = tiled ? [324, 325] : [273, 279];
	const all = {
		256: [3, width], 257: [3, height], 258: [3, ...bits], 259: [3, 1], 262: [3, photometric], 277: [3, bits.length],
		...tiled ? { 322: [3, 16], 323: [3, 16] } : { 278: [3, height] }, ...tags, [offset]: [4, ...offsets], [length]: [4, ...parts.map(p => p.length)],
	};
	const entries = [], rest = [], padding = at % 2;
	let far = at + padding + 2 + 12 * Object.keys(all).length + 4;
	for (const [tag, [type, ...values]] of Object.entries(all)) {
		const b = Buffer.concat(values.map(v => number(type, v)));
		entries.push(number(3, tag), number(3, type), number(4, values.length), b.length <= 4 ? Buffer.concat([b], 4) : number(4, far));
		if (b.length > 4) far += rest.push(b) && b.length;
	}
	return Buffer.concat([Buffer.from('II*\0'), number(4, at + padding), ...parts, Buffer.alloc(padding), number(3, entries.length / 4), ...entries, number(4, 0), ...rest]);
}
const one = { bits: [1], photometric: 1 }, plain = pixels(colour);
const tile = left => pixels((x, y) => x < width && y < height ? colour(x, y) : [0, 0, 0], 16, 16, left);
const files = {
	plain: [colour, { parts: [plain] }],
	strips: [colour, { parts: [plain.subarray(0, 240), plain.subarray(240, 480), plain.subarray(480)], tags: { 278: [3, 4] } }],
	line: [grey((x, y) => 255 * ink(x, y)), { ...one, parts: [packed(ink, 1)] }],
	fax: [grey((x, y) => 255 * ink(x, y)), { ...one, parts: [turned(packed(ink, 1))], tags: { 266: [3, 2] } }],
	shades: [grey((x, y) => (shade(x, y) >> 4) * 17), { bits: [4], photometric: 1, parts: [packed((x, y) => shade(x, y) >> 4, 4)] }],
	paper: [grey(shade), { bits: [8], photometric: 0, parts: [pixels((x, y) => 255 - shade(x, y))] }],
	planes: [colour, { parts: [0, 1, 2].map(i => pixels((x, y) => colour(x, y)[i])), tags: { 284: [3, 2] } }],
	tiles: [colour, { parts: [tile(0), tile(16)], tiled: true }],
	zip: [colour, { parts: [zlib.deflateSync(plain)], tags: { 259: [3, 32946] } }],
};
for (const [name, [, shape]] of Object.entries(files)) fs.writeFileSync(name + '.tif', tiff(shape));

const every = (data, size) => (x, y) => {
	const at = size * (y * width + x);
	return size < 3 ? Array(3).fill(data[at]) : data.slice(at, at + 3);
};
const rgba = library => b => {
	const [page] = library.decode(b);
	library.decodeImage(b, page);
	return every(library.toRGBA8(page), 4);
};
const readers = {
	libtiff: (_, name) => {
		execFileSync('usr/bin/tiff2rgba', ['-c', 'none', name + '.tif', 'rgba.tif'], { env: { ...process.env, LD_LIBRARY_PATH: process.env.LIBRARIES } });
		return every(decode(fs.readFileSync('rgba.tif'))[0].data, 4);
	},
	utif: rgba(utif),
	utif2: rgba(utif2),
	tiff: b => {
		const [page] = decode(b);
		const at = every(page.data, page.samplesPerPixel), scale = 255 / (2 ** page.bitsPerSample - 1);
		return (x, y) => [...at(x, y)].map(v => v * scale);
	},
	geotiff: async b => {
		const data = await (await (await fromArrayBuffer(b)).getImage()).readRGB({ interleave: true });
		return every(data, data.length / width / height);
	},
	'decode-tiff': b => every(decodeSmall(b).data, 4),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const [kind, [want]] of Object.entries(files)) {
		const b = Uint8Array.from(fs.readFileSync(kind + '.tif')).buffer;
		row.push(kind + ' ' + await (async () => read(b, kind))().then(at => {
			let wrong = 0;
			for (let i = 0; i < width * height; i++) {
				const [x, y] = [i % width, Math.floor(i / width)], got = at(x, y);
				if (want(x, y).some((v, c) => Math.abs(v - got[c]) > 3 || got[c] === undefined)) wrong++;
			}
			return wrong;
		}, () => 'error'));
	}
	process.stdout.write(`${name}: ${row.join(', ')}\n`);
}
JS
LIBRARIES=$LIBRARIES node read.mjs 2>/dev/null | tee seen
cmp - seen <<'TABLE'
libtiff: plain 0, strips 0, line 0, fax 0, shades 0, paper 0, planes 0, tiles 0, zip 0
utif: plain 0, strips 0, line 0, fax 80, shades 193, paper 0, planes 200, tiles 0, zip 199
utif2: plain 0, strips 0, line 0, fax 80, shades 193, paper 0, planes 200, tiles 0, zip 0
tiff: plain 0, strips 0, line 0, fax 80, shades error, paper 0, planes error, tiles 199, zip 0
geotiff: plain 0, strips 0, line 80, fax 112, shades 157, paper 10, planes 0, tiles 0, zip 0
decode-tiff: plain 0, strips 200, line error, fax error, shades 200, paper 200, planes 200, tiles error, zip error
TABLE
