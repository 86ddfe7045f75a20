package share

import "strings"

// plain is the type of source code, settings, logs and the like. With types of
// their own, browsers would save these files instead of showing them, and might
// run them as scripts.
const plain = "text/plain"

// types maps extensions to media types: those that IANA lists, otherwise those
// that programs agree on.
var types = byExtension([][2]string{
	{"text/html", "html htm"},
	{"text/css", "css"},
	{"text/javascript", "js mjs"},
	{"text/markdown", "md markdown"},
	{"text/csv", "csv"},
	{"text/tab-separated-values", "tsv"},
	{"text/calendar", "ics ifb"},
	{"text/vcard", "vcf vcard"},
	{"text/vtt", "vtt"},
	{plain, "txt text log ini conf cfg cnf properties env toml yaml yml diff patch srt ass ssa sub nfo lst"},
	{plain, "go py pyw c h cc cpp cxx hh hpp hxx m mm java kt kts rs rb pl pm lua r jl swift scala"},
	{plain, "cs fs vb pas hs erl ex exs clj lisp el scm ml dart zig nim d f90 asm s sql php"},
	{plain, "sh bash zsh fish bat cmd ps1 awk sed ts cts tsx jsx vue svelte scss sass less"},
	{plain, "mk mak cmake gradle tf proto graphql tex bib rst adoc org ipynb lock mod sum"},
	{"application/json", "json map"},
	{"application/geo+json", "geojson"},
	{"application/ld+json", "jsonld"},
	{"application/manifest+json", "webmanifest"},
	{"application/wasm", "wasm"},
	{"application/xml", "xml xsd xsl"},
	{"application/xhtml+xml", "xhtml xht"},
	{"application/rss+xml", "rss"},
	{"application/atom+xml", "atom"},
	{"application/gpx+xml", "gpx"},
	{"application/vnd.google-earth.kml+xml", "kml"},
	{"application/vnd.google-earth.kmz", "kmz"},

	{"image/svg+xml", "svg"},
	{"image/jpeg", "jpg jpeg jpe jfif"},
	{"image/png", "png"},
	{"image/apng", "apng"},
	{"image/gif", "gif"},
	{"image/webp", "webp"},
	{"image/avif", "avif"},
	{"image/heic", "heic"},
	{"image/heif", "heif hif"},
	{"image/jxl", "jxl"},
	{"image/bmp", "bmp dib"},
	{"image/tiff", "tif tiff"},
	{"image/vnd.microsoft.icon", "ico cur"},
	{"image/vnd.adobe.photoshop", "psd"},
	{"image/x-adobe-dng", "dng"},
	{"image/x-canon-cr2", "cr2"},
	{"image/x-canon-cr3", "cr3"},
	{"image/x-nikon-nef", "nef"},
	{"image/x-nikon-nrw", "nrw"},
	{"image/x-sony-arw", "arw"},
	{"image/x-fuji-raf", "raf"},
	{"image/x-panasonic-rw2", "rw2 rwl"},
	{"image/x-olympus-orf", "orf"},
	{"image/x-pentax-pef", "pef"},
	{"image/x-samsung-srw", "srw"},

	{"video/mp4", "mp4 m4v mp4v"},
	{"video/quicktime", "mov qt"},
	{"video/webm", "webm"},
	{"video/matroska", "mkv mk3d"},
	{"video/x-msvideo", "avi"},
	{"video/mpeg", "mpg mpeg mpe m1v m2v vob"},
	{"video/mp2t", "m2ts mts"},
	{"video/ogg", "ogv"},
	{"video/3gpp", "3gp"},
	{"video/3gpp2", "3g2"},
	{"video/x-ms-wmv", "wmv"},
	{"video/x-flv", "flv"},

	{"audio/mpeg", "mp3 mp2"},
	{"audio/mp4", "m4a m4b"},
	{"audio/aac", "aac"},
	{"audio/flac", "flac"},
	{"audio/ogg", "ogg oga opus spx"},
	{"audio/wav", "wav"},
	{"audio/matroska", "mka"},
	{"audio/webm", "weba"},
	{"audio/midi", "mid midi"},
	{"audio/aiff", "aif aiff"},
	{"audio/x-ms-wma", "wma"},
	{"audio/mpegurl", "m3u8 m3u"},
	{"audio/x-scpls", "pls"},
	{"application/dash+xml", "mpd"},

	{"application/pdf", "pdf"},
	{"application/epub+zip", "epub"},
	{"application/x-mobipocket-ebook", "mobi"},
	{"application/vnd.amazon.mobi8-ebook", "azw3"},
	{"application/vnd.comicbook+zip", "cbz"},
	{"application/vnd.comicbook-rar", "cbr"},
	{"application/rtf", "rtf"},
	{"application/postscript", "ps eps ai"},
	{"application/msword", "doc dot"},
	{"application/vnd.ms-excel", "xls"},
	{"application/vnd.ms-powerpoint", "ppt"},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
	{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
	{"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
	{"application/vnd.oasis.opendocument.text", "odt"},
	{"application/vnd.oasis.opendocument.spreadsheet", "ods"},
	{"application/vnd.oasis.opendocument.presentation", "odp"},
	{"application/vnd.oasis.opendocument.graphics", "odg"},
	{"application/vnd.sqlite3", "sqlite sqlite3"},
	{"message/rfc822", "eml"},

	{"application/zip", "zip"},
	{"application/x-7z-compressed", "7z"},
	{"application/vnd.rar", "rar"},
	{"application/x-tar", "tar"},
	{"application/gzip", "gz tgz"},
	{"application/x-bzip2", "bz2 tbz tbz2"},
	{"application/x-xz", "xz txz"},
	{"application/zstd", "zst tzst"},
	{"application/java-archive", "jar"},
	{"application/vnd.android.package-archive", "apk"},
	{"application/vnd.debian.binary-package", "deb"},
	{"application/x-rpm", "rpm"},
	{"application/vnd.microsoft.portable-executable", "exe dll"},
	{"application/x-msi", "msi"},
	{"application/x-apple-diskimage", "dmg"},
	{"application/vnd.efi.iso", "iso"},
	{"application/vnd.efi.img", "img"},
	{"application/x-bittorrent", "torrent"},
	{"application/octet-stream", "bin ipa dat pkg appimage"},

	{"font/woff", "woff"},
	{"font/woff2", "woff2"},
	{"font/ttf", "ttf"},
	{"font/otf", "otf"},
	{"font/collection", "ttc otc"},
	{"model/stl", "stl"},
	{"model/obj", "obj"},
	{"model/3mf", "3mf"},
	{"model/gltf+json", "gltf"},
	{"model/gltf-binary", "glb"},
})

// maxExtension is longer than any extension in types with its dot.
const maxExtension = 16

func byExtension(rows [][2]string) map[string]string {
	m := make(map[string]string)
	for _, row := range rows {
		for ext := range strings.FieldsSeq(row[1]) {
			m[ext] = row[0]
		}
	}
	return m
}
