//go:build unix

package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// engine is a browser with one tab. An element is a JavaScript expression.
type engine interface {
	open(address string) error                         // until the page is there
	evaluate(expression string) (value any, err error) // as JSON has it
	click(element string) error
	keys(text string) error // typed where the focus is
	setFiles(element string, paths []string) error
}

// engines start a browser that saves what it downloads in a folder and ends with
// the test.
var engines = map[string]func(t *testing.T, downloads string) engine{
	"Chromium": newChromium,
	"Firefox":  newFirefox,
	"WebKit":   newWebKit,
}

// chromium is the context of one of its tabs.
type chromium struct{ tab context.Context }

func newChromium(t *testing.T, downloads string) engine {
	t.Helper()
	tab := browser(t)
	command(t, tab, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: downloads,
	})
	return chromium{tab}
}

func (c chromium) open(address string) error {
	ctx, cancel := context.WithTimeout(c.tab, timeout)
	defer cancel()
	return navigate(ctx, address)
}

func (c chromium) evaluate(expression string) (any, error) {
	ctx, cancel := context.WithTimeout(c.tab, timeout)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[any](expression))
}

func (c chromium) click(element string) error {
	return run(c, chromedp.Click(chromedp.JSPath(element)))
}

func (c chromium) keys(text string) error { return run(c, chromedp.KeyEvent(text)) }

func (c chromium) setFiles(element string, paths []string) error {
	return run(c, chromedp.SetUploadFiles(chromedp.JSPath(element), paths))
}

func run[T any](c chromium, action chromedp.Action[T]) error {
	ctx, cancel := context.WithTimeout(c.tab, timeout)
	defer cancel()
	_, err := chromedp.Run(ctx, action)
	return err
}

// visitor is a person at a browser.
type visitor struct {
	browser   engine
	downloads string // the folder of what the browser downloads
}

func (v visitor) visit(t *testing.T, address string) {
	t.Helper()
	if err := v.browser.open(address); err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
}

// finds waits until an expression is true in the page. While it fails it is not:
// a page that is just being loaded lacks what it looks at.
func (v visitor) finds(t *testing.T, what, expression string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			page, err := v.browser.evaluate(`location.href + "\n" + document.body.innerText`)
			t.Logf("The page is %v, %v", page, err)
		}
	}()
	eventually(t, what, func() bool {
		holds, err := v.browser.evaluate("Boolean(" + expression + ")")
		return err == nil && holds == true
	})
}

// reads waits until the page says something.
func (v visitor) reads(t *testing.T, text string) {
	t.Helper()
	v.finds(t, "the page says "+text, fmt.Sprintf(`document.body.innerText.includes(%s)`, quote(t, text)))
}

// isAt waits until the browser is at an address, and its page says something.
func (v visitor) isAt(t *testing.T, address, text string) {
	t.Helper()
	v.finds(t, "the browser is at "+address+" and shows "+text,
		fmt.Sprintf(`document.readyState === "complete" && location.href === %s && document.body.innerText.includes(%s)`, quote(t, address), quote(t, text)))
}

// presses clicks on the visible button, link or menu with a name, in the dialog if
// one is open, as soon as there is one. If none has it, one whose name begins so
// will do.
func (v visitor) presses(t *testing.T, name string) {
	t.Helper()
	v.clicks(t, name, fmt.Sprintf(`((all, name) => all.find(e => name(e) === %[1]s) || all.find(e => name(e).startsWith(%[1]s)))(
		[...(document.querySelector("dialog[open]") || document).querySelectorAll("button, a, summary, [role=menuitem]")].filter(e => e.checkVisibility()),
		e => (e.getAttribute("aria-label") || e.innerText).trim())`, quote(t, name)))
}

// ticks clicks on the label of a file's or folder's checkbox, which itself may be
// drawn by the label.
func (v visitor) ticks(t *testing.T, name string) {
	t.Helper()
	v.clicks(t, "the checkbox of "+name, fmt.Sprintf(`(e => e && (e.labels[0] || e))([...document.querySelectorAll("input[type=checkbox]")].find(e => e.value === %s))`, quote(t, name)))
}

func (v visitor) clicks(t *testing.T, what, element string) {
	t.Helper()
	v.finds(t, "there is "+what, element)
	if err := v.browser.click(element); err != nil {
		t.Fatalf("click on %s: %v", what, err)
	}
}

// types types into the field that has a name in its form.
func (v visitor) types(t *testing.T, field, text string) {
	t.Helper()
	v.clicks(t, "the field "+field, fmt.Sprintf(`document.querySelector("input[name=%s]:not([type=hidden])")`, field))
	if err := v.browser.keys(text); err != nil {
		t.Fatalf("type into %s: %v", field, err)
	}
}

func (v visitor) key(t *testing.T, text string) {
	t.Helper()
	if err := v.browser.keys(text); err != nil {
		t.Fatalf("press %q: %v", text, err)
	}
}

// adds chooses files to add.
func (v visitor) adds(t *testing.T, paths []string) {
	t.Helper()
	const field = `document.querySelector("input[type=file][multiple]")`
	v.finds(t, "the page takes files", field)
	if err := v.browser.setFiles(field, paths); err != nil {
		t.Fatalf("choose files: %v", err)
	}
}

// The actions of WebDriver and of WebDriver BiDi have the same form.
func keyActions(text string) []any {
	var strokes []any
	for _, r := range text {
		strokes = append(strokes, map[string]any{"type": "keyDown", "value": string(r)}, map[string]any{"type": "keyUp", "value": string(r)})
	}
	return []any{map[string]any{"type": "key", "id": "keyboard", "actions": strokes}}
}

// protocolError is what a browser answers in both protocols if it cannot.
func protocolError(answer map[string]any) error {
	if answer["error"] == nil {
		return nil
	}
	return fmt.Errorf("%v: %v", answer["error"], answer["message"])
}

// decode reads JSON that a page has written.
func decode(text any) (value any, err error) {
	s, ok := text.(string)
	if !ok {
		return nil, errors.New("the expression has no value")
	}
	return value, json.NewDecoder(strings.NewReader(s)).Decode(&value)
}
