package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"fyne.io/fyne/v2/lang"
	locale "github.com/jeandeaual/go-locale"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// numbers formats numbers for the language in use. Like the functions of Fyne's
// package lang it is set once for the whole program.
var numbers = message.NewPrinter(language.English)

// SetLanguage chooses the language of the window, including Fyne's own dialogs.
// want is a BCP 47 tag such as "de"; "" means the system's language. Call it
// before any text is made. locales has a file <tag>.json in its root for each
// language, in the format of go-i18n; a text that is not in it stays English.
//
// Fyne's own AddTranslations always follows the system, and mixes two languages
// where Fyne has been translated and the program has not.
func SetLanguage(locales fs.FS, want string) error {
	tags, err := localeTags(locales)
	if err != nil {
		return err
	}
	preferred := []string{want}
	if want == "" {
		preferred, _ = locale.GetLocales() // English if there are none
	}
	tag := bestMatch(tags, preferred)
	bundle, err := readMessages(locales, language.English, tag)
	if err != nil {
		return err
	}
	latin, _ := tag.SetTypeForKey("nu", "latn") // the digits of addresses and file names
	numbers = message.NewPrinter(latin)
	t := translator{i18n.NewLocalizer(bundle, tag.String())}
	lang.X, lang.XN = t.text, t.plural
	lang.L = func(key string, data ...any) string { return t.text(key, key, data...) }
	lang.N = func(key string, count int, data ...any) string { return t.plural(key, key, count, data...) }
	return nil
}

// Languages returns the tags of those languages in locales that Fyne can draw.
func Languages(locales fs.FS) (tags []string) {
	names, _ := fs.Glob(locales, "*.json") // fails only for a bad pattern
	for _, name := range names {
		tag := strings.TrimSuffix(name, ".json")
		if drawable(language.Make(tag)) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// Phrase marks a text for translation that is translated later, where it is
// shown.
func Phrase(english string) string { return english }

// localeTags returns the languages in locales, English first.
func localeTags(locales fs.FS) ([]language.Tag, error) {
	names, err := fs.Glob(locales, "*.json")
	if err != nil {
		return nil, err
	}
	tags := []language.Tag{language.English}
	for _, name := range names {
		tag, err := language.Parse(strings.TrimSuffix(name, ".json"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if tag != language.English {
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

// readMessages reads only the languages that are needed: each takes a megabyte.
func readMessages(locales fs.FS, tags ...language.Tag) (*i18n.Bundle, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, tag := range tags {
		name := tag.String() + ".json"
		if _, err := bundle.LoadMessageFileFS(locales, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return bundle, nil
}

// bestMatch returns the tag that suits a person who prefers these languages,
// best first. It is English if nothing matches or Fyne cannot draw the match.
func bestMatch(tags []language.Tag, preferred []string) language.Tag {
	var wanted []language.Tag
	for _, p := range preferred {
		p, _, _ = strings.Cut(p, "@") // a locale of POSIX may have a modifier: ca_ES@valencia
		if tag, err := language.Parse(p); err == nil {
			wanted = append(wanted, tag)
		}
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if len(wanted) == 0 || confidence == language.No || !drawable(tags[i]) {
		return language.English
	}
	return tags[i]
}

// translator implements the functions of Fyne's package lang.
type translator struct{ localizer *i18n.Localizer }

func (t translator) text(key, english string, data ...any) string {
	return t.translate(key, english, nil, data)
}

func (t translator) plural(key, english string, count int, data ...any) string {
	return t.translate(key, english, count, data)
}

// translate falls back to English where there is no translation.
func (t translator) translate(key, english string, count any, data []any) string {
	c := &i18n.LocalizeConfig{DefaultMessage: &i18n.Message{ID: key, Other: english}, PluralCount: count}
	if len(data) > 0 {
		c.TemplateData = data[0]
	}
	if text, _ := t.localizer.Localize(c); text != "" {
		return text
	}
	return english
}
