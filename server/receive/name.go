package receive

import (
	"errors"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"windowsill/server/share"
)

const (
	maxName      = 240 // bytes; file systems take 255, and " (9999)" has to fit
	maxExtension = 20  // bytes with its dot; a longer one is part of the name
	maxFolders   = 32  // nested in one upload
	maxPath      = 2 << 10
	defaultName  = "file"
)

// ErrDeep says that folders are nested too deeply.
var ErrDeep = errors.New("too many folders in each other")

// SafeName makes a name that a device sent fit for every file system, so that the
// file can be copied to any computer: valid UTF-8 in normal form C, at most 240
// bytes with the extension kept, and without characters that hide a file, are
// forbidden or reserved on Windows, or mislead the reader. It is idempotent.
func SafeName(name string) string {
	name = strings.Map(dropInvisible, strings.ToValidUTF8(name, "_"))
	name = strings.Map(replaceForbidden, norm.NFC.String(name))
	name = shorten(trimDots(name))
	if share.ShortName(name) {
		name = strings.Replace(name, "~", "_", -1)
	}
	if isReserved(name) {
		name = shorten("_" + name)
	}
	if name == "" {
		return defaultName
	}
	return name
}

// SafePath applies [SafeName] to the elements of a relative path. It leaves out
// those that are empty or consist of dots, so that the path does not leave the
// folder that it is for. The error is [ErrDeep].
func SafePath(name string) (string, error) {
	var elements []string
	for element := range strings.SplitSeq(name, "/") {
		if element == "" || strings.Trim(element, ".") == "" {
			continue
		}
		elements = append(elements, SafeName(element))
	}
	if len(elements) == 0 {
		return defaultName, nil
	}
	safe := strings.Join(elements, "/")
	if len(elements) > maxFolders || len(safe) > maxPath {
		return "", ErrDeep
	}
	return safe, nil
}

// invisible holds the soft hyphen, zero-width spaces, characters that no font
// shows, and the byte order mark.
var invisible = &unicode.RangeTable{
	R16:         []unicode.Range16{{0xad, 0xad, 1}, {0x200b, 0x200b, 1}, {0x2060, 0x206f, 1}, {0xfeff, 0xfeff, 1}, {0xfff9, 0xfffb, 1}},
	LatinOffset: 1,
}

// dropInvisible drops characters that cannot be seen, and those that change the
// direction of writing, which can disguise an extension. Emoji need the joiners.
func dropInvisible(c rune) rune {
	const joiner, nonJoiner = '\u200d', '\u200c'
	switch {
	case c == joiner, c == nonJoiner:
		return c
	case unicode.IsControl(c), unicode.In(c, unicode.Bidi_Control, unicode.Zl, unicode.Zp, invisible):
		return -1
	}
	return c
}

// replaceForbidden replaces characters that Windows does not allow in names.
func replaceForbidden(c rune) rune {
	if strings.ContainsRune(`/\:*?"<>|`, c) {
		return '_'
	}
	return c
}

// trimDots removes dots at the beginning, which hide a file, and at the end,
// where Windows drops them, together with spaces.
func trimDots(name string) string {
	return strings.TrimFunc(name, func(c rune) bool { return c == '.' || unicode.IsSpace(c) })
}

// shorten cuts a name that is too long, but keeps the extension.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	stem, ext := split(name)
	cut := maxName - len(ext)
	for cut > 0 && !utf8.RuneStart(stem[cut]) {
		cut--
	}
	return trimDots(stem[:cut]) + ext
}

// split splits a name into its stem and its extension with the dot.
func split(name string) (stem, ext string) {
	ext = path.Ext(name)
	if len(ext) > maxExtension || len(ext) == len(name) || strings.ContainsRune(ext, ' ') {
		ext = ""
	}
	return name[:len(name)-len(ext)], ext
}

// isReserved reports whether Windows takes a name for that of a device like NUL,
// whatever the extension.
func isReserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	number, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		number, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// numbered returns the name for the n-th file of the same name.
func numbered(name string, n int) string {
	if n < 2 {
		return name
	}
	folder, file := path.Split(name)
	stem, ext := split(file)
	return folder + stem + " (" + strconv.Itoa(n) + ")" + ext
}

// parent returns the folders in a name; "" if there are none.
func parent(name string) string {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)]
}
