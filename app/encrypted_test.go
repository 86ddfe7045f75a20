package app

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"windowsill/app/settings"
	"windowsill/server"
)

// encrypt makes a snapshot that of an encrypted share.
func encrypt(authority string) func(*server.Snapshot) {
	return func(n *server.Snapshot) {
		n.Totals.Requests++
		n.Links = slices.Clone(n.Links)
		for i := range n.Links {
			n.Links[i].URL = strings.Replace(n.Links[i].URL, "http:", "https:", 1)
			n.Links[i].Plain = strings.Replace(n.Links[i].Plain, "http:", "https:", 1)
		}
		n.Certificate = server.Certificate{Words: "together mail awful cradle", Fingerprint: "AB:CD", Authority: authority, AuthorityName: "Windowsill on desk", AuthorityFingerprint: "12:34"}
	}
}

func TestEncryptedCountsAtOnce(t *testing.T) {
	h := sharingWindow(t)
	if h.sharing.snapshot.Share.TLS.On {
		t.Fatal("A share is encrypted, though nobody asked for it.")
	}
	before := h.sharing.snapshot.Share
	h.openSettings()
	h.seesNot("Make a new authority…")
	for _, on := range []bool{true, false} {
		h.check("Encrypted").SetChecked(on)
		h.until("it is shared anew", func() bool {
			return h.sharing.isSharing() && !h.control.busy && h.sharing.snapshot.Share.TLS.On == on
		})
		now := h.sharing.snapshot.Share
		if now.TLS = before.TLS; !reflect.DeepEqual(now, before) {
			t.Errorf("Switched %v, %+v is shared instead of %+v", on, now, before)
		}
		if settings.Encrypted.Get(&h.store) != on {
			t.Error("It is not remembered.")
		}
	}
}

func TestTransfersAreNotCutUnasked(t *testing.T) {
	h := sharingWindow(t)
	h.change(func(n *server.Snapshot) { n.Totals.Requests++; n.Transfers = fakeTransfers(2, 1_000_000) })
	h.openSettings()
	h.check("Encrypted").SetChecked(true)
	h.sees("Start sharing anew?", "2 transfers are still running and would be cut off.")
	h.tap("Not now")
	if h.sharing.snapshot.Share.TLS.On || !h.sharing.isSharing() {
		t.Error("It is shared anew.")
	}
	if h.check("Encrypted").Checked {
		t.Error("The switch says something else.")
	}
	h.check("Encrypted").SetChecked(true)
	h.tap("Start anew")
	h.until("it is shared anew", func() bool { return h.sharing.isSharing() && h.sharing.snapshot.Share.TLS.On })
}

func TestOwnCertificateIsChosen(t *testing.T) {
	h := sharingWindow(t)
	h.openSettings()
	h.check("Encrypted").SetChecked(true)
	h.untilState(server.Sharing)
	e := h.view.settings.panels.tls
	h.sees("This computer signs it itself, for all its addresses.")
	for _, test := range []struct {
		paths  []string
		says   string
		shared server.TLS
	}{
		{nil, "This computer signs it itself, for all its addresses.", server.TLS{On: true}},
		{[]string{"/c/a.pem", "/c/a.key", "/c/b.key"}, "Choose one file that has both, or two: the certificate and its key.", server.TLS{On: true}},
		{[]string{"/c/gone.pem"}, "The certificate could not be read from /c/gone.pem. Check that it is there, and that you may read it and its key.", server.TLS{On: true}},
		{[]string{"/c/a.pem", "/c/a.key"}, "Your own, for desk.example.net, good until 22 Nov 2026: /c/a.pem", server.TLS{On: true, Certificate: "/c/a.pem", Key: "/c/a.key"}},
		{[]string{"/live"}, "Your own, for desk.example.net, good until 22 Nov 2026: /live", server.TLS{On: true, Certificate: "/live"}},
	} {
		e.picked(test.paths, nil)
		h.until(test.says, func() bool { return e.about.Text == test.says })
		h.until("it is shared so", func() bool {
			return h.sharing.isSharing() && !h.control.busy && h.sharing.snapshot.Share.TLS == test.shared
		})
		if chosen := h.sharing.options.tls(); chosen != test.shared {
			t.Errorf("%q: chosen is %+v", test.paths, chosen)
		}
	}
	h.seesNot("Make a new authority…")
	items := e.choices()
	items[len(items)-1].Action()
	h.until("it is this computer's own again", func() bool {
		return h.sharing.isSharing() && h.sharing.snapshot.Share.TLS == server.TLS{On: true}
	})
}

// What is the matter with a certificate is in sight, however low the window is.
func TestRefusedCertificateIsInSight(t *testing.T) {
	h := sharingWindow(t)
	h.view.showSettings(true)
	h.check("Encrypted").SetChecked(true)
	h.untilState(server.Sharing)
	e, page := h.view.settings.panels.tls, h.view.settings.scroll
	for height := float32(leastHeight); height < 800; height += 40 {
		h.win.Resize(fyne.NewSize(leastWidth, height))
		e.look(server.TLS{On: true})
		page.ScrollToTop()
		e.picked([]string{"/c/gone.pem"}, nil)
		h.until("it is refused", func() bool { return strings.HasPrefix(e.about.Text, "The certificate could not be read") })
		position := h.app.Driver().AbsolutePositionForObject
		top := position(e.about).Y - position(page).Y
		if bottom := top + e.about.Size().Height; top < 0 || bottom > page.Size().Height {
			t.Errorf("%v high: it is at %v to %v of %v", height, top, bottom, page.Size().Height)
		}
	}
}

