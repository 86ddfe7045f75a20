//go:build linux

package e2e

import (
	"image"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestTextsGoFromThePageToTheWindowAndBack(t *testing.T) {
	s := newScreen(t)
	port := freePort(t)
	s.start(t, "-port", port, "-visitors", "add", folderWith(t, map[string]string{"here.txt": "x"}))
	s.scan(t)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	goTo(t, ctx, home)
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(".talk"))); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#text"), "from the page")); err != nil {
		t.Fatal(err)
	}
	press(t, ctx, "Send")
	shows(t, ctx, home+".windowsill/text?sent", "Sent: it is in the owner’s window.")
	s.click(t, s.find(t, "the button that copies the text", accent, isSmallButton))
	s.clipboard(t, "from the page")

	goTo(t, ctx, home)
	figures := s.find(t, "the figures", inset, func(a image.Rectangle) bool { return a.Dx() > 300 && a.Dy() > 50 && a.Dy() < 80 })
	s.clickAt(t, figures.Max.X-40, figures.Min.Y-38) // Text…
	send := s.find(t, "the button that sends", accent, isShortButton)
	s.write(t, "from the window")
	s.click(t, send)
	shows(t, ctx, home, "The owner has sent a text.")
	press(t, ctx, "Read it")
	shows(t, ctx, home+".windowsill/text", "from the window")
}

// isShortButton says whether an area has the size of a button with one short
// word.
func isShortButton(area image.Rectangle) bool {
	return area.Dx() > 40 && area.Dx() < 70 && area.Dy() > 25 && area.Dy() < 45
}
