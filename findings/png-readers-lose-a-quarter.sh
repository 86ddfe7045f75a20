#!/bin/sh
# What readers of PNG in npm make of valid pictures; pngjs 7.0.0 reads all of these right:
#   colours   a palette of 256 without transparency: png-js 2.0.0 (PDFKit's) and
#             @react-pdf/png-js 3.0.0 have the last quarter of it black and transparent, for they
#             give the palette of 4 bytes a colour the room of 3
#   suggested true colour, with a palette for screens that cannot show it (PLTE, which the
#             standard allows there): both take the values of red, green and blue for places in it
#   few       4 bits a pixel, with a palette: both have other colours
#   odd       1 bit of grey, 13 pixels wide: upng-js 2.1.0 goes on in the middle of a byte from
#             row to row; 16 pixels wide ("even") it is right. png-js is wrong at both
#   woven     "odd" interlaced: upng-js, @pdf-lib/upng 1.0.1 and png-js are wrong, fast-png 8.0.0
#             raises an error
#   close     16 bits of grey, one of two shades that differ by one is transparent (tRNS):
#             @pdf-lib/upng and png-js are wrong
# None but fast-png raises an error.
# Guess before: png-js wrong at even, odd and close, both UPNGs at close, all else right.
# Seen: the table at the end, with the number of wrong pixels.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pngjs@7.0.0 upng-js@2.1.0 @pdf-lib/upng@1.0.1 png-js@2.0.0 @react-pdf/png-js@3.0.0 fast-png@8.0.0 >/dev/null
cat >read.mjs <<'JS'
import zlib from 'node:zlib';
import pdfLib from '@pdf-lib/upng';
import ReactPNG from '@react-pdf/png-js';
import { convertIndexedToRgb, decode } from 'fast-png';
import { PNG } from 'pngjs';
import PNGJS from 'png-js';
import upng from 'upng-js';

