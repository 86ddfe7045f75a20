package page

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Warning is the page for a browser that came without encryption to a share that is
// encrypted: it says how to get past the warning that comes next.
type Warning struct {
	To      string // the URL on which it goes on, "https://192.168.1.20:8000/"
	Browser Browser
}

// Browser says how a browser warns of a certificate that it does not trust.
type Browser int

// The browsers whose warnings are known.
const (
	OtherBrowser Browser = iota
	Chrome               // and all others of its engine
	Firefox
	Safari
)

// Chrome reports whether the browser warns as Chrome does.
func (w Warning) Chrome() bool { return w.Browser == Chrome }

// Firefox reports whether it warns as Firefox does.
func (w Warning) Firefox() bool { return w.Browser == Firefox }

// Safari reports whether it warns as Safari does.
func (w Warning) Safari() bool { return w.Browser == Safari }

// Warning writes the page. Its script goes on by itself if it can load a picture
// from /.windowsill/secure there.
func (p *Pages) Warning(w io.Writer, d Warning) error { return p.execute(w, warningTemplate, d) }

// Trust says how a device comes to trust this computer.
type Trust struct {
	Words     string // of the certificate
	Authority string // the fingerprint of what is to be trusted; "" if this computer has nothing of the kind
}

// Trust writes the page.
func (p *Pages) Trust(w io.Writer, d Trust) error { return p.execute(w, trustTemplate, d) }

// awayScript is the asset that begins to work behind what AwayWorker puts before it.
const awayScript = "away.js"

// AwayWorker writes the service worker that says in this language that the computer is
// gone. All that it ever shows is in it.
func (p *Pages) AwayWorker(w io.Writer) error {
	var gone strings.Builder
	if err := p.execute(&gone, awayTemplate, nil); err != nil {
		return err
	}
	text, err := json.Marshal(gone.String())
	if err != nil {
		return fmt.Errorf("page: %w", err)
	}
	script, ok := p.assets.byName[awayScript]
	if !ok {
		return fmt.Errorf("asset %s: %w", awayScript, fs.ErrNotExist)
	}
	_, err = fmt.Fprintf(w, "const gone = %s;\n%s", text, script.content)
	return err
}
