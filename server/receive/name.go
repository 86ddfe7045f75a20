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
	longestName      = 240 // bytes; file systems take 255, and " (9999)" has to fit
	longestExtension = 20  // bytes with its dot; what is longer is part of the name
	deepestPath      = 32  // folders of one folder upload
	longestPath      = 2 << 10
	namelessName     = "file"
)

// ErrDeep says that the folders of a folder upload lie too deep in each other.
var ErrDeep = errors.New("too many folders in each other")

// Tame makes a name that a device sent fit for every file system, so that the
// file can be carried on to any computer: UTF-8 in normal form C, at most 240
// bytes of it with the extension kept, without what hides a file, is forbidden
// or reserved on Windows, or deceives the eye. It does not change a name that
// it returned.
func Tame(name string) string {
	name = strings.Map(visible, strings.ToValidUTF8(name, "_"))
	name = strings.Map(permitted, norm.NFC.String(name))
	name = shorten(trim(name))
	if share.ShortName(name) {
		name = strings.Replace(name, "~", "_", -1)
	}
	if isDevice(name) {
		name = shorten("_" + name)
	}
	if name == "" {
		return namelessName
	}
	return name
}

// TamePath tames a relative path, element by element. What leads nowhere or
// upwards is left out, so that it stays in the folder it is meant for. The
// error is [ErrDeep].
func TamePath(name string) (string, error) {
	var elements []string
	for element := range strings.SplitSeq(name, "/") {
		if element == "" || strings.Trim(element, ".") == "" {
			continue
		}
		elements = append(elements, Tame(element))
	}
	if len(elements) == 0 {
		return namelessName, nil
	}
	tamed := strings.Join(elements, "/")
	if len(elements) > deepestPath || len(tamed) > longestPath {
		return "", ErrDeep
	}
	return tamed, nil
}

// unseen are the soft hyphen, spaces without width, signs that no font shows,
// and the byte order mark.
var unseen = &unicode.RangeTable{
	R16:         []unicode.Range16{{0xad, 0xad, 1}, {0x200b, 0x200b, 1}, {0x2060, 0x206f, 1}, {0xfeff, 0xfeff, 1}, {0xfff9, 0xfffb, 1}},
	LatinOffset: 1,
}

// visible drops letters that cannot be seen and those that turn the direction
// of writing, behind which an extension can hide. Emoji need their joiners.
func visible(c rune) rune {
	const joiner, nonJoiner = '\u200d', '\u200c'
	switch {
	case c == joiner, c == nonJoiner:
		return c
	case unicode.IsControl(c), unicode.In(c, unicode.Bidi_Control, unicode.Zl, unicode.Zp, unseen):
		return -1
	}
	return c
}

// permitted replaces letters that Windows does not take in a name.
func permitted(c rune) rune {
	if strings.ContainsRune(`/\:*?"<>|`, c) {
		return '_'
	}
	return c
}

// trim takes away dots in front, which hide a file, and dots at the end,
// which Windows does not keep, together with the spaces around.
func trim(name string) string {
	return strings.TrimFunc(name, func(c rune) bool { return c == '.' || unicode.IsSpace(c) })
}

// shorten cuts a name that is too long before its extension.
func shorten(name string) string {
	if len(name) <= longestName {
		return name
	}
	stem, ext := split(name)
	cut := longestName - len(ext)
	for cut > 0 && !utf8.RuneStart(stem[cut]) {
		cut--
	}
	return trim(stem[:cut]) + ext
}

// split returns a name in two: its stem, and its extension with the dot.
func split(name string) (stem, ext string) {
	ext = path.Ext(name)
	if len(ext) > longestExtension || len(ext) == len(name) || strings.ContainsRune(ext, ' ') {
		ext = ""
	}
	return name[:len(name)-len(ext)], ext
}

// isDevice reports whether Windows takes a name for a device's, whatever its
// extension is.
func isDevice(name string) bool {
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

// another returns the name for the n-th file that is called the same.
func another(name string, n int) string {
	if n < 2 {
		return name
	}
	folder, file := path.Split(name)
	stem, ext := split(file)
	return folder + stem + " (" + strconv.Itoa(n) + ")" + ext
}

// above returns the folders in a name, "" if there are none.
func above(name string) string {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)]
}
