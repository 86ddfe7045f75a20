//go:build linux

package e2e

import (
	"context"
	"image"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// goTo opens an address in a browser.
func goTo(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
}

// shows waits until a browser is at an address and its page holds a text.
func shows(t *testing.T, ctx context.Context, address, text string) {
	t.Helper()
	var at, page string
	eventually(t, "the browser is at "+address+" and shows "+text, func() bool {
		at, _ = chromedp.Run(ctx, chromedp.Evaluate[string](`location.href`))
		page, _ = chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
		return at == address && strings.Contains(page, text)
	})
}

// press clicks on the button with a text.
func press(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	button := chromedp.JSPath(`[...document.querySelectorAll("button")].find(b => b.innerText === "` + text + `")`)
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(button)); err != nil {
		t.Fatalf("press %s: %v", text, err)
	}
}

// clean returns an address without its query.
func clean(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	u.RawQuery = ""
	return u.String()
}

func TestScannedIsInAndTypedHasToAsk(t *testing.T) {
	o := newOtherComputer(t)
	s := newScreen(t)
	s.run(t, o.command(built, "-port", "8000", folderWith(t, map[string]string{"here.txt": "x", "below/inner.txt": "x"}))...)
	link := s.scan(t)
	home := clean(t, link)
	if home != "http://"+o.addr+":8000/" || link == home {
		t.Fatalf("The code says %s", link)
	}

	guest := browser(t)
	goTo(t, guest, link)
	shows(t, guest, home, "here.txt")

	stranger := browser(t)
	goTo(t, stranger, home+"below/")
	shows(t, stranger, home+"below/", "Ask to come in")
	press(t, stranger, "Ask to come in")
	shows(t, stranger, home+"below/", "Waiting for the owner")
	s.click(t, s.find(t, "the button that lets in", accent, isSmallButton))
	shows(t, stranger, home+"below/", "inner.txt")

	var cards []image.Rectangle // from top to bottom
	eventually(t, "each device has its card", func() bool {
		cards = slices.DeleteFunc(areas(s.shot(t), inset), func(a image.Rectangle) bool { return !isCard(a) })
		return len(cards) == 2
	})
	s.clickAt(t, cards[0].Max.X-24, cards[0].Min.Y+20) // the latest comes first
	s.keys(t, "Down", "Down", "Return")                // Rename…, Send away
	eventually(t, "the device has to ask again", func() bool {
		// The open page notices by itself and may be on its way already.
		_ = chromedp.Do(stranger, chromedp.Navigate(home+"below/"))
		page, _ := chromedp.Run(stranger, chromedp.Text(chromedp.CSS("h1")))
		return page == "Ask to come in"
	})
	goTo(t, guest, home)
	shows(t, guest, home, "here.txt")
}

// isCard says whether an area has the size of a device's card.
func isCard(area image.Rectangle) bool { return area.Dx() > 300 && area.Dy() > 45 && area.Dy() < 62 }

// isSmallButton says whether an area has the size of a button with a word or
// two.
func isSmallButton(area image.Rectangle) bool {
	return area.Dx() > 40 && area.Dx() < 150 && area.Dy() > 20 && area.Dy() < 60
}

func TestPINOpensByFormAndByCurl(t *testing.T) {
	o := newOtherComputer(t)
	p := start(t, nil, o.command(built, "-no-window", "-port", "8000", folderWith(t, map[string]string{"here.txt": "content"}))...)
	home := clean(t, p.untilSharing(t))
	pin := regexp.MustCompile(`PIN (\d{6})`).FindStringSubmatch(p.stdout.String())
	if pin == nil {
		t.Fatal("No PIN is printed.")
	}
	wrong := "000000"
	if pin[1] == wrong {
		wrong = "111111"
	}

	curl := need(t, "curl")
	for _, try := range []struct{ user, status string }{{"", "401"}, {":" + wrong, "401"}, {":" + pin[1], "200"}} {
		args := []string{"-s", "-w", "%{http_code}", "-o", "/dev/null", home + "here.txt"}
		if try.user != "" {
			args = append(args, "-u", try.user)
		}
		if out, err := exec.CommandContext(t.Context(), curl, args...).Output(); err != nil || string(out) != try.status {
			t.Errorf("curl -u %q: %s, %v; want %s", try.user, out, err, try.status)
		}
	}

	ctx := browser(t)
	goTo(t, ctx, home)
	shows(t, ctx, home, "Ask the owner of this folder for its PIN.")
	if err := chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#pin"), wrong)); err != nil {
		t.Fatal(err)
	}
	press(t, ctx, "Come in")
	shows(t, ctx, home+".windowsill/enter", "This PIN is not right.")
	if err := chromedp.Do(ctx, chromedp.SendKeys(chromedp.CSS("#pin"), pin[1])); err != nil {
		t.Fatal(err)
	}
	press(t, ctx, "Come in")
	shows(t, ctx, home, "here.txt")
}
