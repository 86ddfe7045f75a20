#!/bin/sh
# Three of five readers of WebVTT in npm lose cues of valid files without an error. Each
# file here has a cue "Hello" from 1 to 2 s:
#   region    in a REGION, with the setting that says so: @plussub/srt-vtt-parser 2.0.5
#             finds no cue
#   silence   behind a cue without text: it takes the second cue for the text of the first
#   returns   lines end with CR alone: it, subsrt-ts 2.1.2 and subtitle 4.2.1 find no cue
#   late      from 100:00:01.000 on: subsrt-ts finds no cue
# node-webvtt 1.9.4 reads these (of "region" it raises an error); webvtt-parser 2.2.0
# reads all. subtitle raises an error at "region".
# Guess before: all read them, or raise an error.
# Seen: the table at the end; "lost" is another count of cues, or another text.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-webvtt@1.9.4 webvtt-parser@2.2.0 subsrt-ts@2.1.2 subtitle@4.2.1 @plussub/srt-vtt-parser@2.0.5 >/dev/null
cat >read.cjs <<'JS'
const cue = '00:00:01.000 --> 00:00:02.000\nHello\n';
const files = {
	plain: 'WEBVTT\n\n' + cue,
	region: 'WEBVTT\n\nREGION\nid:below\nwidth:40%\n\n' + cue.replace('.000\n', '.000 region:below\n'),
	silence: 'WEBVTT\n\n00:00:00.000 --> 00:00:00.500\n\n' + cue,
	returns: ('WEBVTT\n\n' + cue).replaceAll('\n', '\r'),
	late: 'WEBVTT\n\n100:00:01.000 --> 100:00:02.000\nHello\n',
};
const { WebVTTParser } = require('webvtt-parser');
const readers = {
	'node-webvtt': s => require('node-webvtt').parse(s).cues.map(c => c.text),
	'webvtt-parser': s => new WebVTTParser().parse(s).cues.map(c => c.text),
	'subsrt-ts': s => require('subsrt-ts').parse(s, { format: 'vtt' }).filter(c => c.type === 'caption').map(c => c.text),
	subtitle: s => require('subtitle').parseSync(s).filter(n => n.type === 'cue').map(n => n.data.text),
	plussub: s => require('@plussub/srt-vtt-parser').parse(s).entries.map(c => c.text),
};
for (const [name, read] of Object.entries(readers)) {
	const row = Object.entries(files).map(([file, text]) => {
		try {
			return file + ' ' + (read(text).map(t => t.trim()).filter(Boolean).join() === 'Hello' ? 'read' : 'lost');
		} catch {
			return file + ' error';
		}
	});
	console.log(name + ': ' + row.join(', '));
}
JS
node read.cjs | tee seen
cmp - seen <<'TABLE'
node-webvtt: plain read, region error, silence read, returns read, late read
webvtt-parser: plain read, region read, silence read, returns read, late read
subsrt-ts: plain read, region read, silence read, returns lost, late lost
subtitle: plain read, region error, silence read, returns lost, late read
plussub: plain read, region lost, silence lost, returns lost, late read
TABLE
