#!/bin/sh
# What four readers of EPUB in npm have of the title "Windows", two chapters (with "first" and
# "second") and a table of contents ("One", "Two") in valid files of EPUB 3:
#   prefix    the package's elements have a prefix (<opf:spine>): epub 2.1.1 and epub2 3.0.2
#             have the title but no chapter, without an error; @gxl/epub-parser 2.0.4 has
#             nothing, without an error; @lingo-reader/epub-parser 0.4.6 raises one
#   above     the chapters are in a folder beside that of the package (../text): epub finds
#             none of them, gxl raises an error
#   blank     a name with a blank, %20 in the package: epub does not find that chapter, to
#             lingo it is empty
#   nav       a table of contents as EPUB 3 has it, and none as EPUB 2 had it (NCX): all four
#             have none, without an error
#   refined   a title with an id, to say what kind of title it is: to gxl it is
#             "[object Object]"
# Guess before: gxl and lingo wrong at prefix, epub at blank, all but lingo without contents
# or with an error at nav.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jszip@3.10.1 epub@2.1.1 epub2@3.0.2 @gxl/epub-parser@2.0.4 @lingo-reader/epub-parser@0.4.6 >/dev/null
cat >read.mjs <<'JS'
import fs from 'node:fs';
import gxl from '@gxl/epub-parser';
import { initEpubFile } from '@lingo-reader/epub-parser';
import { EPub } from 'epub';
import epub2 from 'epub2';
import JSZip from 'jszip';

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';
const page = (title, body) => `${declaration}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>${title}</title></head><body>${body}</body></html>`;
const item = (id, href, type, more = '') => `<item id="${id}" href="${href}" media-type="application/${type}"${more}/>`;
function book({ one = 'one.xhtml', two = 'two.xhtml', ncx = true, title = '<dc:title>Windows</dc:title>', change = text => text }) {
	const folder = 'book/';
	const point = (number, label, href) => `<navPoint id="p${number}" playOrder="${number}"><navLabel><text>${label}</text></navLabel><content src="${href}"/></navPoint>`;
	const files = {
		'META-INF/container.xml': `${declaration}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
			<rootfile full-path="${folder}book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		[folder + 'book.opf']: change(`${declaration}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
			<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:fb4b8ff1-24f0-4e04-a6a6-0a5f8f6d8b39</dc:identifier>${title}
			<dc:language>en</dc:language><meta property="dcterms:modified">2026-11-30T10:00:00Z</meta></metadata>
			<manifest>${item('nav', 'nav.xhtml', 'xhtml+xml', ' properties="nav"')}${ncx ? item('ncx', 'toc.ncx', 'x-dtbncx+xml') : ''}
			${item('one', one, 'xhtml+xml')}${item('two', two, 'xhtml+xml')}</manifest>
			<spine${ncx ? ' toc="ncx"' : ''}><itemref idref="one"/><itemref idref="two"/></spine></package>`),
		[folder + 'nav.xhtml']: page('Contents', `<nav epub:type="toc"><ol><li><a href="${one}">One</a></li><li><a href="${two}">Two</a></li></ol></nav>`),
	};
	if (ncx) {
		files[folder + 'toc.ncx'] = `${declaration}<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>
			<docTitle><text>Windows</text></docTitle><navMap>${point(1, 'One', one)}${point(2, 'Two', two)}</navMap></ncx>`;
	}
	for (const [href, body] of [[one, 'first'], [two, 'second']]) {
		files[new URL(href, 'file:///' + folder).pathname.slice(1).replaceAll('%20', ' ')] = page(body, `<p>${body}</p>`);
	}
	return files;
}
const prefixed = text => text.replace(/<(\/?)(package|metadata|manifest|item|itemref|spine|meta)\b/g, '<$1opf:$2').replace('xmlns=', 'xmlns:opf=');
const books = {
	plain: book({}),
	prefix: book({ change: prefixed }),
	above: book({ one: '../text/one.xhtml', two: '../text/two.xhtml' }),
	blank: book({ one: 'chapter%20one.xhtml' }),
	nav: book({ ncx: false }),
	refined: book({ title: '<dc:title id="title">Windows</dc:title><meta refines="#title" property="title-type">main</meta>' }),
};
const chapter = text => /<p>(.*)<\/p>/.exec(text)?.[1] ?? 'empty';
async function chapters(flow, read) {
	const found = [];
	for (const { id } of flow) found.push(await read(id).then(chapter, () => 'missing'));
	return found;
}
const readers = {
	epub: async file => {
		const b = new EPub(file);
		await b.parse();
		return [b.metadata.title, await chapters(b.flow, id => b.getChapterRaw(id)), b.toc.map(t => t.title)];
	},
	epub2: async file => {
		const b = await epub2.EPub.createAsync(file);
		return [b.metadata.title, await chapters(b.flow, id => b.getChapterRawAsync(id)), b.toc.map(t => t.title)];
	},
	gxl: async file => {
		const b = await gxl.parseEpub(file, { type: 'path' });
		return [b.info.title, b.sections.map(s => chapter(s.htmlString)), b.structure?.map(t => t.name) ?? []];
	},
	lingo: async file => {
		const b = await initEpubFile(file, 'pictures');
		return [b.getMetadata().title, await chapters(b.getSpine(), async id => (await b.loadChapter(id)).html), b.getToc().map(t => t.label)];
	},
};
console.log = console.warn = () => {};
for (const [kind, files] of Object.entries(books)) {
	const zip = new JSZip();
	zip.file('mimetype', 'application/epub+zip');
	for (const [name, text] of Object.entries(files)) zip.file(name, text);
	fs.writeFileSync(kind + '.epub', await zip.generateAsync({ type: 'nodebuffer' }));
}
for (const [name, read] of Object.entries(readers)) {
	for (const kind of Object.keys(books)) {
		const found = await (async () => read(kind + '.epub'))().then(parts => parts.map(p => String(p) || 'none').join('; '), () => 'error');
		if (kind === 'plain' || found !== 'Windows; first,second; One,Two') process.stdout.write(`${name} ${kind}: ${found}\n`);
	}
}
process.exit();
JS
node read.mjs 2>/dev/null | tee seen
cmp - seen <<'TABLE'
epub plain: Windows; first,second; One,Two
epub prefix: Windows; none; none
epub above: Windows; missing,missing; One,Two
epub blank: Windows; missing,second; One,Two
epub nav: Windows; first,second; none
epub2 plain: Windows; first,second; One,Two
epub2 prefix: Windows; none; none
epub2 nav: Windows; first,second; none
gxl plain: Windows; first,second; One,Two
gxl prefix: undefined; none; none
gxl above: error
gxl nav: Windows; first,second; none
gxl refined: [object Object]; first,second; One,Two
lingo plain: Windows; first,second; One,Two
lingo prefix: error
lingo blank: Windows; empty,second; One,Two
lingo nav: Windows; first,second; none
TABLE
