#!/bin/sh
# What readers of WAV have of the same 801 samples (ffmpeg 5.1 reads all of these files):
#   bext    behind a chunk of 603 bytes and the byte that fills it up, as recorders of sound
#           write before the format: audio-decode 3.12.0 has no samples, without an error;
#           node-wav 0.0.2, wav-decoder 1.3.0 and wav 1.0.2 raise one
#   title   behind a LIST chunk with a title of five letters: audio-decode and wav have no
#           samples, without an error; node-wav and wav-decoder raise one
#   bytes   8 bits each, so that a byte fills the data up: wavefile 11.0.0 and
#           go-audio/wav 1.1.0 have a sample more; go-audio also with 24 bits ("three")
#   float   numbers with a point (format 3): go-audio has other samples, node-wav and
#           gopxl/beep 2.1.1 an error
#   wide    the same by WAVE_FORMAT_EXTENSIBLE: wavefile and go-audio have other samples;
#           only wav, audio-decode and music-metadata 12.1.0 (its duration) are right
#   piped   with sizes of 0xFFFFFFFF, as ffmpeg writes into a pipe: go-audio and beep have no
#           samples, without an error (node-wav was left out)
#   rf64    as RF64 (EBU Tech 3306): music-metadata knows no duration, without an error; only
#           wavefile reads it
# Guess before: node-wav, wav-decoder wrong at bext, title and wide; all but wavefile and
# music-metadata fail at rf64; all else right.
# Seen: the table at the end, with the number of samples, or of wrong ones.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-wav@0.0.2 wav-decoder@1.3.0 audio-decode@3.12.0 wav@1.0.2 wavefile@11.0.0 wav-file-decoder@1.0.3 \
	music-metadata@12.1.0 >/dev/null
cat >read.mjs <<'JS'
import fs from 'node:fs';
import decodeAudio from 'audio-decode';
import { parseBuffer } from 'music-metadata';
import nodeWav from 'node-wav';
import wav from 'wav';
import wavDecoder from 'wav-decoder';
import wavefile from 'wavefile';
import { decodeWavFile } from 'wav-file-decoder';

const count = 801, rate = 8000, unknown = 0xffffffff;
const sample = i => (i * 37 % 200 - 100) / 128;
const u16 = v => Buffer.from([v, v >> 8]), u32 = v => Buffer.from([v, v >> 8, v >> 16, v >>> 24]);
const samples = write => Buffer.concat(Array.from({ length: count }, (_, i) => write(sample(i))));
const data = {
	8: samples(v => Buffer.from([v * 128 + 128])),
	16: samples(v => u16(v * 32768)),
	24: samples(v => u32(v * 0x800000).subarray(0, 3)),
	32: samples(v => Buffer.from(Float32Array.of(v).buffer)),
};
const chunk = (id, content, size = content.length) => Buffer.concat([Buffer.from(id), u32(size), content, Buffer.alloc(content.length % 2)]);
function format(bits, tag = 1, extension = Buffer.alloc(0)) {
	return chunk('fmt ', Buffer.concat([u16(tag), u16(1), u32(rate), u32(rate * bits / 8), u16(bits / 8), u16(bits), extension]));
}
const file = (chunks, { id = 'RIFF', size = 4 + Buffer.concat(chunks).length } = {}) => Buffer.concat([Buffer.from(id), u32(size), Buffer.from('WAVE'), ...chunks]);
const sound = (bits, size) => chunk('data', data[bits], size);
const fact = chunk('fact', u32(count));
const wide = Buffer.concat([u16(22), u16(32), u32(4), u16(3), Buffer.from('000000001000800000aa00389b71', 'hex')]);
const sizes = Buffer.concat([u32(4 + 36 + 24 + 8 + data[16].length), u32(0), u32(data[16].length), u32(0), u32(count), u32(0), u32(0)]);
const files = {
	plain: file([format(16), sound(16)]),
	bext: file([chunk('bext', Buffer.alloc(603)), format(16), sound(16)]),
	title: file([format(16), chunk('LIST', Buffer.concat([Buffer.from('INFO'), chunk('INAM', Buffer.from('Hello'))])), chunk('note', Buffer.from('odd')), sound(16)]),
	bytes: file([format(8), sound(8)]),
	three: file([format(24), sound(24)]),
	float: file([format(32, 3, u16(0)), fact, sound(32)]),
	wide: file([format(32, 0xfffe, wide), fact, sound(32)]),
	piped: file([format(16), sound(16, unknown)], { size: unknown }),
	rf64: file([chunk('ds64', sizes), format(16), sound(16, unknown)], { id: 'RF64', size: unknown }),
};
for (const [name, b] of Object.entries(files)) fs.writeFileSync(name + '.wav', b);

