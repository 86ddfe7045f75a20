#!/bin/sh
# Two small files of text as other programs write them into a ZIP, and who reads them. All
# are read by Info-ZIP's unzip 6.0-28+deb12u1, adm-zip 0.6.1, jszip 3.10.1, zip.js 2.24.0 and
# node-stream-zip 1.16.0; others differ:
#   bsdtar   bsdtar 3.6.2 into a pipe, which fills a ZIP with zeros up to 10,240 bytes as if
#            it were a tar: yauzl 3.4.0, unzipper 0.12.5 (Open) and unzipit 2.1.1 raise errors
#   stdin    zip 3.0 of its standard input (`zip - -`), with sizes of 8 bytes behind the
#            content: unzipper's Parse raises an error
#   yazl     yazl 3.3.1 with forceZip64Format, from a stream: so does Parse; but-unzip 0.1.10
#            raises one, and bsdtar from a pipe
#   zip.js   zip.js with zip64: unzipit (it sees a volume 65,535), Parse and but-unzip raise
#            errors
#   extra    written here: sizes in the ZIP64 extra field of the central directory, but no
#            ZIP64 end record, since all fits into the usual one, as for a large file that
#            can be compressed well: fflate 0.8.3 and but-unzip have other content, without an
#            error, for they look at the field only if that record is there
# Guess before: but-unzip and Parse fail at ZIP64, fflate at zip.js's alone.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
apt-get download -qq -o APT::Sandbox::User=root libarchive-tools=3.6.2-1+deb12u5 libarchive13=3.6.2-1+deb12u5 zip=3.0-13+deb12u1 \
	unzip=6.0-28+deb12u1 libacl1 libbz2-1.0 liblz4-1 liblzma5 libnettle8 libxml2 libicu72 libzstd1 zlib1g
for deb in *.deb; do dpkg-deb -x "$deb" .; done
npm init -y >/dev/null
npm install --silent --no-audit --no-fund yazl@3.3.1 @zip.js/zip.js@2.24.0 adm-zip@0.6.1 jszip@3.10.1 node-stream-zip@1.16.0 yauzl@3.4.0 \
	unzipper@0.12.5 unzipit@2.1.1 but-unzip@0.1.10 fflate@0.8.3 >/dev/null
