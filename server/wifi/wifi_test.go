package wifi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	qr "github.com/skip2/go-qrcode"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var cases = []struct {
	Network
	code string
}{
	{Network{Name: "Home", Password: "secret"}, `WIFI:T:WPA;S:Home;P:secret;;`},
	{Network{Name: "Café"}, `WIFI:T:nopass;S:Café;;`},
	{Network{Name: "x", Password: "p", Hidden: true}, `WIFI:T:WPA;S:x;P:p;H:true;;`},
	{Network{Name: `"foo;bar\baz"`, Password: `a:b,c`}, `WIFI:T:WPA;S:\"foo\;bar\\baz\";P:a\:b\,c;;`},
}

func TestCode(t *testing.T) {
	for _, c := range cases {
		if got := c.Code(); got != c.code {
			t.Errorf("%+v: %s, want %s", c.Network, got, c.code)
		}
	}
}

// parse reads a code as phones do: fields end with a semicolon, and a backslash
// takes its meaning from what follows.
func parse(code string) (n Network, ok bool) {
	rest, ok := strings.CutPrefix(code, "WIFI:")
	fields := map[string]string{}
	for ok && rest != ";" {
		var key, value string
		if key, rest, ok = strings.Cut(rest, ":"); !ok {
			break
		}
		for rest != "" && rest[0] != ';' {
			if rest[0] == '\\' && len(rest) > 1 {
				rest = rest[1:]
			}
			value, rest = value+rest[:1], rest[1:]
		}
		fields[key] = value
		rest, ok = strings.CutPrefix(rest, ";")
	}
	n = Network{fields["S"], fields["P"], fields["H"] == "true"}
	return n, ok && (fields["T"] == "nopass") == (n.Password == "")
}

// FuzzCode draws the code, and reads it from the picture.
func FuzzCode(f *testing.F) {
	for _, c := range cases {
		f.Add(c.Name, c.Password, c.Hidden)
	}
	f.Add(`\`, `;;`, false)
	f.Add("WIFI:", "P:x;", true)
	f.Add("\U0001f3e0 zu Hause", "Пароль", false)
	f.Fuzz(func(t *testing.T, name, password string, hidden bool) {
		if len(name) > 32 || len(password) > 63 || !utf8.ValidString(name) || !utf8.ValidString(password) {
			t.Skip()
		}
		n := Network{name, password, hidden}
		code := n.Code()
		if got, ok := parse(code); !ok || got != n {
			t.Fatalf("%+v becomes %s, which is read as %+v", n, code, got)
		}
		drawn, err := qr.New(code, qr.Medium)
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(drawn.Image(400))
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{
			gozxing.DecodeHintType_PURE_BARCODE: true, gozxing.DecodeHintType_CHARACTER_SET: "UTF-8",
		})
		if err != nil || read.GetText() != code {
			t.Errorf("%q is read as %v, %v", code, read, err)
		}
	})
}

func TestNameFromWhatSystemsPrint(t *testing.T) {
	for text, want := range map[string]string{
		"    Name                   : WLAN\r\n    SSID                   : Zu Hause: oben\r\n    AP BSSID               : 5c:49\r\n    BSSID                  : 5c:49:79\r\n": "Zu Hause: oben",
		"  Router : 1\n  SSID : Home\n": "Home",
		"There is 1 interface\r\n":      "",
		"":                              "",
	} {
		if got := valueAfter(text, "SSID"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCurrentNeedsNoBus(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
	if got := Current(t.Context()); got != "" {
		t.Errorf("got %q", got)
	}
}
