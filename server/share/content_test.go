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
	{"a.m3u8", "", "application/vnd.apple.mpegurl"},
	{"a.iso", "", "application/vnd.efi.iso"},

	// Source code and settings are there to be read.
	{"main.go", "package main", "text/plain; charset=utf-8"},
	{"a.yaml", "a: 1", "text/plain; charset=utf-8"},
	{"install.sh", "#!/bin/sh", "text/plain; charset=utf-8"},
	{"index.php", "<?php", "text/plain; charset=utf-8"},

	// Two kinds of files share this one.
	{"a.ts", "export const a = 1", "text/plain; charset=utf-8"},
	{"a.ts", "G" + strings.Repeat(" ", 400), "text/plain; charset=utf-8"},
	{"a.ts", strings.Repeat("G"+strings.Repeat("\xff", 187), 5), "video/mp2t"},

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

func TestContentType(t *testing.T) {
	for _, c := range contentTypes {
		if got := ContentType(c.name, []byte(c.head)); got != c.want {
			t.Errorf("ContentType(%.30q, %.30q) = %q, want %q", c.name, c.head, got, c.want)
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
