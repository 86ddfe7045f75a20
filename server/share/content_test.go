package share

import (
	"mime"
	"strings"
	"testing"
)

var contentTypes = []struct{ name, head, want string }{
	// From the list of the IANA, and the RFCs that registered them.
	{"page.html", "<p>", "text/html; charset=utf-8"},
	{"PAGE.HTM", "", "text/html; charset=utf-8"},
	{"a.css", "", "text/css; charset=utf-8"},
	{"a.js", "", "text/javascript; charset=utf-8"}, // RFC 9239
	{"a.mjs", "", "text/javascript; charset=utf-8"},
	{"a.json", "{}", "application/json"}, // RFC 8259: no charset
	{"a.js.map", "{}", "application/json"},
	{"a.wasm", "\x00asm", "application/wasm"},
	{"a.webmanifest", "{}", "application/manifest+json"},
	{"a.svg", "<svg/>", "image/svg+xml; charset=utf-8"},
	{"a.xml", "<a/>", "application/xml; charset=utf-8"},
	{"README.md", "# Ü", "text/markdown; charset=utf-8"},
	{"a.txt", "", "text/plain; charset=utf-8"},
	{"a.csv", "a;b", "text/csv; charset=utf-8"},
	{"a.ics", "", "text/calendar; charset=utf-8"},
	{"a.vcf", "", "text/vcard; charset=utf-8"},
	{"a.vtt", "WEBVTT", "text/vtt; charset=utf-8"},
	{"film.mp4", "", "video/mp4"},
	{"film.m4v", "", "video/mp4"},
	{"film.MOV", "", "video/quicktime"},
	{"film.webm", "", "video/webm"},
	{"film.mkv", "", "video/matroska"}, // RFC 9559
	{"film.ogv", "", "video/ogg"},
	{"song.mp3", "", "audio/mpeg"},
	{"song.m4a", "", "audio/mp4"},
	{"song.flac", "", "audio/flac"}, // RFC 9639
	{"song.opus", "", "audio/ogg"},  // RFC 7845 9
	{"song.aac", "", "audio/aac"},
	{"a.jpg", "", "image/jpeg"},
	{"a.JPEG", "", "image/jpeg"},
	{"a.png", "", "image/png"},
	{"a.heic", "", "image/heic"},
	{"a.avif", "", "image/avif"},
	{"a.webp", "", "image/webp"}, // RFC 9649
	{"a.jxl", "", "image/jxl"},
	{"favicon.ico", "", "image/vnd.microsoft.icon"},
	{"a.pdf", "", "application/pdf"},
	{"a.epub", "", "application/epub+zip"},
	{"a.zip", "", "application/zip"},
	{"a.tar.gz", "", "application/gzip"}, // RFC 6713
	{"a.tgz", "", "application/gzip"},
	{"a.zst", "", "application/zstd"}, // RFC 8878
	{"a.rar", "", "application/vnd.rar"},
	{"a.apk", "", "application/vnd.android.package-archive"},
	{"a.docx", "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{"a.odt", "", "application/vnd.oasis.opendocument.text"},
	{"a.woff2", "", "font/woff2"}, // RFC 8081
	{"a.iso", "", "application/vnd.efi.iso"},

	// Source code and settings are there to be read.
	{"main.go", "package main", "text/plain; charset=utf-8"},
	{"a.yaml", "a: 1", "text/plain; charset=utf-8"},
	{"install.sh", "#!/bin/sh", "text/plain; charset=utf-8"},
	{"index.php", "<?php", "text/plain; charset=utf-8"},

	// Two kinds of files share these.
	{"a.ts", "export const a = 1", "text/plain; charset=utf-8"},
	{"a.ts", "G" + strings.Repeat(" ", 400), "text/plain; charset=utf-8"},
	{"a.ts", stream(188, 0, 5), "video/mp2t"},
	{"a.ts", stream(188, 0, 6)[:headLength], "video/mp2t"},
	{"a.ts", stream(192, 4, 6)[:headLength], "video/mp2t"},      // as cameras and Blu-ray discs have them: behind a time stamp
	{"a.ts", stream(204, 0, 6)[:headLength], "video/mp2t"},      // with parity, as from a receiver
	{"a.ts", "<!DOCTYPE TS><TS/>", "text/plain; charset=utf-8"}, // Qt's translations
	{"a.mts", stream(192, 4, 6)[:headLength], "video/mp2t"},
	{"a.mts", "export const a = 1", "text/plain; charset=utf-8"},
	{"a.mts", "", "video/mp2t"}, // what there is more of
	{"a.m2ts", stream(192, 4, 6)[:headLength], "video/mp2t"},
	{"a.cts", "const a = 1", "text/plain; charset=utf-8"},
	{"list.m3u8", "#EXTM3U\n#EXTINF:123,Ärzte\nArzte.mp3\n", "audio/mpegurl"},
	{"list.m3u8", "\uFEFF#EXTM3U\r\nsong.mp3\r\n", "audio/mpegurl"},
	{"list.m3u8", "song.mp3\n", "audio/mpegurl"},
	{"list.m3u8", "#EXTM3U\n# not #EXT-X-VERSION\nsong #EXT-X-.mp3\n", "audio/mpegurl"},
	{"list.m3u8", "", "audio/mpegurl"},
	{"film.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\n1.ts\n", "application/vnd.apple.mpegurl"}, // RFC 8216
	{"film.m3u8", "#EXTM3U\r\n#EXTINF:9,\r\n1.ts\r\n#EXT-X-ENDLIST\r\n", "application/vnd.apple.mpegurl"},
	{"film.m3u", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1280000\nlow.m3u8\n", "application/vnd.apple.mpegurl"},
	{"list.m3u", "song.mp3\n", "audio/mpegurl"},
	{"radio.pls", "[playlist]\nFile1=http://radio.example/\n", "audio/x-scpls"},
	{"radio.pls", "\n[Playlist]\n", "audio/x-scpls"},
	{"names.pls", `<?xml version="1.0"?><lexicon/>`, "application/pls+xml; charset=utf-8"}, // RFC 4267
	{"package.pls", "CREATE PACKAGE a AS", "text/plain; charset=utf-8"},
	{"go.mod", "module example\n", "text/plain; charset=utf-8"},
	{"song.mod", "axel f\x00\x00\x00\x00" + strings.Repeat("\x00\x01", 400), "audio/x-mod"},
	{"MOV001.MOD", "\x00\x00\x01\xba\x44\x00", "video/mpeg"}, // of a camcorder
	{"film.sub", "{100}{200}Grüße", "text/plain; charset=utf-8"},
	{"film.sub", "\x00\x00\x01\xba\x44\x00", "application/octet-stream"}, // pictures of letters
	{"table.dat", "1.5 2.5\n", "text/plain; charset=utf-8"},
	{"AVSEQ01.DAT", "RIFF\x24\x00\x00\x02CDXAfmt ", "video/mpeg"}, // of a Video CD
	{"clip.dat", "\x00\x00\x01\xba\x21\x00", "video/mpeg"},
	{"winmail.dat", "\x78\x9f\x3e\x22\x01\x00", "application/vnd.ms-tnef"},
	{"a.dat", "\x00\x01\x02", "application/octet-stream"},
	{"a.dat", "", "application/octet-stream"},
	{"firmware.bin", "text", "application/octet-stream"},
	// Readers of feeds look inside, whatever the type. Browsers show this one as a
	// tree; Chromium 156 shows application/rss+xml as plain text, and saves
	// application/x-plist.
	{"feed.xml", `<?xml version="1.0"?><rss version="2.0"/>`, "application/xml; charset=utf-8"},
	{"feed.xml", `<feed xmlns="http://www.w3.org/2005/Atom"/>`, "application/xml; charset=utf-8"},
	{"Info.xml", `<!DOCTYPE plist><plist version="1.0"/>`, "application/xml; charset=utf-8"},
	{"feed.rss", `<?xml version="1.0"?><rss version="2.0"/>`, "application/rss+xml; charset=utf-8"},
	{"feed.atom", `<feed xmlns="http://www.w3.org/2005/Atom"/>`, "application/atom+xml; charset=utf-8"}, // RFC 4287
	{"feed", `<?xml version="1.0"?><rss version="2.0"/>`, ""},                                           // net/http knows it
	{"Info.plist", `<?xml version="1.0"?><plist version="1.0"/>`, ""},
	{"Info.plist", "bplist00\x08", ""},

	// What the first bytes tell.
	{"a.txt", "Grüße", "text/plain; charset=utf-8"},
	{"a.txt", "\xef\xbb\xbfmit BOM", "text/plain; charset=utf-8"},
	{"a.txt", strings.Repeat("x", 1022) + "\xe6\x97", "text/plain; charset=utf-8"},     // 日, cut
	{"a.txt", strings.Repeat("x", 1021) + "\xf0\x9f\x8e", "text/plain; charset=utf-8"}, // 🎉, cut
	{"a.txt", strings.Repeat("x", 1021) + "\xe4xx", "text/plain"},
	{"a.txt", "caf\xe9", "text/plain"},     // not cut: this is all
	{"a.txt", "Gr\xfc\xdfe", "text/plain"}, // Latin-1
	{"a.txt", "caf\xe9 x", "text/plain"},
	{"a.txt", "\x97\x97\x97\x97\x97\x97", "text/plain"},
	{"a.txt", "\xff\xfea\x00", "text/plain; charset=utf-16le"},
	{"a.csv", "\xfe\xff\x00a", "text/csv; charset=utf-16be"},
	{"a.html", `<!doctype html><META http-equiv=x content="text/html; CharSet=iso-8859-1">`, "text/html"},
	{"a.html", `<meta name=viewport content=x><meta charset="utf-8">`, "text/html"},
	{"a.html", `<meta name=viewport content=x><p>charset`, "text/html; charset=utf-8"},
	{"a.html", "<p>\xe4", "text/html"},
	{"a.svg", `<?xml version="1.0" encoding="ISO-8859-1"?><svg/>`, "image/svg+xml"},
	{"a.xml", `<?xml version="1.0"?><encoding/>`, "application/xml; charset=utf-8"},
	{"a.css", `@charset "iso-8859-15";`, "text/css"},
	{"a.png", "Grüße", "image/png"},

	// No extension that is known, but first bytes that net/http does not know.
	{"film", stream(188, 0, 5), "video/mp2t"},
	{"film", "\x1aE\xdf\xa3\x93B\x82\x88matroskaB\x87", "video/matroska"},
	{"film", "\x1aE\xdf\xa3\x93B\x82\x84webmB\x87", ""},
	{"film", "\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00", "video/quicktime"},
	{"film", "\x00\x00\x00\x14ftypisom\x00\x00\x02\x00", "video/mp4"},
	{"film", "\x00\x00\x01\xba\x44\x00", "video/mpeg"},
	{"song", "fLaC\x00", "audio/flac"},
	{"song", "\x00\x00\x00\x20ftypM4A \x00", "audio/mp4"},
	{"IMG_0001", "\x00\x00\x00\x18ftypheic\x00", "image/heic"},
	{"IMG_0001", "\x00\x00\x00\x18ftypmif1\x00", "image/heif"},
	{"IMG_0001", "\x00\x00\x00\x18ftypavif\x00", "image/avif"},
	{"picture.tmp", "\xff\xd8\xff\xe0", ""},
	{"scan", "II*\x00\x08\x00", "image/tiff"},
	{"backup", "7z\xbc\xaf\x27\x1c\x00", "application/x-7z-compressed"},
	{"backup", "\xfd7zXZ\x00", "application/x-xz"},
	{"backup", "\x28\xb5\x2f\xfd\x00", "application/zstd"},
	{"backup", "BZh91AY&SY", "application/x-bzip2"},

	// No extension that is known.
	{"Makefile", "all:", ""},
	{".html", "", ""},
	{"", "", ""},
	{".", "", ""},
	{"a.", "", ""},
	{"a.unknown", "", ""},
	{"a.html ", "", ""},
	{"a.\xff", "", ""},
	{"a." + strings.Repeat("x", 300), "", ""},
}

// stream makes the beginning of an MPEG transport stream in packets of size bytes,
// each with its sync byte at an offset.
func stream(size, at, packets int) string {
	return strings.Repeat(strings.Repeat("\xff", at)+"G"+strings.Repeat("\xff", size-at-1), packets)
}

func TestContentType(t *testing.T) {
	for _, c := range contentTypes {
		if got := ContentType(c.name, []byte(c.head)); got != c.want {
			t.Errorf("ContentType(%.30q, %.30q) = %q, want %q", c.name, c.head, got, c.want)
		}
	}
}

func TestNameTellsOnlyWhatNoHeadChanges(t *testing.T) {
	for ext := range types {
		name := "a." + ext
		if !NameTells(name) {
			continue
		}
		for _, tt := range contentTypes {
			if got, want := ContentType(name, []byte(tt.head)), ContentType(name, nil); got != want {
				t.Errorf("%s is %q by its name, and %q if it begins with %q", name, want, got, tt.head)
			}
		}
	}
	for name, want := range map[string]bool{"film.mp4": true, "PHOTO.JPG": true, "a.txt": false, "a.svg": false, "a.ts": false, "a.bin": true, "a.unknown": false, "Makefile": false} {
		if got := NameTells(name); got != want {
			t.Errorf("NameTells(%q) is %v", name, got)
		}
	}
}

func TestPlainTextShowsItsCharset(t *testing.T) {
	for head, want := range map[string]string{
		"Grüße": "text/plain; charset=utf-8", "Gr\xfc\xdfe": "text/plain", "\xff\xfea\x00": "text/plain; charset=utf-16le", "": "text/plain; charset=utf-8",
	} {
		if got := PlainText([]byte(head)); got != want {
			t.Errorf("%q: %s, want %s", head, got, want)
		}
	}
}

func TestTypesAreWellFormedAndFit(t *testing.T) {
	for ext, typ := range types {
		if got, params, err := mime.ParseMediaType(typ); err != nil || got != typ || len(params) > 0 {
			t.Errorf("%q: %q, %v", ext, typ, err)
		}
		if ext != strings.ToLower(ext) || len(ext) >= maxExtension {
			t.Errorf("%q is never found", ext)
		}
		if got := ContentType("a."+strings.ToUpper(ext), nil); !strings.HasPrefix(got, typ) {
			t.Errorf("%q gives %q, want %q", ext, got, typ)
		}
	}
}

func FuzzContentType(f *testing.F) {
	for _, c := range contentTypes {
		f.Add(c.name, []byte(c.head))
	}
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		got := ContentType(name, head)
		if got == "" {
			return
		}
		typ, params, err := mime.ParseMediaType(got)
		if err != nil {
			t.Fatalf("%q: %v", got, err)
		}
		if c, ok := params["charset"]; ok && c == "utf-8" && strings.ToValidUTF8(string(head), "") != string(head) {
			// Only the last character may be cut.
			if whole := strings.ToValidUTF8(string(head), ""); len(head)-len(whole) > 3 || !strings.HasPrefix(string(head), whole) {
				t.Errorf("%q (%s) is said to be UTF-8", head, typ)
			}
		}
	})
}
