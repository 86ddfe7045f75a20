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
	tableJob    = "table"
)

// Jobs returns the jobs that workers do for pages.
func Jobs() map[string]worker.Job {
	return map[string]worker.Job{
		markdownJob: layOutMarkdown,
		tableJob:    layOutTable,
	}
}

// The output of a job begins with a byte that says whether it shows all that it was
// given.
const (
	allOfIt  = "+"
	partOfIt = "-"
)

// tabSeparated is the type of tables whose cells are separated by tabs in any case.
const tabSeparated = "text/tab-separated-values"

// layoutJob returns the job that formats a text of a media type; "" if it is shown
// as plain text.
func layoutJob(ctype string) string {
	switch ctype {
	case "text/markdown":
		return markdownJob
	case "text/csv", tabSeparated:
		return tableJob
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
	var input io.Reader
	if job == markdownJob {
		decoded, _ := t.reader(t.shown)
		input = markdownInput(w, decoded)
	} else {
		input = &tableInput{ctx: ctx, text: t}
	}
	html, err := workers.Do(ctx, device, job, input)
	if err == nil {
		var first [1]byte
		if _, err := io.ReadFull(html, first[:]); err != nil {
			return err
		}
		t.job, t.layout, t.html, t.extent = job, laidOut, html, string(first[:])
		if t.Tabular() {
			t.shown = min(t.size, maxTable)
		}
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
func (t *text) Trimmed() bool { return t.extent == partOfIt || t.rows.cut }

// Unclosed reports whether a quotation mark in a table is never closed.
func (t *text) Unclosed() bool { return t.Tabular() && t.rows.unclosed }

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