func TestCertificateAndKeyAreChosenOneAfterTheOther(t *testing.T) {
	h := sharingWindow(t)
	h.openSettings()
	h.check("Encrypted").SetChecked(true)
	h.untilState(server.Sharing)
	e := h.view.settings.panels.tls
	for _, test := range []struct {
		next   []string
		says   string
		shared server.TLS
	}{
		{nil, "This computer signs it itself, for all its addresses.", server.TLS{On: true}},
		{[]string{"/c/half.key"}, "Your own, for desk.example.net, good until 22 Nov 2026: /c/half.pem", server.TLS{On: true, Certificate: "/c/half.pem", Key: "/c/half.key"}},
	} {
		asked := false
		e.actions.chooseFiles = func(picked func([]string, error)) {
			h.sees("Now choose the other of the two, the certificate or its key.")
			asked = true
			picked(test.next, nil)
		}
		e.pickedFiles([]string{"/c/half.pem"}, nil)
		h.until(test.says, func() bool { return asked && e.about.Text == test.says })
		h.until("it is shared so", func() bool {
			return h.sharing.isSharing() && !h.control.busy && h.sharing.snapshot.Share.TLS == test.shared
		})
	}
}

func TestNewAuthorityIsMade(t *testing.T) {
	h := sharingWindow(t)
	h.openSettings()
	h.check("Encrypted").SetChecked(true)
	h.until("it is encrypted", func() bool { return h.sharing.isSharing() && h.sharing.snapshot.Share.TLS.On })
	h.seesNot("Trust this computer…")
	h.change(encrypt("/c/authority.crt"))
	h.sees("Trust this computer…")
	starts := len(h.engine.starts)
	h.tap("Make a new authority…")
	h.sees("Make a new authority?")
	h.tap("Keep it")
	if h.engine.wasTold("new authority") {
		t.Fatal("It is thrown away, though it was to be kept.")
	}
	h.tap("Make a new authority…")
	h.tap("Make a new one")
	h.until("there is a new one", func() bool { return h.engine.wasTold("new authority") && h.sharing.isSharing() && !h.control.busy })
	if len(h.engine.starts) != starts+1 || !h.sharing.snapshot.Share.TLS.On {
		t.Error("It is not shared anew.")
	}
}

func TestOwnCertificateOfTheCommandLineIsUsed(t *testing.T) {
	want := server.TLS{On: true, Certificate: "/srv/certificates"}
	h := sharingWindow(t)
	h.sharing.options.given.TLS = want
	if got := h.sharing.options.tls(); got != want {
		t.Errorf("%+v", got)
	}
	encrypting{h.sharing}.set(false)
	if got := h.sharing.options.tls(); got != (server.TLS{}) {
		t.Errorf("Switched off in the window, it is %+v", got)
	}
}

func TestWindowSaysHowDevicesTrustThisComputer(t *testing.T) {
	h := sharingWindow(t)
	h.tap("Other addresses")
	h.seesNot("Trust this computer…")
	h.view.column.link.address.menu.FocusLost()
	authority := filepath.Join(t.TempDir(), "authority.crt")
	if err := os.WriteFile(authority, []byte("certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.change(encrypt(authority))
	h.sees("Encrypted. Compare: together mail awful cradle")
	link := h.view.column.link.link
	if !strings.HasPrefix(link.URL, "https://") {
		t.Errorf("The code is %s.", link.URL)
	}
	h.tap("Other addresses")
	h.choose("Trust this computer…")
	h.sees("The device gets the certificate at "+addressText(link.Plain)+"/.windowsill/trust", "12:34", "iPhone, iPad", "Android", "Windows", "macOS", "Firefox")
	h.tap("Close")
	h.seesNot("12:34")
}

func TestDriveOfAnEncryptedShare(t *testing.T) {
	h := sharingWindow(t)
	h.change(encrypt(""))
	at := addressText(h.view.column.link.link.Plain)
	h.tap("Other addresses")
	h.choose("Open as a drive…")
	h.sees("Explorer › This PC › Map network drive: https://"+at+"/", "Finder › Go › Connect to Server: https://"+at+"/",
		"Address bar of Files: davs://"+at+"/, of Dolphin: webdavs://"+at+"/")
	h.tap("Copy address")
	if got := h.app.Clipboard().Content(); got != "https://"+at+"/" {
		t.Errorf("Copied %q.", got)
	}
}

func TestCertificateIsSaved(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "authority.crt"), filepath.Join(dir, "windowsill.crt")
	if err := os.WriteFile(from, []byte("certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	var offered string
	h := &trustHelp{saveAs: func(_ fyne.Window, name string, save func(string) error) {
		offered = name
		if err := save(to); err != nil {
			t.Error(err)
		}
	}}
	h.save(from)
	if got, err := os.ReadFile(to); string(got) != "certificate" || offered != "windowsill.crt" {
		t.Errorf("%s: %q, %v", offered, got, err)
	}
}
