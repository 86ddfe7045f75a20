#!/bin/sh
# Readers of BMP in npm give other pictures for valid files, without an error. ImageMagick
# and ffmpeg read all of these right:
#   rle8, rle4   compressed, each pixel a run of its own: bmp-js 0.1.0, @vingle/bmp-js 0.2.5,
#                bmp-ts 1.0.9 (Jimp's) and decode-bmp 0.2.1 have wrong pixels
#   v5           24 bits behind the header of 124 bytes, which is common today: bmp-js takes
#                the rest of the header for pixels
#   palette      8 bits: bmp-ts is right as it is, but wrong with its option toRGBA
#   rgbx         32 bits, red first: decode-bmp takes blue for red, bmp-js raises an error
# Guess before: errors for rle8 and rle4, all else right.
# Seen: the table at the end, wrong pixels of 15.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund bmp-js@0.1.0 @vingle/bmp-js@0.2.5 bmp-ts@1.0.9 decode-bmp@0.2.1 >/dev/null
cat >read.mjs <<'JS'
import bmpjs from 'bmp-js';
import vingle from '@vingle/bmp-js';
import * as bmpts from 'bmp-ts';
import decodeBMP from 'decode-bmp';

const black = [0, 0, 0], red = [255, 0, 0], green = [0, 255, 0], blue = [0, 0, 255], white = [255, 255, 255];
const palette = [black, red, green, blue, white], width = 5, height = 3;
const picture = [[red, green, blue, black, white], [white, white, red, red, red], [green, blue, green, blue, green]];
const upwards = [...picture].reverse();
const number = colour => palette.indexOf(colour);

function bmp(bits, compression, data, { header = 40, colours = 0, masks = [] } = {}) {
	const inHeader = header > 40 ? 0 : 4 * masks.length;
	const offset = 14 + header + inHeader + 4 * colours;
	const file = Buffer.alloc(offset + data.length);
	file.write('BM');
	file.writeUInt32LE(file.length, 2);
	file.writeUInt32LE(offset, 10);
	[header, width, height].forEach((v, i) => file.writeUInt32LE(v, 14 + 4 * i));
	file.writeUInt16LE(1, 26);
	file.writeUInt16LE(bits, 28);
	file.writeUInt32LE(compression, 30);
	file.writeUInt32LE(data.length, 34);
	masks.forEach((mask, i) => file.writeUInt32LE(mask, 54 + 4 * i));
	if (header > 40) file.write('BGRs', 70);
	if (colours > 0) palette.forEach(([r, g, b], i) => file.set([b, g, r, 0], 14 + header + inHeader + 4 * i));
	data.copy(file, offset);
	return file;
}
const lines = pixels => Buffer.concat(upwards.map(row => {
	const line = row.flatMap(pixels);
	return Buffer.from([...line, ...Array((4 - line.length % 4) % 4).fill(0)]);
}));
const runs = shift => Buffer.from(upwards.flatMap((row, i) => [...row.flatMap(c => [1, number(c) << shift]), 0, i === height - 1 ? 1 : 0]));
const bgr = ([r, g, b]) => [b, g, r];
const files = {
	plain: bmp(24, 0, lines(bgr)),
	v5: bmp(24, 0, lines(bgr), { header: 124 }),
	palette: bmp(8, 0, lines(number), { colours: 256 }),
	rle8: bmp(8, 1, runs(0), { colours: 256 }),
	rle4: bmp(4, 2, runs(4), { colours: 16 }),
	rgbx: bmp(32, 3, lines(c => [...c, 0]), { masks: [0xff, 0xff00, 0xff0000] }),
};
const last = d => i => [d.data[i + 3], d.data[i + 2], d.data[i + 1]], first = d => i => [...d.data.slice(i, i + 3)];
const readers = {
	'bmp-js': b => last(bmpjs.decode(b)),
	vingle: b => first(vingle.decode(b, true)),
	'bmp-ts': b => last(bmpts.decode(b)),
	'bmp-ts toRGBA': b => first(bmpts.decode(b, { toRGBA: true })),
	'decode-bmp': b => first(decodeBMP(b)),
};
for (const [name, read] of Object.entries(readers)) {
	const row = Object.entries(files).map(([file, b]) => {
		try {
			const at = read(b);
			return `${file} ${picture.flat().filter((c, i) => String(c) !== String(at(4 * i))).length}`;
		} catch {
			return `${file} error`;
		}
	});
	console.log(`${name}: ${row.join(', ')}`);
}
JS
node read.mjs | tee seen
cmp - seen <<'TABLE'
bmp-js: plain 0, v5 14, palette 0, rle8 5, rle4 8, rgbx error
vingle: plain 0, v5 0, palette 0, rle8 5, rle4 8, rgbx 0
bmp-ts: plain 0, v5 0, palette 0, rle8 13, rle4 13, rgbx 0
bmp-ts toRGBA: plain 0, v5 0, palette 14, rle8 14, rle4 14, rgbx 0
decode-bmp: plain 0, v5 0, palette 0, rle8 12, rle4 13, rgbx 14
TABLE
