#!/bin/sh
# Whether a library finds Exif in a JPEG picture depends on what stands before it. Of nine,
# all read the orientation of a plain file, and
#   xmp    behind an APP1 segment with XMP, which programs may write in any order:
#          rwcarlsen/goexif (9e8deecbddbd) raises an error, bep/imagemeta 0.12.0 (Hugo's)
#          and jpeg-exif 1.1.4 find nothing, without an error
#   fill   behind fill bytes (FF FF E1, ITU-T T.81 B.1.1.2): goexif, evanoberholster's
#          imagemeta 0.3.1 and piexifjs 1.0.6 raise an error; bep/imagemeta, exif-parser
#          0.1.12 and jpeg-exif find nothing
# dsoprea/go-exif 3.0.1, exifr 7.1.3 and exifreader 4.46.0 read all.
# Guess before: old ones fail at "fill", all read "xmp".
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
cat >go.mod <<'MOD'
module finding

go 1.23
MOD
cat >main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"slices"
	"strings"

	bep "github.com/bep/imagemeta"
	"github.com/dsoprea/go-exif/v3"
	evan "github.com/evanoberholster/imagemeta"
	goexif "github.com/rwcarlsen/goexif/exif"
)

var readers = []struct {
	name string
	read func([]byte) (string, error)
}{
	{"goexif", func(b []byte) (string, error) {
		x, err := goexif.Decode(bytes.NewReader(b))
		if err != nil {
			return "", err
		}
		tag, err := x.Get(goexif.Orientation)
		if err != nil {
			return "", err
		}
		return tag.String(), nil
	}},
	{"bep/imagemeta", func(b []byte) (found string, err error) {
		err = bep.Decode(bep.Options{R: bytes.NewReader(b), ImageFormat: bep.JPEG, Sources: bep.EXIF, HandleTag: func(t bep.TagInfo) error {
			if t.Tag == "Orientation" {
				found = fmt.Sprint(t.Value)
			}
			return nil
		}})
		return found, err
	}},
	{"evanoberholster/imagemeta", func(b []byte) (string, error) {
		x, err := evan.Decode(bytes.NewReader(b))
		return fmt.Sprintf("%d", x.Orientation), err
	}},
	{"go-exif", func(b []byte) (string, error) {
		raw, err := exif.SearchAndExtractExif(b)
		if err != nil {
			return "", err
		}
		tags, _, err := exif.GetFlatExifData(raw, nil)
		for _, t := range tags {
			if t.TagName == "Orientation" {
				return t.Formatted, nil
			}
		}
		return "", err
	}},
}

func main() {
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 32, 24)), nil); err != nil {
		panic(err)
	}
	segment := func(content string) string { return "\xff\xe1" + string(rune(0)) + string(rune(len(content)+2)) + content }
	turned := segment("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00")
	xmp := segment("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
	before := map[string]string{"plain": turned, "xmp": xmp + turned, "fill": "\xff" + turned}
	kinds := []string{"plain", "xmp", "fill"}
	for _, kind := range kinds {
		if err := os.WriteFile(kind+".jpg", slices.Concat([]byte("\xff\xd8"+before[kind]), picture.Bytes()[2:]), 0o600); err != nil {
			panic(err)
		}
	}
	for _, r := range readers {
		var row []string
		for _, kind := range kinds {
			b, err := os.ReadFile(kind + ".jpg")
			if err != nil {
				panic(err)
			}
			said := "none"
			if got, err := r.read(b); err != nil {
				said = "error"
			} else if strings.Trim(got, "[]") == "6" {
				said = "read"
			}
			row = append(row, kind+" "+said)
		}
		fmt.Println(r.name + ": " + strings.Join(row, ", "))
	}
}
GO
go get github.com/rwcarlsen/goexif@v0.0.0-20190401172101-9e8deecbddbd github.com/bep/imagemeta@v0.12.0 \
	github.com/evanoberholster/imagemeta@v0.3.1 github.com/dsoprea/go-exif/v3@v3.0.1 2>/dev/null
go mod tidy 2>/dev/null
npm init -y >/dev/null
npm install --silent --no-audit --no-fund exifr@7.1.3 exifreader@4.46.0 exif-parser@0.1.12 piexifjs@1.0.6 jpeg-exif@1.1.4 >/dev/null
cat >read.cjs <<'JS'
const fs = require('fs');
const readers = {
	exifr: b => require('exifr').orientation(b),
	exifreader: b => require('exifreader').load(b).Orientation?.value,
	'exif-parser': b => require('exif-parser').create(b).parse().tags.Orientation,
	piexifjs: b => require('piexifjs').load(b.toString('binary'))['0th'][0x112],
	'jpeg-exif': b => require('jpeg-exif').fromBuffer(b)?.Orientation,
};
(async () => {
	for (const [name, read] of Object.entries(readers)) {
		const row = [];
		for (const kind of ['plain', 'xmp', 'fill']) {
			const file = Buffer.from(Uint8Array.from(fs.readFileSync(kind + '.jpg')).buffer);
			row.push(kind + ' ' + await (async () => read(file))().then(found => found === 6 ? 'read' : 'none', () => 'error'));
		}
		console.log(`${name}: ${row.join(', ')}`);
	}
})();
JS
{ go run main.go && node read.cjs; } | tee seen
cmp - seen <<'TABLE'
goexif: plain read, xmp error, fill error
bep/imagemeta: plain read, xmp none, fill none
evanoberholster/imagemeta: plain read, xmp read, fill error
go-exif: plain read, xmp read, fill read
exifr: plain read, xmp read, fill read
exifreader: plain read, xmp read, fill read
exif-parser: plain read, xmp read, fill none
piexifjs: plain read, xmp read, fill error
jpeg-exif: plain read, xmp none, fill none
TABLE
