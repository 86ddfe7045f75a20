#!/bin/sh
# What readers of JPEG make of pictures that cjpeg of libjpeg-turbo 2.1.5 writes and its djpeg
# reads:
#   both      progressive and with restart intervals (-progressive -restart 1B): image/jpeg of
#             Go 1.26 raises an error; each by itself is fine
#   scans     each colour in a scan of its own, with restart intervals: Go raises an error,
#             jpeg-js 0.4.4 (Jimp's) too
#   rgb       red, green and blue as they are (-rgb), as the file says in its Adobe segment:
#             jpeg-js takes them for YCbCr, without an error
#   coarse    less light than colour (-sample 1x1,2x2,2x2): Go and @cwasm/jpeg-turbo 0.1.3, which
#             is libjpeg-turbo, raise errors
# pdfjs-dist 4.10.38 reads all.
# Guess before: Go raises an error at coarse, jpeg-js wrong if the Adobe segment is missing,
# all else right.
# Seen: the table at the end; "wrong" is more than a tenth off in the mean.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root libjpeg-turbo-progs=1:2.1.5-2 libjpeg62-turbo=1:2.1.5-2 libturbojpeg0=1:2.1.5-2
for deb in *.deb; do dpkg-deb -x "$deb" .; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --omit=optional jpeg-js@0.4.4 pdfjs-dist@4.10.38 @cwasm/jpeg-turbo@0.1.3 >/dev/null
LIBRARIES=$(echo "$T"/usr/lib/*-linux-gnu)
awk 'BEGIN {
	print "P3 50 37 255"
	for (y = 0; y < 37; y++) for (x = 0; x < 50; x++) print x * 5, y * 6, 250 - 3 * x - 2 * y
}' >picture.ppm
printf '0;\n1;\n2;\n' >script
write() {
	name=$1
	shift
	LD_LIBRARY_PATH=$LIBRARIES usr/bin/cjpeg -quality 95 "$@" picture.ppm >"$name.jpg"
	LD_LIBRARY_PATH=$LIBRARIES usr/bin/djpeg "$name.jpg" >"$name.ppm"
}
write plain
write restart -restart 1B
write progressive -progressive
write both -progressive -restart 1B
write scans -scans script -restart 2B
write rgb -rgb
write coarse -sample 1x1,2x2,2x2
cat >go.mod <<'MOD'
module finding

go 1.23
MOD
cat >main.go <<'GO'
package main

import (
	"image/jpeg"
	"os"
)

// It writes the picture as red, green and blue.
func main() {
	img, err := jpeg.Decode(os.Stdin)
	if err != nil {
		os.Exit(1)
	}
	var rgb []byte
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			rgb = append(rgb, byte(r>>8), byte(g>>8), byte(b>>8))
		}
	}
	os.Stdout.Write(rgb)
}
GO
go build -o decode main.go
cat >read.mjs <<'JS'
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import turbo from '@cwasm/jpeg-turbo';
import jpeg from 'jpeg-js';

console.log = console.warn = () => {}; // pdfjs-dist misses a canvas
const { JpegImage } = await import('pdfjs-dist/image_decoders/pdf.image_decoders.mjs');
const width = 50, height = 37;
const opaque = data => data.filter((_, i) => i % 4 < 3);
const readers = {
	Go: b => execFileSync('./decode', { input: b, stdio: ['pipe', 'pipe', 'ignore'] }),
	'jpeg-js': b => opaque(jpeg.decode(b).data),
	pdfjs: b => {
		const picture = new JpegImage();
		picture.parse(Uint8Array.from(b));
		return picture.getData({ width, height, forceRGB: true });
	},
	'@cwasm/jpeg-turbo': b => opaque(turbo.decode(b).data),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const kind of ['plain', 'restart', 'progressive', 'both', 'scans', 'rgb', 'coarse']) {
		const want = fs.readFileSync(kind + '.ppm').subarray(-3 * width * height);
		let said = 'error';
		try {
			const got = read(fs.readFileSync(kind + '.jpg'));
			const off = want.reduce((sum, v, i) => sum + Math.abs(v - got[i]), 0) / want.length;
			said = off < 25 ? 'right' : 'wrong';
		} catch { /* said */ }
		row.push(`${kind} ${said}`);
	}
	process.stdout.write(`${name}: ${row.join(', ')}\n`);
}
JS
node read.mjs 2>/dev/null | tee seen
cmp - seen <<'TABLE'
Go: plain right, restart right, progressive right, both error, scans error, rgb right, coarse error
jpeg-js: plain right, restart right, progressive right, both right, scans error, rgb wrong, coarse right
pdfjs: plain right, restart right, progressive right, both right, scans right, rgb right, coarse right
@cwasm/jpeg-turbo: plain right, restart right, progressive right, both right, scans right, rgb right, coarse error
TABLE
