package charset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// texts are the first article of the Universal Declaration of Human Rights, and
// the encodings that people have it in.
var texts = map[string]struct {
	text      string
	encodings []Name
}{
	"de":      {"Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.", []Name{Western}},
	"fr":      {"Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.", []Name{Western}},
	"pl":      {"Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.", []Name{"windows-1250", "iso-8859-2"}},
	"cs":      {"Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím a mají spolu jednat v duchu bratrství.", []Name{"windows-1250", "iso-8859-2"}},
	"lt":      {"Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Jiems suteiktas protas ir sąžinė ir jie turi elgtis vienas kito atžvilgiu kaip broliai.", []Name{"windows-1257"}},
	"tr":      {"Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.", []Name{"windows-1254"}},
	"ru":      {"Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.", []Name{"windows-1251", "koi8-r", "ibm866"}},
	"uk":      {"Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства.", []Name{"windows-1251", "koi8-u"}},
	"el":      {"Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση.", []Name{"windows-1253"}},
	"he":      {"כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה.", []Name{"windows-1255"}},
	"ar":      {"يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء.", []Name{"windows-1256"}},
	"th":      {"มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม", []Name{"windows-874"}},
	"zh-Hans": {"人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。", []Name{"gb18030"}},
	"zh-Hant": {"人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。", []Name{"big5"}},
	"ja":      {"すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。", []Name{"shift_jis", "euc-jp", ISO2022JP}},
	"ko":      {"모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.", []Name{"euc-kr"}},
}

func detect(text string, languages ...string) Name {
	var s Sample
	s.Write([]byte(text))
	var tags []language.Tag
	for _, l := range languages {
		tags = append(tags, language.Make(l))
	}
	return s.Detect(tags)
}

func encode(t *testing.T, text string, n Name) string {
	t.Helper()
	encoded, err := n.Encoding().NewEncoder().String(text)
	if err != nil {
		t.Fatalf("%s: %v", n, err)
	}
	return encoded
}

func decode(t *testing.T, text string, n Name) string {
	t.Helper()
	decoded, err := n.Encoding().NewDecoder().String(text)
	if err != nil {
		t.Fatalf("%s: %v", n, err)
	}
	return decoded
}

// Subtitles and tables have little text in much that is ASCII.
func TestReadersGetTheirOwnLanguageRight(t *testing.T) {
	for lang, c := range texts {
		for _, n := range c.encodings {
			for kind, text := range map[string]string{
				"text": c.text, "subtitles": strings.Repeat("1\n00:00:01,000 --> 00:00:02,000\nOK\n\n", 500) + "2\n00:00:03,000 --> 00:00:04,000\n" + c.text,
				"one line": strings.Repeat("0,", 20_000) + c.text,
			} {
				raw := encode(t, text, n)
				if got := detect(raw, lang, "en"); decode(t, raw, got) != text {
					t.Errorf("%s, %s in %s is taken for %s", kind, lang, n, got)
				}
			}
		}
	}
}

// What is not likely without a hint is left out.
func TestForeignersGetItRightToo(t *testing.T) {
	for lang, c := range texts {
		if lang == "th" || lang == "lt" {
			continue
		}
		for _, n := range c.encodings {
			if n == "koi8-u" || n == "ibm866" {
				continue
			}
			for _, reader := range []string{"en", "de", "ja", "ar"} {
				if raw := encode(t, c.text, n); decode(t, raw, detect(raw, reader)) != c.text {
					t.Errorf("%s in %s is taken for %s by somebody who reads %s", lang, n, detect(raw, reader), reader)
				}
			}
		}
	}
}

func TestUnicodeNeedsNoMark(t *testing.T) {
	for lang, c := range texts {
		for _, n := range []Name{UTF8, UTF16LE, UTF16BE, UTF32LE, UTF32BE} {
			raw := strings.TrimPrefix(encode(t, c.text+"\n", n), encode(t, "", n))
			for _, mark := range []string{"\xff\xfe\x00\x00", "\x00\x00\xfe\xff", "\xff\xfe", "\xfe\xff", "\xef\xbb\xbf"} {
				if rest, ok := strings.CutPrefix(raw, mark); ok {
					raw = rest
					break
				}
			}
			if got := detect(raw, "en"); got != n {
				t.Errorf("%s in %s is taken for %s", lang, n, got)
			}
		}
	}
}

