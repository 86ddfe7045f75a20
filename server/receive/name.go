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
	maxName     = 240 // bytes; file systems take 255, and " (9999)" has to fit
	maxFolders  = 32  // nested in one upload
	maxPath     = 2 << 10
	defaultName = "file"
)

// ErrDeep says that folders are nested too deeply.
var ErrDeep = errors.New("too many folders in each other")

// SafeName makes a name that a device sent fit for every file system, so that the
// file can be copied to any computer: one that [share.WindowsName] leaves alone,
// valid UTF-8 in normal form C, at most 240 bytes with the extension kept, and
// without characters that mislead the reader. A dot in front, which hides a file, is
// left out unless hidden files are shared and the name is not the product's own. It
// is idempotent.
func SafeName(name string, hidden bool) string {
	name = norm.NFC.String(strings.Map(dropInvisible, strings.ToValidUTF8(name, "_")))
	dot := hidden && strings.HasPrefix(strings.TrimLeftFunc(name, unicode.IsSpace), ".")
	name = shorten(trimDots(name))
	if dot && name != "" && !isReserved("."+name) {
		return share.WindowsName("."+name, 1)
	}
	if share.ShortName(name) {
		name = strings.Replace(name, "~", "_", -1)
	}
	if name == "" {
		return defaultName
	}
	return shorten(share.WindowsName(name, 1))
}

// isReserved reports whether some file system takes a name for one of the product's
// own: that of old Macs ignores the joiners.
func isReserved(name string) bool {
	return share.IsReserved(strings.NewReplacer("\u200c", "", "\u200d", "").Replace(name))
}

// SafePath applies [SafeName] to the elements of a relative path. It leaves out
// those that are empty or consist of dots, so that the path does not leave the
// folder that it is for. The error is [ErrDeep].
func SafePath(name string, hidden bool) (string, error) {
	var elements []string
	for element := range strings.SplitSeq(name, "/") {
		if element == "" || strings.Trim(element, ".") == "" {
			continue
		}
		elements = append(elements, SafeName(element, hidden))
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
	stem, ext := share.SplitExt(name)
	cut := maxName - len(ext)
	for cut > 0 && !utf8.RuneStart(stem[cut]) {
		cut--
	}
	return trimDots(stem[:cut]) + ext
}

// numbered returns the name for the n-th file of the same name.
func numbered(name string, n int) string {
	if n < 2 {
		return name
	}
	folder, file := path.Split(name)
	stem, ext := share.SplitExt(file)
	return folder + stem + " (" + strconv.Itoa(n) + ")" + ext
}

// parent returns the folders in a name; "" if there are none.
func parent(name string) string {
	i := strings.LastIndexByte(name, '/')
	return name[:max(i, 0)]
}