const height = 11;
const table = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce(c => c & 1 ? 0xedb88320 ^ c >>> 1 : c >>> 1, n) >>> 0);
const crc = b => ~b.reduce((c, v) => table[(c ^ v) & 255] ^ c >>> 8, ~0) >>> 0;
const u32 = v => Buffer.from([v >>> 24, v >> 16, v >> 8, v]);
function chunk(type, data = Buffer.alloc(0)) {
	const b = Buffer.concat([Buffer.from(type), data]);
	return Buffer.concat([u32(data.length), b, u32(crc(b))]);
}
const span = (from, step, end) => Array.from({ length: Math.max(0, Math.ceil((end - from) / step)) }, (_, i) => from + i * step);
const passes = [[0, 8, 0, 8], [4, 8, 0, 8], [0, 4, 4, 8], [2, 4, 0, 4], [0, 2, 2, 4], [1, 2, 0, 2], [0, 1, 1, 2]];
function png({ width = 13, type, bits, samples, chunks = [], woven = false }) {
	const rows = [];
	for (const [left, right, top, down] of woven ? passes : [[0, 1, 0, 1]]) {
		for (const y of span(top, down, height)) {
			const row = span(left, right, width).flatMap(x => samples(x, y)).map(v => v.toString(2).padStart(bits, '0')).join('');
			if (row) rows.push(Buffer.from([0, ...row.match(/.{1,8}/g).map(byte => parseInt(byte.padEnd(8, '0'), 2))]));
		}
	}
	const header = Buffer.concat([u32(width), u32(height), Buffer.from([bits, type, 0, 0, woven ? 1 : 0])]);
	return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), ...chunks, chunk('IDAT', zlib.deflateSync(Buffer.concat(rows))), chunk('IEND')]);
}
const place = (x, y) => (x * 17 + y * 5) % 256, ink = (x, y) => place(x, y) >> 7;
const colour = (x, y) => [x * 19, y * 23, (x + y) * 10];
const palette = Array.from({ length: 256 }, (_, i) => [i, 255 - i, i * 7 % 256]);
const plte = count => chunk('PLTE', Buffer.from(palette.slice(0, count).flat()));
const grey = v => [v, v, v, 255];
const files = {
	plain: [{ type: 2, bits: 8, samples: colour }, (x, y) => [...colour(x, y), 255]],
	colours: [{ type: 3, bits: 8, samples: place, chunks: [plte(256)] }, (x, y) => [...palette[place(x, y)], 255]],
	suggested: [{ type: 2, bits: 8, samples: colour, chunks: [plte(16)] }, (x, y) => [...colour(x, y), 255]],
	few: [{ type: 3, bits: 4, samples: (x, y) => place(x, y) >> 4, chunks: [plte(16)] }, (x, y) => [...palette[place(x, y) >> 4], 255]],
	even: [{ width: 16, type: 0, bits: 1, samples: ink }, (x, y) => grey(255 * ink(x, y))],
	odd: [{ type: 0, bits: 1, samples: ink }, (x, y) => grey(255 * ink(x, y))],
	woven: [{ type: 0, bits: 1, samples: ink, woven: true }, (x, y) => grey(255 * ink(x, y))],
	close: [{ type: 0, bits: 16, samples: x => 0x8000 + x % 2, chunks: [chunk('tRNS', Buffer.from([0x80, 0]))] }, x => x % 2 ? grey(128) : [0, 0, 0, 0]],
};
const pixels = data => i => [...data.slice(4 * i, 4 * i + 4)];
const toRGBA = library => b => pixels(new Uint8Array(library.toRGBA8(library.decode(b.buffer))[0]));
const readers = {
	pngjs: b => pixels(PNG.sync.read(b).data),
	'upng-js': toRGBA(upng),
	'@pdf-lib/upng': toRGBA(pdfLib.default),
	'png-js': b => new Promise(resolve => {
		new PNGJS(b).decode(data => resolve(pixels(data)));
	}),
	'@react-pdf/png-js': b => new Promise(resolve => {
		const picture = new ReactPNG(b);
		picture.decodePixels(raw => {
			const data = new Uint8Array(4 * picture.width * picture.height);
			picture.copyToImageData({ data }, raw);
			resolve(pixels(data));
		});
	}),
	'fast-png': (b, { type, bits, width = 13 }) => {
		const found = decode(b), { channels, data } = found;
		if (type === 3) {
			const rgb = convertIndexedToRgb(found);
			return i => [...rgb.slice(3 * i, 3 * i + 3), 255];
		}
		if (bits === 1) return i => grey(255 * (data[Math.floor(i / width) * Math.ceil(width / 8) + (i % width >> 3)] >> 7 - i % width % 8 & 1));
		if (bits === 16) return i => data[i] === found.transparency[0] ? [0, 0, 0, 0] : grey(data[i] >> 8);
		return i => [...data.slice(channels * i, channels * i + channels), 255];
	},
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const [kind, [shape, want]] of Object.entries(files)) {
		const { width = 13 } = shape;
		row.push(kind + ' ' + await (async () => read(Buffer.from(Uint8Array.from(png(shape)).buffer), shape))().then(at => {
			let wrong = 0;
			for (let i = 0; i < width * height; i++) {
				const good = want(i % width, Math.floor(i / width)), got = at(i);
				if (good[3] === 0 ? got[3] !== 0 : good.some((v, c) => v !== got[c])) wrong++;
			}
			return wrong;
		}, () => 'error'));
	}
	console.log(`${name}: ${row.join(', ')}`);
}
JS
node read.mjs 2>/dev/null | tee seen
cmp - seen <<'TABLE'
pngjs: plain 0, colours 0, suggested 0, few 0, even 0, odd 0, woven 0, close 0
upng-js: plain 0, colours 0, suggested 0, few 0, even 0, odd 68, woven 65, close 0
@pdf-lib/upng: plain 0, colours 0, suggested 0, few 0, even 0, odd 0, woven 15, close 33
png-js: plain 0, colours 30, suggested 143, few 142, even 95, odd 81, woven 71, close 113
@react-pdf/png-js: plain 0, colours 30, suggested 143, few 142, even 95, odd 81, woven 71, close 113
fast-png: plain 0, colours 0, suggested 0, few 0, even 0, odd 0, woven error, close 0
TABLE
