//go:build unix

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/network"
)

func TestButtonsSayWhatTheyDoWithoutIcons(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	serve(t, "-port", port, folderWith(t, map[string]string{"below/a.txt": "x"}))
	home := "http://127.0.0.1:" + port + "/"
	ctx := browser(t)
	setScreen(t, ctx, screenSizes[0], "light")
	const words = `[...document.querySelectorAll("a.up > span, a.save > span")].map((s) => s.getBoundingClientRect().width > 4).join()`
	openPage(t, ctx, home+"below/")
	if got := evaluate[string](t, ctx, words); got != "false,false" {
		t.Errorf("beside their icons, the words are seen: %s", got)
	}
	command(t, ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*/icons.svg", Block: true}}})
	command(t, ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	openPage(t, ctx, home+"below/")
	waitForScript(t, ctx, "words in place of icons", words+` === "true,true"`)
}
