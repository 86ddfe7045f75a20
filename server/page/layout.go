package page

import (
	"context"
	"errors"
	"html/template"
	"io"
	"iter"

	"windowsill/server/worker"
)

// The jobs that make HTML of a text in UTF-8. Whoever wrote the text may make
// them slow, or greedy.
const (
	markdownJob = "markdown"
	commaJob    = "comma-separated"
	tabJob      = "tab-separated"
)

// Jobs are what workers do for pages.
func Jobs() map[string]worker.Job {
	return map[string]worker.Job{
		markdownJob: layOutMarkdown,
		commaJob:    func(in []byte, out io.Writer) error { return layOutTable(in, out, false) },
		tabJob:      func(in []byte, out io.Writer) error { return layOutTable(in, out, true) },
	}
}

// The output of a job begins with a byte that says whether it is all of the text.
const (
	allOfIt  = "+"
	partOfIt = "-"
)

// layoutJob is the job that lays out a text of a media type; "" if it is shown
// as it is.
func layoutJob(ctype string) string {
	switch ctype {
	case "text/markdown":
		return markdownJob
	case "text/csv":
		return commaJob
	case "text/tab-separated-values":
		return tabJob
	}
	return ""
}

// layout is how a text is shown.
type layout int

const (
	asItIs  layout = iota
	laidOut        // as its writer meant it
	tooMuch        // as it is, because the layout goes beyond a bound
	notNow         // as it is, because no worker could lay it out at present
)

// layOut has a worker make HTML of the text, if it can. It returns ctx's error, or why the file could not be read.
func (t *text) layOut(ctx context.Context, workers *worker.Pool, device, job string) error {
	if _, err := t.from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decoded, _ := t.reader()
	html, err := workers.Do(ctx, device, job, decoded)
	if err == nil {
		var first [1]byte
		if _, err := io.ReadFull(html, first[:]); err != nil {
			return err
		}
		t.job, t.layout, t.html, t.partly = job, laidOut, html, string(first[:]) == partOfIt
		return nil
	}
	_, refused := errors.AsType[*worker.JobError](err)
	switch {
	case refused, errors.Is(err, worker.ErrBeyond):
		t.layout = tooMuch
	case errors.Is(err, worker.ErrUnavailable):
		t.layout = notNow
	default:
		return err
	}
	return nil
}

// Formatted, Tabular, TooMuch and NotNow report how the text is shown, if not
// as it is and was meant.
func (t *text) Formatted() bool { return t.layout == laidOut && t.job == markdownJob }
func (t *text) Tabular() bool   { return t.layout == laidOut && t.job != markdownJob }
func (t *text) TooMuch() bool   { return t.layout == tooMuch }
func (t *text) NotNow() bool    { return t.layout == notNow }

// Trimmed reports whether there is more than the layout shows.
func (t *text) Trimmed() bool { return t.partly }

// HTML yields the text as it was laid out.
func (t *text) HTML() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		buf := make([]byte, perWrite)
		for {
			n, err := t.html.Read(buf)
			if !yield(template.HTML(buf[:n])) || err != nil {
				return
			}
		}
	}
}
