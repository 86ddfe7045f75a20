package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/language"
)

// A Name is that of an encoding, as in the WHATWG's Encoding Standard, or
// "utf-32le" or "utf-32be".
type Name string

// The encodings that texts show by themselves, or are if nothing else is likely.
const (
	UTF8      Name = "utf-8"
	UTF16LE   Name = "utf-16le"
	UTF16BE   Name = "utf-16be"
	UTF32LE   Name = "utf-32le"
	UTF32BE   Name = "utf-32be"
	ISO2022JP Name = "iso-2022-jp"
	Western   Name = "windows-1252"
)

// A Choice is an encoding that a person may choose.
type Choice struct {
	Name      Name
	Languages string // in which texts have it, in these languages themselves; may be ""
}

// Choices returns the encodings that there are, in the order to offer them.
func Choices() []Choice {
	return []Choice{
		{UTF8, ""}, {UTF16LE, ""}, {UTF16BE, ""}, {UTF32LE, ""}, {UTF32BE, ""},
		{Western, "English, Français, Deutsch, Español"},
		{"windows-1250", "Polski, Čeština, Magyar"}, {"iso-8859-2", "Polski, Čeština, Magyar"},
		{"windows-1257", "Lietuvių, Latviešu, Eesti"}, {"windows-1254", "Türkçe"}, {"windows-1258", "Tiếng Việt"},
		{"windows-1251", "Русский, Українська, Български"}, {"koi8-r", "Русский"}, {"koi8-u", "Українська"}, {"ibm866", "Русский"},
		{"windows-1253", "Ελληνικά"}, {"windows-1255", "עברית"}, {"windows-1256", "العربية"}, {"windows-874", "ไทย"},
		{"gb18030", "简体中文"}, {"big5", "繁體中文"},
		{"shift_jis", "日本語"}, {"euc-jp", "日本語"}, {ISO2022JP, "日本語"}, {"euc-kr", "한국어"},
	}
}

// Find returns the Name that a text is, and whether it is one.
func Find(text string) (n Name, ok bool) {
	for _, c := range Choices() {
		if string(c.Name) == text {
			return c.Name, true
		}
	}
	return "", false
}

// Encoding returns the encoding of a Name of Choices. A byte order mark is no part
// of the text.
func (n Name) Encoding() encoding.Encoding {
	switch n {
	case UTF8:
		return unicode.UTF8BOM
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case UTF32LE:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case UTF32BE:
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	}
	e, err := htmlindex.Get(string(n))
	if err != nil {
		return encoding.Replacement
	}
	return e
}

// Unit returns of how many bytes all characters have a multiple.
func (n Name) Unit() int {
	switch n {
	case UTF16LE, UTF16BE:
		return 2
	case UTF32LE, UTF32BE:
		return 4
	}
	return 1
}

// aliases are names that the detector has for encodings of ours: theirs are a
// part of ours.
var aliases = map[string]Name{
	"gb-18030": "gb18030", "iso-8859-1": Western, "iso-8859-7": "windows-1253", "iso-8859-8": "windows-1255", "iso-8859-8-i": "windows-1255", "iso-8859-9": "windows-1254",
}

// byLanguage are the encodings, apart from Western, of texts in a language, the
// usual one first.
var byLanguage = map[string][]Name{
	"ru": {"windows-1251", "koi8-r", "ibm866"}, "uk": {"windows-1251", "koi8-u"}, "be": {"windows-1251"}, "bg": {"windows-1251"}, "mk": {"windows-1251"}, "sr": {"windows-1251"},
	"pl": {"windows-1250", "iso-8859-2"}, "cs": {"windows-1250", "iso-8859-2"}, "sk": {"windows-1250", "iso-8859-2"}, "hu": {"windows-1250", "iso-8859-2"},
	"sl": {"windows-1250"}, "hr": {"windows-1250"}, "ro": {"windows-1250"},
	"lt": {"windows-1257"}, "lv": {"windows-1257"}, "et": {"windows-1257"}, "tr": {"windows-1254"}, "az": {"windows-1254"}, "vi": {"windows-1258"},
	"el": {"windows-1253"}, "he": {"windows-1255"}, "ar": {"windows-1256"}, "fa": {"windows-1256"}, "ur": {"windows-1256"}, "th": {"windows-874"},
	"zh-Hans": {"gb18030", "big5"}, "zh-Hant": {"big5", "gb18030"}, "ja": {"shift_jis", "euc-jp"}, "ko": {"euc-kr"},
}

// usualIn returns the encodings of texts in a language.
func usualIn(tag language.Tag) []Name {
	base, _ := tag.Base()
	if base.String() == "zh" {
		script, _ := tag.Script()
		return byLanguage["zh-"+script.String()]
	}
	return byLanguage[base.String()]
}
