#!/bin/sh
# Readers of M3U in npm lose titles or whole entries of song lists as players write them,
# without an error:
#   word      a title of one word, "Title": @iptv/playlist 1.1.0 has none; it has "My Title"
#   words     of "My Title" playlist-parser 0.0.12 has "123,My Title"; it has titles that
#             have a " - " in them
#   relative  an entry "1.mp3", without an address: @iptv/playlist has no entry at all
#   quoted    a comma in a quoted attribute: m3u-parser-generator 5.0.2 has the rest of the
#             attribute in the title
# iptv-playlist-parser 0.15.2 reads all of these.
# Guess before: all right but "quoted".
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @iptv/playlist@1.1.0 playlist-parser@0.0.12 m3u-parser-generator@5.0.2 iptv-playlist-parser@0.15.2 >/dev/null
cat >read.mjs <<'JS'
import { parseM3U } from '@iptv/playlist';
import playlistParser from 'playlist-parser';
import { M3uParser } from 'm3u-parser-generator';
import iptv from 'iptv-playlist-parser';

const list = entry => `#EXTM3U\n#EXTINF:${entry}\n`;
const lists = {
	words: list('123,My Title\nhttp://a/1.mp3'),
	word: list('123,Title\nhttp://a/1.mp3'),
	relative: list('123,My Title\n1.mp3'),
	quoted: list('-1 group-title="News, Sport",My Title\nhttp://a/1.mp3'),
};
const readers = {
	'@iptv/playlist': s => parseM3U(s).channels.map(c => c.name ?? ''),
	'playlist-parser': s => playlistParser.M3U.parse(s).map(e => e.title ?? ''),
	'm3u-parser-generator': s => new M3uParser().parse(s).medias.map(m => m.name ?? ''),
	'iptv-playlist-parser': s => iptv.parse(s).items.map(i => i.name),
};
for (const [name, read] of Object.entries(readers)) {
	console.log(`${name}: ${Object.entries(lists).map(([kind, text]) => `${kind} ${JSON.stringify(read(text))}`).join(', ')}`);
}
JS
timeout 60 node read.mjs | tee seen
cmp - seen <<'TABLE'
@iptv/playlist: words ["My Title"], word [""], relative [], quoted ["My Title"]
playlist-parser: words ["123,My Title"], word ["123,Title"], relative ["123,My Title"], quoted ["-1 group-title=\"News, Sport\",My Title"]
m3u-parser-generator: words ["My Title"], word ["Title"], relative ["My Title"], quoted [" Sport\",My Title"]
iptv-playlist-parser: words ["My Title"], word ["Title"], relative ["My Title"], quoted ["My Title"]
TABLE
