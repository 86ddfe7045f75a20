package page

import (
	"encoding/json"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// words are the texts of the pages in one language. The key of a text is the
// English one; {{.Name}} in it stands for a value. A missing text stays English.
type words struct {
	tag       language.Tag
	plain     map[string]string        // texts without plural forms
	forms     map[string]*i18n.Message // texts with plural forms
	localizer *i18n.Localizer          // for plural forms
	printer   *message.Printer         // for whole numbers
	point     string                   // the decimal separator
}

// readWords reads the file of a language, <language>.json in the form of
// go-i18n, from the root of locales.
func readWords(locales fs.FS, tag language.Tag) (*words, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	file, err := bundle.LoadMessageFileFS(locales, tag.String()+".json")
	if err != nil {
		return nil, err
	}
	latin, _ := tag.SetTypeForKey("nu", "latn") // the digits that names of files have
	w := &words{
		tag:       tag,
		plain:     map[string]string{},
		forms:     map[string]*i18n.Message{},
		localizer: i18n.NewLocalizer(bundle, tag.String()),
		printer:   message.NewPrinter(latin),
	}
	w.point = strings.Trim(w.printer.Sprint(number.Decimal(1.5)), "15")
	for _, m := range file.Messages {
		w.plain[m.ID], w.forms[m.ID] = m.Other, m
	}
	return w, nil
}

// text translates key, an English text. Pairs of a name and its value, as in
// "Name", "a.jpg", replace what is in braces.
func (w *words) text(key string, pairs ...string) string {
	said := w.plain[key]
	if said == "" {
		said = key
	}
	if len(pairs) == 0 {
		return said
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(said, "{{.")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		var name string
		name, said, _ = strings.Cut(rest, "}}")
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				b.WriteString(pairs[i+1])
			}
		}
	}
}

// plural translates key in the plural form for count, which replaces {{.Count}}.
func (w *words) plural(key string, count int) string {
	said, err := w.localizer.Localize(&i18n.LocalizeConfig{
		DefaultMessage: &i18n.Message{ID: key, Other: key},
		TemplateData:   map[string]string{"Count": w.number(count)},
		PluralCount:    count,
	})
	if err != nil && said == "" {
		return key // better than nothing
	}
	return said
}

// number formats a whole number: "100,000".
func (w *words) number(n int) string { return w.printer.Sprint(number.Decimal(n)) }

// noBreak is a no-break space.
const noBreak = "\u00a0"

var units = [...]string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}

// size formats a number of bytes in decimal units, with at most one digit after
// the decimal separator: "2.4 MB".
func (w *words) size(bytes int64) string {
	n, unit := float64(bytes), 0
	// Rounded first, so that 999,950 bytes are 1 MB and not 1000 kB.
	for rounded(n, unit) >= 1000 && unit < len(units)-1 {
		n, unit = n/1000, unit+1
	}
	said := strconv.FormatFloat(rounded(n, unit), 'f', -1, 64)
	return strings.Replace(said, ".", w.point, 1) + noBreak + w.text(units[unit])
}

func rounded(n float64, unit int) float64 {
	if unit == 0 {
		return n
	}
	return math.Round(n*10) / 10
}

// date formats the date of t.
func (w *words) date(t time.Time) string { return t.Format(w.text("2 Jan 2006")) }

// direction returns the writing direction, as in HTML's dir attribute.
func (w *words) direction() string {
	if script, _ := w.tag.Script(); script.String() == "Arab" || script.String() == "Hebr" {
		return "rtl"
	}
	return "ltr"
}