hello=$(printf 'hello %.0s' 1 2 3 4 5 6 7 8 9)
printf '%s' "$hello" >a.txt
printf '%s' "$hello" >b.txt
LIBRARIES=$(echo "$T"/usr/lib/*-linux-gnu):$(echo "$T"/lib/*-linux-gnu)
LD_LIBRARY_PATH=$LIBRARIES usr/bin/bsdtar --format zip -cf - a.txt b.txt | cat >bsdtar.zip
usr/bin/zip -q - - <a.txt | cat >stdin.zip
cat >read.mjs <<'JS'
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import * as zipjs from '@zip.js/zip.js';
import AdmZip from 'adm-zip';
import { unzip as butUnzip } from 'but-unzip';
import * as fflate from 'fflate';
import JSZip from 'jszip';
import StreamZip from 'node-stream-zip';
import { unzip as unzipit } from 'unzipit';
import unzipper from 'unzipper';
import yauzl from 'yauzl';
import yazl from 'yazl';

const hello = fs.readFileSync('a.txt'), names = ['a.txt', 'b.txt'];
async function writeYazl() {
	const zip = new yazl.ZipFile();
	for (const name of names) zip.addReadStream(Readable.from([hello]), name, { forceZip64Format: true });
	zip.end({ forceZip64Format: true });
	return buffer(zip.outputStream);
}
async function writeZipJS() {
	const zip = new zipjs.ZipWriter(new zipjs.Uint8ArrayWriter(), { zip64: true });
	for (const name of names) await zip.add(name, new zipjs.TextReader(String(hello)));
	return zip.close();
}
const bytes = (size, value) => {
	const b = Buffer.alloc(8);
	b.writeBigUInt64LE(BigInt(value));
	return b.subarray(0, size);
};
const fields = (...pairs) => Buffer.concat(pairs.map(([size, value]) => typeof value === 'number' ? bytes(size, value) : Buffer.from(value)));
const u16 = v => [2, v], u32 = v => [4, v], u64 = v => [8, v], raw = v => [0, v];
const end = fs.readFileSync('stdin.zip').subarray(-22); // its central directory knows the CRC of the same text
const sum = fs.readFileSync('stdin.zip').readUInt32LE(end.readUInt32LE(16) + 16);
function writeExtra() {
	const locals = [], central = [];
	let at = 0;
	for (const name of names) {
		const extra = fields(u16(1), u16(16), u64(hello.length), u64(hello.length));
		const common = [u16(45), u16(0), u16(0), u16(0), u16(0x5d7e), u32(sum), u32(0xffffffff), u32(0xffffffff), u16(name.length), u16(extra.length)];
		const local = fields(raw('PK\x03\x04'), ...common, raw(name), raw(extra), raw(hello));
		locals.push(local);
		central.push(fields(raw('PK\x01\x02'), u16(45), ...common, u16(0), u16(0), u16(0), u32(0), u32(at), raw(name), raw(extra)));
		at += local.length;
	}
	const directory = Buffer.concat(central);
	return fields(...locals.map(raw), raw(directory), raw('PK\x05\x06'), u16(0), u16(0), u16(2), u16(2), u32(directory.length), u32(at), u16(0));
}
fs.writeFileSync('yazl.zip', await writeYazl());
fs.writeFileSync('zip.js.zip', await writeZipJS());
fs.writeFileSync('extra.zip', writeExtra());

const run = (program, given, input) => execFileSync(program, given, { input, stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, LD_LIBRARY_PATH: process.env.LIBRARIES } });
const entries = (zip, stream) => new Promise((resolve, reject) => {
	const contents = [];
	zip.on('error', reject).on('end', () => resolve(contents)).on('entry', entry => {
		stream(entry, async (error, content) => {
			if (error) return reject(error);
			contents.push(await text(content));
			zip.readEntry();
		});
	}).readEntry();
});
const readers = {
	unzip: file => names.map(name => run('usr/bin/unzip', ['-p', file, file === 'stdin.zip' ? '-' : name])),
	'bsdtar, pipe': (file, b) => names.map(name => run('usr/bin/bsdtar', ['-xOf', '-', file === 'stdin.zip' ? '-' : name], b)),
	'adm-zip': (_, b) => new AdmZip(b).getEntries().map(e => e.getData()),
	jszip: async (_, b) => Promise.all(Object.values((await JSZip.loadAsync(b)).files).map(f => f.async('string'))),
	'zip.js': async (_, b) => Promise.all((await new zipjs.ZipReader(new zipjs.Uint8ArrayReader(b)).getEntries()).map(e => e.getData(new zipjs.TextWriter()))),
	'node-stream-zip': async file => {
		const zip = new StreamZip.async({ file });
		return Promise.all(Object.values(await zip.entries()).map(e => zip.entryData(e)));
	},
	yauzl: async (_, b) => new Promise((resolve, reject) => {
		yauzl.fromBuffer(b, { lazyEntries: true }, (error, zip) => error ? reject(error) : resolve(entries(zip, zip.openReadStream.bind(zip))));
	}),
	'unzipper Open': async (_, b) => Promise.all((await unzipper.Open.buffer(b)).files.map(f => f.buffer())),
	'unzipper Parse': async (_, b) => {
		const contents = [];
		for await (const entry of Readable.from([b]).pipe(unzipper.Parse({ forceStream: true }))) contents.push(await entry.buffer());
		return contents;
	},
	unzipit: async (_, b) => Promise.all(Object.values((await unzipit(b)).entries).map(e => e.text())),
	'but-unzip': async (_, b) => Promise.all(butUnzip(b).map(async e => Buffer.from(await e.read()))),
	fflate: async (_, b) => Object.values(fflate.unzipSync(b)).map(d => Buffer.from(d)),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const writer of ['bsdtar', 'stdin', 'yazl', 'zip.js', 'extra']) {
		const file = writer + '.zip', b = Uint8Array.from(fs.readFileSync(file));
		row.push(writer + ' ' + await (async () => read(file, Buffer.from(b.buffer)))().then(all =>
			all.length > 0 && all.every(content => String(content) === String(hello)) ? 'read' : 'wrong', () => 'error'));
	}
	console.log(`${name}: ${row.join(', ')}`);
}
process.exit();
JS
LIBRARIES=$LIBRARIES node read.mjs | tee seen
cmp - seen <<'TABLE'
unzip: bsdtar read, stdin read, yazl read, zip.js read, extra read
bsdtar, pipe: bsdtar read, stdin read, yazl error, zip.js read, extra read
adm-zip: bsdtar read, stdin read, yazl read, zip.js read, extra read
jszip: bsdtar read, stdin read, yazl read, zip.js read, extra read
zip.js: bsdtar read, stdin read, yazl read, zip.js read, extra read
node-stream-zip: bsdtar read, stdin read, yazl read, zip.js read, extra read
yauzl: bsdtar error, stdin read, yazl read, zip.js read, extra read
unzipper Open: bsdtar error, stdin read, yazl read, zip.js read, extra read
unzipper Parse: bsdtar read, stdin error, yazl error, zip.js error, extra read
unzipit: bsdtar error, stdin read, yazl read, zip.js error, extra read
but-unzip: bsdtar read, stdin read, yazl error, zip.js error, extra wrong
fflate: bsdtar read, stdin read, yazl read, zip.js read, extra wrong
TABLE
