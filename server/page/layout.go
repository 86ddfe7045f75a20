package page

import (
	"context"
	"errors"
	"html/template"
	"io"
	"iter"

	"windowsill/server/worker"
)

// The jobs that format a text in UTF-8 as HTML. A malicious text may make them
// take much time or memory.
const (
	markdownJob = "markdown"
	commaJob    = "comma-separated"
	tabJob      = "tab-separated"
)

// Jobs returns the jobs that workers do for pages.
func Jobs() map[string]worker.Job {
	return map[string]worker.Job{
		markdownJob: layOutMarkdown,
		commaJob:    func(in []byte, out io.Writer) error { return layOutTable(in, out, false) },
		tabJob:      func(in []byte, out io.Writer) error { return layOutTable(in, out, true) },
	}
}

// The output of a job begins with a byte that says whether it is the whole text,
// and whether there is a quotation mark in it that is never closed.
const (
	allOfIt      = "+"
	partOfIt     = "-"
	allUnclosed  = "A"
	partUnclosed = "P"
)

// layoutJob returns the job that formats a text of a media type; "" if it is shown
// as plain text.
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
	laidOut        // formatted
	tooMuch        // as it is, because formatting exceeds a limit
	notNow         // as it is, because no worker is available
)

// layOut has a worker format the text as HTML. The error is ctx's, or why the file
// could not be read.
func (t *text) layOut(ctx context.Context, workers *worker.Pool, device, job string, w *words) error {
	if _, err := t.from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decoded, _ := t.reader()
	if job == markdownJob {
		decoded = markdownInput(w, decoded)
	}
	html, err := workers.Do(ctx, device, job, decoded)
	if err == nil {
		var first [1]byte
		if _, err := io.ReadFull(html, first[:]); err != nil {
			return err
		}
		t.job, t.layout, t.html, t.extent = job, laidOut, html, string(first[:])
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

// Formatted, Tabular, TooMuch and NotNow report how the text is shown, unless it is
// plain text.
func (t *text) Formatted() bool { return t.layout == laidOut && t.job == markdownJob }
func (t *text) Tabular() bool   { return t.layout == laidOut && t.job != markdownJob }
func (t *text) TooMuch() bool   { return t.layout == tooMuch }
func (t *text) NotNow() bool    { return t.layout == notNow }

// Trimmed reports whether the layout shows only a part.
func (t *text) Trimmed() bool { return t.extent == partOfIt || t.extent == partUnclosed }

// Unclosed reports whether a quotation mark in a table is never closed.
func (t *text) Unclosed() bool { return t.extent == allUnclosed || t.extent == partUnclosed }

// HTML yields the formatted text.
func (t *text) HTML() iter.Seq[template.HTML] {
	return func(yield func(template.HTML) bool) {
		buf := make([]byte, bytesPerWrite)
		for {
			n, err := t.html.Read(buf)
			if !yield(template.HTML(buf[:n])) || err != nil {
				return
			}
		}
	}
}
