package page

import (
	"bytes"
	"testing"

	"golang.org/x/net/html"
)

func TestWarningLeadsOn(t *testing.T) {
	for browser, says := range map[Browser]string{
		Chrome: "Proceed", Firefox: "then “Proceed” at the very end, or “Accept the Risk and Continue”", Safari: "visit this website", OtherBrowser: "Go on all the same.",
	} {
		var b bytes.Buffer
		if err := newPages(t).Warning(&b, Warning{To: "https://192.168.1.20:8000/a?b=<i>", Browser: browser}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b.Bytes(), []byte(says)) {
			t.Errorf("%s is not said in %s", says, b.Bytes())
		}
		doc, err := html.Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		leads := false
		for _, a := range elements(doc, "a") {
			leads = leads || attr(a, "href") == "https://192.168.1.20:8000/a?b=%3ci%3e"
		}
		if !leads {
			t.Error("no link leads on")
		}
	}
}

func TestTrustOffersOnlyWhatThereIs(t *testing.T) {
	for authority, offers := range map[string]bool{"AB:CD": true, "": false} {
		var b bytes.Buffer
		if err := newPages(t).Trust(&b, Trust{Words: "together mail awful cradle", Authority: authority}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b.Bytes(), []byte("together mail awful cradle")) || bytes.Contains(b.Bytes(), []byte("authority.crt")) != offers {
			t.Errorf("%q: %s", authority, b.Bytes())
		}
	}
}
