// Package page shows a folder of the share to a browser as HTML, and to a
// program as JSON, and so what was searched for below it. It shows one file:
// a picture, a film, music or text. It also renders the
// messages that a visitor gets instead, and the door that whoever is not in
// stands before.
//
// It writes to an [io.Writer] what it is given: it never opens a file, speaks
// no HTTP and decides nothing about who may see what.
//
// A text may come from anybody. As it is, it is shown while it is read; what
// makes something else of it, such as Markdown, is done by workers (see
// [Jobs]), which can be ended.
package page

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"golang.org/x/text/language"
)

// Pages renders folders, searches, messages and the door in one language. It
// is safe for concurrent use.
type Pages struct {
	words     *words
	templates *template.Template
	assets    assetSet
	version   string // changes with anything that pages are made of
	others    *translations
}

// New reads the templates (*.html) and the files that belong to them (style,
// script and pictures) from the root of files, and what they say in other
// languages from that of locales: <language>.json in the form of go-i18n, the
// keys being the English texts. It returns the English pages, and fails if a
// file that they need is missing or wrong. Other languages are read when
// somebody reads them.
func New(files, locales fs.FS) (*Pages, error) {
	assets, err := readAssets(files)
	if err != nil {
		return nil, fmt.Errorf("page: assets: %w", err)
	}
	version, err := versionOf(files, locales)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	t := new(translations)
	t.make = func(tag language.Tag) (*Pages, error) {
		words, err := readWords(locales, tag)
		if err != nil {
			return nil, fmt.Errorf("page: language %s: %w", tag, err)
		}
		p := &Pages{words: words, assets: assets, version: version + tag.String(), others: t}
		if err := p.parse(files); err != nil {
			return nil, fmt.Errorf("page: templates: %w", err)
		}
		return p, nil
	}
	if err := t.find(locales); err != nil {
		return nil, fmt.Errorf("page: languages: %w", err)
	}
	return t.pages[0]()
}

// parse reads the templates, which take their words from p's.
func (p *Pages) parse(files fs.FS) (err error) {
	p.templates, err = template.New("").Funcs(template.FuncMap{
		"asset":  p.address,
		"lang":   p.words.tag.String,
		"dir":    p.words.direction,
		"t":      p.words.text,
		"n":      p.words.plural,
		"number": p.words.number,
		"size":   p.words.size,
		"forms":  p.words.pluralForms,
		"units":  p.words.units,
	}).ParseFS(files, "*.html")
	if err != nil {
		return err
	}
	for _, name := range []string{folderTemplate, searchTemplate, openedTemplate, messageTemplate, doorTemplate, textTemplate} {
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
)

// Message is what a visitor gets instead of a file or folder. Its texts are
// English; those there is a translation of are shown in it.
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

// execute gathers the many small writes of a template into a few large ones.
func (p *Pages) execute(w io.Writer, name string, data any) error {
	b := bufio.NewWriterSize(w, 16<<10)
	if err := p.templates.ExecuteTemplate(b, name, data); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return b.Flush()
}