func TestMarkDecides(t *testing.T) {
	for raw, want := range map[string]Name{
		"\xef\xbb\xbfa": UTF8, "\xff\xfea\x00": UTF16LE, "\xfe\xff\x00a": UTF16BE, "\xff\xfe\x00\x00a\x00\x00\x00": UTF32LE, "\x00\x00\xfe\xff\x00\x00\x00a": UTF32BE,
	} {
		if got := detect(raw); got != want || decode(t, raw, got) != "a" {
			t.Errorf("%q is taken for %s", raw, got)
		}
	}
}

func TestAWrongByteDoesNotSpoilUTF8(t *testing.T) {
	for lang, c := range texts {
		for _, wrong := range []string{"\xff", "\xc3", "\xa9", "\x80"} {
			if got := detect(wrong+c.text, lang); got != UTF8 {
				t.Errorf("%q before %s: %s", wrong, lang, got)
			}
			if got := detect(c.text+wrong, lang); got != UTF8 {
				t.Errorf("%q behind %s: %s", wrong, lang, got)
			}
		}
	}
	if got := detect("Stra\xc3\x9fe nach K\xf6ln", "de"); got != UTF8 {
		t.Errorf("two authors: %s", got)
	}
}

func TestSmallAndOddTexts(t *testing.T) {
	for raw, want := range map[string]Name{
		"": UTF8, "plain": UTF8, "a\x00b": UTF8, "\x00\x01\x02\x03": UTF8, "caf\xe9": Western, "Gr\xfc\xdfe": Western, "\x1b[31mred\x1b[0m": UTF8, "\xe9": Western,
	} {
		if got := detect(raw, "en"); got != want {
			t.Errorf("%q: %s, want %s", raw, got, want)
		}
	}
}

// Signs are as usual in a text as letters, and may be all that is not ASCII.
func TestSignsOfWesternTexts(t *testing.T) {
	for _, text := range []string{"25 °C", "10 €", "« Bonjour ! »", "© 2026", "3 × 4 m²", "½ l", "“quoted”", "it’s", "a – b", "5\u00a0%", "señor, ¿qué?"} {
		raw := encode(t, text, Western)
		for _, reader := range []string{"en", "fr", "de", ""} {
			if got := detect(raw, reader); decode(t, raw, got) != text {
				t.Errorf("%s is taken for %s by somebody who reads %q", text, got, reader)
			}
		}
	}
}

func TestEveryNameHasAnEncoding(t *testing.T) {
	for _, c := range Choices() {
		if n, ok := Find(string(c.Name)); !ok || n != c.Name {
			t.Errorf("%s is not found", c.Name)
		}
		if got := decode(t, encode(t, "plain", c.Name), c.Name); got != "plain" {
			t.Errorf("%s: %q", c.Name, got)
		}
	}
	for lang, names := range byLanguage {
		for _, n := range names {
			if _, ok := Find(string(n)); !ok {
				t.Errorf("%s: %s is no choice", lang, n)
			}
		}
	}
	for _, name := range []string{"", "utf-7", "UTF-8", "../x"} {
		if n, ok := Find(name); ok {
			t.Errorf("%q is %s", name, n)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, c := range texts {
		f.Add([]byte(c.text), "de", 3)
	}
	f.Fuzz(func(t *testing.T, text []byte, lang string, part int) {
		tag, err := language.Parse(lang)
		if err != nil || part < 1 {
			return
		}
		var whole, parts Sample
		whole.Write(text)
		for rest := text; len(rest) > 0; rest = rest[min(part, len(rest)):] {
			parts.Write(rest[:min(part, len(rest))])
		}
		got := whole.Detect([]language.Tag{tag})
		if other := parts.Detect([]language.Tag{tag}); got != other {
			t.Errorf("%s at once, %s in parts", got, other)
		}
		if _, ok := Find(string(got)); !ok {
			t.Errorf("%q", got)
		}
		if len(text) < headBytes && utf8.Valid(text) && isASCII(text) && got.Unit() == 1 && got != UTF8 && got != ISO2022JP {
			t.Errorf("ASCII is taken for %s", got)
		}
	})
}
