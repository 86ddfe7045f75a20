package app

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

// numbers writes numbers as the language does that the window speaks. Like the
// functions of Fyne's package lang it is the same for the whole program.
var numbers = message.NewPrinter(language.English)

// Speak chooses the language of the window, and of what Fyne itself says in
// it: want, a tag of BCP 47 such as "de", or for "" the one the system is set
// to. It is called once, before [New]. The files <language>.json in the root
// of locales are in the form of go-i18n; what a language has no word for stays
// English. (Fyne's own way, AddTranslations, always follows the system, and
// answers for a language that only Fyne knows with half of its words.)
func Speak(locales fs.FS, want string) error {
	tags, err := languages(locales)
	if err != nil {
		return err
	}
	wishes := []string{want}
	if want == "" {
		wishes, _ = locale.GetLocales() // without any it is English
	}
	tag := spoken(tags, wishes)
	bundle, err := readWords(locales, language.English, tag)
	if err != nil {
		return err
	}
	latin, _ := tag.SetTypeForKey("nu", "latn") // the digits that addresses and names of files have
	numbers = message.NewPrinter(latin)
	t := translator{i18n.NewLocalizer(bundle, tag.String())}
	lang.X, lang.XN = t.text, t.plural
	lang.L = func(key string, data ...any) string { return t.text(key, key, data...) }
	lang.N = func(key string, count int, data ...any) string { return t.plural(key, key, count, data...) }
	return nil
}

// languages returns those that there are words of, English first.
func languages(locales fs.FS) ([]language.Tag, error) {
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

// readWords reads no other languages than these: each takes a megabyte.
func readWords(locales fs.FS, tags ...language.Tag) (*i18n.Bundle, error) {
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

// spoken returns the language that the window speaks to a person who would
// like one of wishes, best first. It is English where there is no other, or
// where Fyne could not draw it: Fyne writes from left to right alone, and has
// no glyphs of its own for some scripts.
func spoken(tags []language.Tag, wishes []string) language.Tag {
	var wished []language.Tag
	for _, w := range wishes {
		if tag, err := language.Parse(w); err == nil {
			wished = append(wished, tag)
		}
	}
	_, i, confidence := language.NewMatcher(tags).Match(wished...)
	if len(wished) == 0 || confidence == language.No || !drawable(tags[i]) {
		return language.English
	}
	return tags[i]
}

// translator answers for Fyne's package lang.
type translator struct{ localizer *i18n.Localizer }

func (t translator) text(key, english string, data ...any) string {
	return t.say(key, english, nil, data)
}

func (t translator) plural(key, english string, count int, data ...any) string {
	return t.say(key, english, count, data)
}

// say ignores that a text is not translated: then it is said in English.
func (t translator) say(key, english string, count any, data []any) string {
	c := &i18n.LocalizeConfig{DefaultMessage: &i18n.Message{ID: key, Other: english}, PluralCount: count}
	if len(data) > 0 {
		c.TemplateData = data[0]
	}
	if said, _ := t.localizer.Localize(c); said != "" {
		return said
	}
	return english
}

// phrase marks a text that is translated where it is shown.
func phrase(english string) string { return english }
