//go:build unix

package e2e

import (
	"image"
	"net/url"
	"strings"
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
	press(t, ctx, "Add")
	follow(t, ctx, element(t, "a[href*=text]"))
	fill(t, ctx, "#text", "from the page")
	submit(t, ctx, "Send")
	waitForPage(t, ctx, home+".windowsill/text?sent", "Sent. The owner can read it now.")
	s.click(t, s.find(t, "the button that copies the text", accent, isSmallButton))
	s.clipboard(t, "from the page")

	openPage(t, ctx, home)
	s.click(t, s.find(t, "the button that adds", secondary, func(a image.Rectangle) bool {
		return a.Dx() > 28 && a.Dx() < 40 && a.Dy() > 28 && a.Dy() < 40
	}))
	s.keys(t, "Down", "Return") // Send text…
	send := s.find(t, "the button that sends", accent, isShortButton)
	s.typeText(t, "from the window")
	s.click(t, send)
	waitForPage(t, ctx, home, "The owner has sent a text.")
	submit(t, ctx, "Read it")
	waitForPage(t, ctx, home+".windowsill/text", "from the window")
}

func TestTerminalPrintsTextsAndSendsOne(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	p := serve(t, "-port", port, "-visitors", "add", "-text", "The door code is 1234", t.TempDir())
	address := "http://127.0.0.1:" + port + "/.windowsill/text"
	if _, page, err := get(t, address); err != nil || !strings.Contains(page, "The door code is 1234") {
		t.Errorf("The page lacks the owner's text: %v\n%s", err, page)
	}
	r, err := direct.PostForm(address, url.Values{"text": {"first line\nsecond \x1b[2J line"}})
	if err != nil || r.StatusCode != 201 {
		t.Fatal(r, err)
	}
	r.Body.Close()
	eventually(t, "the text is printed", func() bool {
		return strings.Contains(p.stdout.String(), " sent a text:\n    first line\n    second \\x1b[2J line\n")
	})
}
