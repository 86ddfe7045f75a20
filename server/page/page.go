package page

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"sync"

	"golang.org/x/text/language"
)

// Pages renders folders, files, searches, messages and the door in one language. It
// is safe for concurrent use. It has many methods, one for each page and format.
type Pages struct {
	words     *words
	templates *template.Template
	assets    assetSet
	version   string // changes with the templates, assets and translations
	others    *translations
}

// New reads the templates (*.html) and the assets (style, scripts and pictures)
// from the root of files, and the translations from the root of locales:
// <language>.json in the format of go-i18n, with the English texts as keys. It
// returns the English pages, and an error if a file that they need is missing or
// invalid. Other languages are read when they are first needed.
func New(files, locales fs.FS) (*Pages, error) {
	// Each takes longer than a millisecond, and a person waits for the program to start.
	assets := sync.OnceValues(func() (assetSet, error) { return readAssets(files) })
	version := sync.OnceValues(func() (string, error) { return versionOf(files, locales) })
	go assets()
	go version()
	t := new(translations)
	t.make = func(tag language.Tag) (*Pages, error) {
		words, err := readWords(locales, tag)
		if err != nil {
			return nil, fmt.Errorf("page: language %s: %w", tag, err)
		}
		p := &Pages{words: words, others: t}
		if err := p.parse(files); err != nil {
			return nil, fmt.Errorf("page: templates: %w", err)
		}
		if p.assets, err = assets(); err != nil {
			return nil, fmt.Errorf("page: assets: %w", err)
		}
		if p.version, err = version(); err != nil {
			return nil, fmt.Errorf("page: %w", err)
		}
		p.version += tag.String()
		return p, nil
	}
	if err := t.find(locales); err != nil {
		return nil, fmt.Errorf("page: languages: %w", err)
	}
	return t.pages[0]()
}

// parse parses the templates, whose functions use the words of p.
func (p *Pages) parse(files fs.FS) (err error) {
	p.templates, err = template.New("").Funcs(template.FuncMap{
		"asset":   p.address,
		"modules": p.modules,
		"lang":    p.words.tag.String,
		"dir":     p.words.direction,
		"t":       p.words.text,
		"n":       p.words.plural,
		"number":  p.words.number,
		"size":    p.words.size,
		"forms":   p.words.pluralForms,
		"units":   p.words.units,
	}).ParseFS(files, "*.html")
	if err != nil {
		return err
	}
	for _, name := range []string{folderTemplate, searchTemplate, openedTemplate, messageTemplate, doorTemplate, textTemplate, warningTemplate, trustTemplate, awayTemplate} {
		if p.templates.Lookup(name) == nil {
			return fmt.Errorf("%s: %w", name, fs.ErrNotExist)
		}
	}
	return nil
}

const (
	folderTemplate  = "folder.html"
	searchTemplate  = "search.html"
	openedTemplate  = "opened.html"
	messageTemplate = "message.html"
	doorTemplate    = "door.html"
	textTemplate    = "text.html"
	warningTemplate = "warning.html"
	trustTemplate   = "trust.html"
	awayTemplate    = "away.html"
)

// Message is what a device gets instead of a file or folder. Its texts are
// English, and translated as far as there are translations.
type Message struct {
	Status int    // of the HTTP answer, RFC 9110 section 15
	Title  string // a few words
	Text   string // a sentence or two: what happened, and what to do
	Home   bool   // offer a link to the share's start page
}

// Message writes a page that shows m.
func (p *Pages) Message(w io.Writer, m Message) error {
	return p.execute(w, messageTemplate, m)
}

// execute executes a template with buffered writes.
func (p *Pages) execute(w io.Writer, name string, data any) error {
	b := bufio.NewWriterSize(w, 16<<10)
	if err := p.templates.ExecuteTemplate(b, name, data); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return b.Flush()
}