function number(b, bits, float) {
	const size = bits / 8, out = [];
	for (let at = 0; at + size <= b.length; at += size) out.push(float ? b.readFloatLE(at) : size === 1 ? b[at] / 128 - 1 : b.readIntLE(at, size) / 2 ** (bits - 1));
	return out;
}
const readers = {
	'node-wav': b => nodeWav.decode(b).channelData[0],
	'wav-decoder': async b => (await wavDecoder.decode(b.buffer)).channelData[0],
	'audio-decode': async b => (await decodeAudio(b)).channelData[0] ?? [],
	wav: b => new Promise((resolve, reject) => {
		const reader = new wav.Reader(), parts = [];
		let f;
		reader.on('error', reject).on('format', found => { f = found; }).on('data', d => parts.push(d));
		reader.on('end', () => resolve(f ? number(Buffer.concat(parts), f.bitDepth, f.bitDepth === 32) : []));
		reader.end(b);
	}),
	wavefile: b => {
		const reader = new wavefile.WaveFile(b), depth = reader.bitDepth;
		return Array.from(reader.getSamples(false, Float64Array), v => depth === '32f' ? v : depth === '8' ? v / 128 - 1 : v / 2 ** (Number(depth) - 1));
	},
	'wav-file-decoder': b => decodeWavFile(b.buffer).channelData[0],
	'music-metadata': async b => Array.from({ length: Math.round((await parseBuffer(b, 'audio/wav')).format.duration * rate || 0) }, (_, i) => sample(i)),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const [kind, content] of Object.entries(files)) {
		if (name === 'node-wav' && kind === 'piped') continue;
		const b = Buffer.from(Uint8Array.from(content).buffer);
		row.push(kind + ' ' + await (async () => read(b))().then(found => {
			const wrong = [...found].slice(0, count).filter((v, i) => !(Math.abs(v - sample(i)) < 0.01)).length;
			return found.length !== count ? found.length : wrong ? `${wrong} wrong` : 'right';
		}, () => 'error'));
	}
	console.log(`${name}: ${row.join(', ')}`);
}
process.exit();
JS
cat >go.mod <<'MOD'
module finding

go 1.24
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"math"
	"os"
	"strings"

	goaudio "github.com/go-audio/wav"
	beep "github.com/gopxl/beep/v2/wav"
)

const count = 801

func readGoAudio(f *os.File) ([]float64, error) {
	d := goaudio.NewDecoder(f)
	b, err := d.FullPCMBuffer()
	if err != nil {
		return nil, err
	}
	var samples []float64
	for _, v := range b.Data {
		if d.BitDepth == 8 {
			v -= 128
		}
		samples = append(samples, float64(v)/math.Pow(2, float64(d.BitDepth)-1))
	}
	return samples, nil
}

func readBeep(f *os.File) ([]float64, error) {
	s, _, err := beep.Decode(f)
	if err != nil {
		return nil, err
	}
	var samples []float64
	for b := make([][2]float64, 512); ; {
		n, ok := s.Stream(b)
		for _, v := range b[:n] {
			samples = append(samples, v[0])
		}
		if !ok {
			return samples, s.Err()
		}
	}
}

func main() {
	readers := map[string]func(*os.File) ([]float64, error){"go-audio": readGoAudio, "beep": readBeep}
	for _, name := range []string{"go-audio", "beep"} {
		var row []string
		for _, kind := range os.Args[1:] {
			f, err := os.Open(kind + ".wav")
			if err != nil {
				panic(err)
			}
			samples, err := readers[name](f)
			wrong := 0
			for i, v := range samples {
				if math.Abs(v-float64(i*37%200-100)/128) > 0.01 {
					wrong++
				}
			}
			said := "right"
			switch {
			case err != nil:
				said = "error"
			case len(samples) != count:
				said = fmt.Sprint(len(samples))
			case wrong > 0:
				said = fmt.Sprint(wrong, " wrong")
			}
			row = append(row, kind+" "+said)
		}
		fmt.Println(name + ": " + strings.Join(row, ", "))
	}
}
GO
go get github.com/go-audio/wav@v1.1.0 github.com/gopxl/beep/v2@v2.1.1 2>/dev/null
go mod tidy 2>/dev/null
{ node read.mjs && go run main.go plain bext title bytes three float wide piped rf64; } | tee seen
cmp - seen <<'TABLE'
node-wav: plain right, bext error, title error, bytes right, three right, float error, wide error, rf64 error
wav-decoder: plain right, bext error, title error, bytes right, three right, float right, wide error, piped right, rf64 error
audio-decode: plain right, bext 0, title 0, bytes right, three right, float right, wide right, piped right, rf64 error
wav: plain right, bext error, title 0, bytes right, three right, float right, wide right, piped right, rf64 error
wavefile: plain right, bext right, title right, bytes 802, three right, float right, wide 773 wrong, piped right, rf64 right
wav-file-decoder: plain right, bext right, title right, bytes right, three right, float right, wide error, piped error, rf64 error
music-metadata: plain right, bext right, title right, bytes right, three right, float right, wide right, piped right, rf64 0
go-audio: plain right, bext right, title right, bytes 802, three 802, float 773 wrong, wide 773 wrong, piped 0, rf64 error
beep: plain right, bext right, title right, bytes right, three right, float error, wide error, piped 0, rf64 error
TABLE
