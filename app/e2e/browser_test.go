//go:build unix

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser starts a headless browser, which ends with the test.
func browser(t *testing.T, flags ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := need(t, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
	if exec.CommandContext(t.Context(), path, "--version").Run() != nil {
		missing(t, "a Chromium that starts") // Ubuntu has a chromium-browser that only says where to get it
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.WSURLReadTimeout(2*timeout),
		chromedp.Env("TMPDIR="+shortDir(t)),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"),
	)
	options = append(options, flags...)
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to run one for root
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// shortDir returns a new folder for the files that a browser leaves behind. The names of
// tests would be too long: the path of a socket has at most 107 bytes.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// newTab opens one more tab in a browser.
func newTab(t *testing.T, ctx context.Context) context.Context {
	t.Helper()
	tab, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(tab); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	return tab
}

// do does one thing in a browser, which must not take longer than timeout.
func do[T any](t *testing.T, ctx context.Context, what string, action chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	return result
}

// command sends a command of the DevTools protocol.
func command[P, R any](t *testing.T, ctx context.Context, c cdp.Command[P, R], params P) {
	t.Helper()
	do(t, ctx, string(c.Method), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, c, params)
		return err
	}))
}

// openPage opens an address in a browser.
func openPage(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := navigate(ctx, address); err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
}

// navigate opens an address. Chromium gives up what it loads when an interface comes or
// goes, as those of other tests do, and would try again by itself later.
func navigate(ctx context.Context, address string) error {
	for {
		if _, err := chromedp.Run(ctx, chromedp.Navigate(address)); err == nil || !strings.Contains(err.Error(), "ERR_NETWORK_CHANGED") {
			return err
		}
	}
}

// waitForPage waits until a browser is at an address and its page holds a text.
func waitForPage(t *testing.T, ctx context.Context, address, text string) {
	t.Helper()
	waitForScript(t, ctx, "the browser is at "+address+" and shows "+text,
		fmt.Sprintf(`location.href === %s && document.body.innerText.includes(%s)`, quote(t, address), quote(t, text)))
}

// waitForText waits until an element that is visible holds a text.
func waitForText(t *testing.T, ctx context.Context, selector, text string) {
	t.Helper()
	waitForScript(t, ctx, selector+" says "+text,
		fmt.Sprintf(`[...document.querySelectorAll(%s)].some(e => e.checkVisibility() && e.textContent.includes(%s))`, quote(t, selector), quote(t, text)))
}

// waitForScript waits until a script in the page is true. While it fails it is
// not: a page that is just being loaded lacks what the script looks at.
func waitForScript(t *testing.T, ctx context.Context, what, script string) {
	t.Helper()
	eventually(t, what, func() bool {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		return err == nil && is
	})
}

// evaluate runs a script in the page and returns its value.
func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	return do(t, ctx, script, chromedp.Evaluate[T](script))
}

// goBack goes back in the history, once the script has answered: the page that would
// answer may be gone otherwise.
func goBack(t *testing.T, ctx context.Context) {
	t.Helper()
	evaluate[bool](t, ctx, `!setTimeout(() => history.back())`)
}

// quote returns a text as a JavaScript string.
func quote(t *testing.T, text string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(quoted)
}

// follow clicks on a link or a button, and waits for the page it leads to.
func follow(t *testing.T, ctx context.Context, what chromedp.JSPath) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(what)); err != nil {
		t.Fatalf("click on %s: %v", what, err)
	}
}

// element is the first element that matches a CSS selector.
func element(t *testing.T, selector string) chromedp.JSPath {
	t.Helper()
	return chromedp.JSPath(fmt.Sprintf(`document.querySelector(%s)`, quote(t, selector)))
}

// linkWith is the first link whose text holds another.
func linkWith(t *testing.T, text string) chromedp.JSPath {
	t.Helper()
	return chromedp.JSPath(fmt.Sprintf(`[...document.links].find(a => a.textContent.includes(%s))`, quote(t, text)))
}

// submit clicks on the button with a text, and waits for the page it leads to.
func submit(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	follow(t, ctx, chromedp.JSPath(fmt.Sprintf(`[...document.querySelectorAll("button")].find(b => b.innerText === %s)`, quote(t, text))))
}

// press clicks on the button, menu or link with a name, in the dialog if one is
// open.
func press(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	button := chromedp.JSPath(fmt.Sprintf(
		`[...(document.querySelector("dialog[open]") || document).querySelectorAll("button, summary, a")].find(b => b.checkVisibility() && (b.getAttribute("aria-label") || b.innerText).trim() === %s)`, quote(t, name)))
	do(t, ctx, "press "+name, chromedp.Click(button))
}

// click clicks on one element after the other.
func click(t *testing.T, ctx context.Context, selectors ...string) {
	t.Helper()
	for _, selector := range selectors {
		do(t, ctx, "click on "+selector, chromedp.Click(chromedp.CSS(selector)))
	}
}

// fill types a text into a field of the page.
func fill(t *testing.T, ctx context.Context, selector, text string) {
	t.Helper()
	do(t, ctx, "type into "+selector, chromedp.SendKeys(chromedp.CSS(selector), text))
}

// pressKey presses and releases a key.
func pressKey(t *testing.T, ctx context.Context, key string) {
	t.Helper()
	do(t, ctx, "press "+key, chromedp.KeyEvent(key))
}

// touch puts fingers on the screen, moves them and lifts them. A step holds the
// coordinates of all fingers: x, y, x, y.
func touch(t *testing.T, ctx context.Context, steps ...[]float64) {
	t.Helper()
	kind := input.DispatchTouchEventTypeTouchStart
	for _, at := range steps {
		var fingers []*input.TouchPoint
		for i := 0; i < len(at); i += 2 {
			id := float64(i)
			fingers = append(fingers, &input.TouchPoint{X: at[i], Y: at[i+1], ID: &id})
		}
		command(t, ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: fingers})
		kind = input.DispatchTouchEventTypeTouchMove
	}
	command(t, ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
}

// chooseFiles chooses files in the page's file input.
func chooseFiles(t *testing.T, ctx context.Context, paths []string) {
	t.Helper()
	do(t, ctx, "choose files", chromedp.SetUploadFiles(chromedp.CSS(".pick input"), paths))
}

// limitUpload limits how many bytes a second a browser sends; -1 is no limit.
func limitUpload(t *testing.T, ctx context.Context, bytes float64) {
	t.Helper()
	command(t, ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{DownloadThroughput: -1, UploadThroughput: bytes}},
	})
}

// withoutScript switches JavaScript off.
func withoutScript(t *testing.T, ctx context.Context) {
	t.Helper()
	command(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// setLanguage sets the language that a browser asks for.
func setLanguage(t *testing.T, ctx context.Context, language string) {
	t.Helper()
	command(t, ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "Android", AcceptLanguage: language})
}

// screenSizes are the width and height, in CSS pixels, of the screens that pages
// have to fit.
var screenSizes = [][2]int64{{320, 568}, {390, 844}, {768, 1024}, {1440, 900}}

// setScreen sets the size of a browser's window, and the theme: light or dark.
func setScreen(t *testing.T, ctx context.Context, size [2]int64, theme string) {
	t.Helper()
	do(t, ctx, "set the screen's size", chromedp.EmulateViewport(size[0], size[1]))
	command(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: theme},
		{Name: "prefers-reduced-motion", Value: "reduce"}, // colours half way through a transition have no contrast
	}})
}
