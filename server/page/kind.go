package page

import (
	"strings"

	"windowsill/server/share"
)

// kind is the kind of an entry, which has an icon of its own. Each is the name of
// a class in the style sheet.
type kind string

const (
	folder   kind = "folder"
	picture  kind = "picture"
	film     kind = "film"
	music    kind = "music"
	document kind = "document"
	code     kind = "code"
	archive  kind = "archive"
	program  kind = "program"
	other    kind = "other"
)

// kinds holds the media types whose kind does not follow from the type before the
// slash or the suffix after a plus sign.
var kinds = map[string]kind{
	"application/pdf":                    document,
	"application/epub+zip":               document,
	"application/x-mobipocket-ebook":     document,
	"application/vnd.amazon.mobi8-ebook": document,
	"application/vnd.comicbook+zip":      document,
	"application/vnd.comicbook-rar":      document,
	"application/rtf":                    document,
	"application/msword":                 document,
	"application/vnd.ms-excel":           document,
	"application/vnd.ms-powerpoint":      document,

	"text/html":        code,
	"text/css":         code,
	"text/javascript":  code,
	"application/json": code,
	"application/xml":  code,
	"application/wasm": code,

	"application/zip":             archive,
	"application/gzip":            archive,
	"application/zstd":            archive,
	"application/vnd.rar":         archive,
	"application/vnd.efi.iso":     archive,
	"application/x-tar":           archive,
	"application/x-7z-compressed": archive,
	"application/x-bzip2":         archive,
	"application/x-xz":            archive,

	"application/java-archive":                      program,
	"application/vnd.android.package-archive":       program,
	"application/vnd.debian.binary-package":         program,
	"application/vnd.microsoft.portable-executable": program,
	"application/x-apple-diskimage":                 program,
	"application/x-msi":                             program,
	"application/x-rpm":                             program,
}

// families holds the types before the slash.
var families = map[string]kind{"image": picture, "video": film, "audio": music, "text": document}

// kindOf goes by the name alone, since reading every file of a folder would take
// too long.
func kindOf(e share.Entry) kind {
	if e.Dir {
		return folder
	}
	t := mediaType(e)
	if k, ok := kinds[t]; ok {
		return k
	}
	family, subtype, _ := strings.Cut(t, "/")
	if k, ok := families[family]; ok {
		return k
	}
	switch {
	case strings.HasPrefix(subtype, "vnd.openxmlformats-"), strings.HasPrefix(subtype, "vnd.oasis.opendocument."):
		return document
	case strings.HasSuffix(subtype, "+xml"), strings.HasSuffix(subtype, "+json"):
		return code
	}
	return other
}

// mediaType returns the media type of an entry by its name, without parameters.
func mediaType(e share.Entry) string {
	t, _, _ := strings.Cut(share.ContentType(e.Name, nil), ";")
	return t
}
