//go:build unix

package e2e

import (
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// evil is a script that leaves traces when it runs in a page.
const evil = `document.documentElement.dataset.ran=1;new Image().src="/ran-"+location.pathname;alert(1)`

// hostileShare makes a folder with names and contents that try to run scripts.
func hostileShare(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	names := []string{
		`<img src=x onerror=alert(1)>`, `"><script>alert(1)<`, `' onmouseover='alert(1)`, `javascript:alert(1)`, "data:text/html,<b onload=alert(1)>",
		"\u202egpj.exe", "\u2066<svg onload=alert(1)>", "a\nb\r\nSet-Cookie: a=b", "\xff<b>\xfe", "{{.}}${alert(1)}", "--><script>alert(1)", "&lt;img src=x onerror=alert(1)&gt;",
		"%3Cscript%3E", "..\\..\\x", "?open&thumb=160", "#", "\x1b[31m",
	}
	for _, extension := range []string{".txt", ".jpg", ".mp3", ".mp4", ".md", ".csv", ".svg", ".tiff", ".zip"} {
		for _, name := range names {
			writeFile(t, filepath.Join(dir, "Names", name+extension), hostileContent(extension), 0o644)
		}
	}
	writeFile(t, filepath.Join(dir, "Contents", "page.html"), `<title></title><script>`+evil+`</script>`, 0o644)
	for _, extension := range []string{".md", ".svg", ".csv", ".txt", ".json", ".xml", ".js", ".jpg", ".tsv"} {
		writeFile(t, filepath.Join(dir, "Contents", "x"+extension), hostileContent(extension), 0o644)
	}
	return dir
}

// hostileContent returns the content of a file that tries to run scripts.
func hostileContent(extension string) string {
	switch extension {
	case ".md":
		return "<script>" + evil + "</script>\n\n<img src=x onerror='" + evil + "'>\n\n[a](javascript:alert(1)) [b](java&#115;cript:alert(1)) ![c](x\" onerror=alert(1)) ![d](data:image/svg+xml,x)\n\n" +
			"<javascript:alert(1)>\n\n# <svg onload=alert(1)>\n\n|<script>alert(1)</script>|\n|-|\n|x|\n\n```<script>\n</code></pre><script>alert(1)</script>\n```\n"
	case ".csv", ".tsv":
		return "<script>" + evil + "</script>,\"</td><img src=x onerror=alert(1)>\"\n=HYPERLINK(\"javascript:alert(1)\"),<svg onload=alert(1)>\n"
	case ".svg":
		return `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>` + evil + `</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject></svg>`
	}
	return "</pre></span><script>" + evil + "</script><img src=x onerror='" + evil + "'>"
}

func TestScriptsInTheShareNeverRun(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	p := serve(t, "-port", port, hostileShare(t))
	ctx := browser(t)
	var dialogs atomic.Int32
	chromedp.Listen(ctx, func(ev any) {
		if _, ok := ev.(*page.EventJavascriptDialogOpening); ok {
			dialogs.Add(1)
		}
	})
	home := "http://127.0.0.1:" + port
	openPage(t, ctx, "data:text/html,<script>document.documentElement.dataset.ran=1</script>")
	if !evaluate[bool](t, ctx, `document.documentElement.dataset.ran === "1"`) {
		t.Fatal("A script that runs leaves no trace.")
	}
	check := func(address string) {
		t.Helper()
		openPage(t, ctx, address)
		ran := evaluate[bool](t, ctx, `document.documentElement.dataset.ran === "1"`)
		loaded := evaluate[bool](t, ctx, `[...document.querySelectorAll("script")].some(s => !s.src.startsWith(location.origin + "/.windowsill/"))`)
		if ran || loaded || dialogs.Load() > 0 {
			t.Fatalf("%s: a script of the share ran: %v, is in the page: %v, dialogs: %d", address, ran, loaded, dialogs.Load())
		}
	}
	for _, folder := range []string{"/Names/", "/Contents/"} {
		for _, view := range []string{"?view=gallery", "?sort=name#select", "?q=alert", "?q=%3Cscript%3Ealert(1)", "?view=list"} {
			check(home + folder + view)
		}
		links := evaluate[[]string](t, ctx, `[...document.querySelectorAll("a.open")].map(a => a.href.replace(/\?.*$/, "")).filter(a => !a.endsWith(".zip") && !a.endsWith(".html"))`)
		if len(links) < 9 {
			t.Fatalf("%d links", len(links))
		}
		for _, link := range links {
			check(link + "?open")
		}
	}
	clickLinks(t, ctx, home+"/Contents/x.md?open")
	check(home + "/Contents/page.html?open")
	if strings.Contains(p.stdout.String(), "/ran-") || dialogs.Load() > 0 {
		t.Error("A script of the share ran.")
	}
}

// clickLinks clicks on each link in a text.
func clickLinks(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	openPage(t, ctx, address)
	evaluate[bool](t, ctx, `[...document.querySelectorAll("article a")].forEach(a => a.click()) || true`)
}
