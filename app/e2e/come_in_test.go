//go:build unix

package e2e

import (
	"image"
	"os/exec"
	"regexp"
	"slices"
	"testing"
)

func TestScannedDeviceIsInAndTypedOneAsks(t *testing.T) {
	o := newOtherComputer(t)
	s := newScreen(t)
	s.run(t, o.command(programPath, "-port", "8000", folderWith(t, map[string]string{"here.txt": "x", "below/inner.txt": "x"}))...)
	link := s.scan(t)
	home := withoutQuery(t, link)
	if home != "http://"+o.addr+":8000/" || link == home {
		t.Fatalf("The code says %s", link)
	}

	scanned := browser(t)
	openPage(t, scanned, link)
	waitForPage(t, scanned, home, "here.txt")

	typed := browser(t)
	openPage(t, typed, home+"below/")
	waitForPage(t, typed, home+"below/", "Ask to come in")
	submit(t, typed, "Ask to come in")
	waitForPage(t, typed, home+"below/", "Waiting for the owner")
	s.click(t, s.find(t, "the button that lets in", accent, isSmallButton))
	waitForPage(t, typed, home+"below/", "inner.txt")

	var icons []image.Rectangle // from top to bottom
	eventually(t, "each device has a card, and stays where it is", func() bool {
		before := icons
		icons = slices.DeleteFunc(areas(s.screenshot(t), tint), func(a image.Rectangle) bool { return !isDeviceIcon(a) })
		return len(icons) == 2 && slices.Equal(icons, before)
	})
	s.clickAt(t, icons[0].Max.X+40, icons[0].Min.Y+10) // the newest device is on top
	s.keys(t, "Down", "Down", "Down", "Return")        // Send text…, Rename…, Send away
	waitForPage(t, typed, home+"below/", "Ask to come in")
	openPage(t, scanned, home)
	waitForPage(t, scanned, home, "here.txt")
}

func TestPINLetsInByFormAndByCurl(t *testing.T) {
	o := newOtherComputer(t)
	p := start(t, nil, o.command(programPath, "-no-window", "-port", "8000", folderWith(t, map[string]string{"here.txt": "content"}))...)
	home := withoutQuery(t, p.waitForLink(t))
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
	openPage(t, ctx, home)
	waitForPage(t, ctx, home, "Ask the owner of this folder for its PIN.")
	fill(t, ctx, "#pin", wrong)
	submit(t, ctx, "Come in")
	waitForPage(t, ctx, home+".windowsill/enter?to=%2F&why=wrong", "This PIN is not right.")
	fill(t, ctx, "#pin", pin[1])
	submit(t, ctx, "Come in")
	waitForPage(t, ctx, home, "here.txt")
}

func TestWaitingPageSaysWhenOffline(t *testing.T) {
	o := newOtherComputer(t)
	s := newScreen(t)
	s.run(t, o.command(programPath, "-port", "8000", folderWith(t, map[string]string{"x.txt": "x"}))...)
	home := withoutQuery(t, s.scan(t))
	ctx := browser(t)
	openPage(t, ctx, home)
	submit(t, ctx, "Ask to come in")
	waitForPage(t, ctx, home, "This page continues by itself.")
	o.ip(t, "link", "set", "eth0", "down")
	evaluate[bool](t, ctx, `window.dispatchEvent(new Event("offline"))`)
	waitForPage(t, ctx, home, "This folder cannot be reached just now.")
}
