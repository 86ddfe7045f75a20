#!/bin/sh
# jsqr 1.4.0 and @zxing/library 0.23.0 do not read a flawless QR code of middle grey
# (130 of 255, as orange or light blue have it) on white when its modules are 16 pixels
# wide or more; with 7 pixels they do, and with 126 at any size. Blocks of 8 by 8 pixels
# that are all of one shade are taken for white if they are lighter than half of white,
# whatever lies beside them. qrcode-reader 1.0.4 reads all.
# So a picture of a code in a pale colour gets unreadable by being larger.
# Guess before: all read all.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund qrcode@1.5.4 jsqr@1.4.0 @zxing/library@0.23.0 qrcode-reader@1.0.4 >/dev/null
cat >read.cjs <<'JS'
const QRCode = require('qrcode'), jsQR = require('jsqr'), zxing = require('@zxing/library'), QrReader = require('qrcode-reader');

const text = 'http://192.168.1.23:8000/';
const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });

function draw(grey, size) {
	const margin = 4, width = (modules.size + 2 * margin) * size, luminance = new Uint8ClampedArray(width * width);
	for (let y = 0; y < width; y++) {
		for (let x = 0; x < width; x++) {
			const column = Math.floor(x / size) - margin, row = Math.floor(y / size) - margin;
			const inside = Math.min(column, row) >= 0 && Math.max(column, row) < modules.size;
			luminance[y * width + x] = inside && modules.get(row, column) ? grey : 255;
		}
	}
	return { width, luminance, rgba: Uint8ClampedArray.from({ length: 4 * width * width }, (_, i) => i % 4 === 3 ? 255 : luminance[i >> 2]) };
}
const readers = {
	jsqr: p => jsQR(p.rgba, p.width, p.width)?.data,
	zxing: p => new zxing.QRCodeReader().decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(
		new zxing.RGBLuminanceSource(p.luminance, p.width, p.width)))).getText(),
	'qrcode-reader': p => {
		let read;
		const reader = new QrReader();
		reader.callback = (_, value) => { read = value?.result; };
		reader.decode({ width: p.width, height: p.width, data: p.rgba });
		return read;
	},
};
for (const [name, read] of Object.entries(readers)) {
	const row = [126, 130].flatMap(grey => [7, 16, 24, 40].map(size => {
		let got;
		try { got = read(draw(grey, size)); } catch { /* not found */ }
		return `${grey}/${size} ${got === text ? 'read' : 'no'}`;
	}));
	console.log(`${name}: ${row.join(', ')}`);
}
JS
node read.cjs | tee seen
cmp - seen <<'TABLE'
jsqr: 126/7 read, 126/16 read, 126/24 read, 126/40 read, 130/7 read, 130/16 no, 130/24 no, 130/40 no
zxing: 126/7 read, 126/16 read, 126/24 read, 126/40 read, 130/7 read, 130/16 no, 130/24 no, 130/40 no
qrcode-reader: 126/7 read, 126/16 read, 126/24 read, 126/40 read, 130/7 read, 130/16 read, 130/24 read, 130/40 read
TABLE
