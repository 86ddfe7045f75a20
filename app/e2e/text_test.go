//go:build unix

package e2e

import (
	"image"
	"testing"
)

func TestTextsGoBothWays(t *testing.T) {
	s := newScreen(t)
	port := freePort(t)
	s.start(t, "-port", port, "-visitors", "add", folderWith(t, map[string]string{"here.txt": "x"}))
	s.scan(t)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home)
	follow(t, ctx, element(t, ".talk"))
	fill(t, ctx, "#text", "from the page")
	submit(t, ctx, "Send")
	waitForPage(t, ctx, home+".windowsill/text?sent", "Sent: it is in the owner’s window.")
	s.click(t, s.find(t, "the button that copies the text", accent, isSmallButton))
	s.clipboard(t, "from the page")

	openPage(t, ctx, home)
	s.click(t, s.find(t, "Text…", secondary, func(a image.Rectangle) bool { return a.Dx() > 70 && a.Dx() < 110 && isSmallButton(a) }))
	send := s.find(t, "the button that sends", accent, isShortButton)
	s.typeText(t, "from the window")
	s.click(t, send)
	waitForPage(t, ctx, home, "The owner has sent a text.")
	submit(t, ctx, "Read it")
	waitForPage(t, ctx, home+".windowsill/text", "from the window")
}
