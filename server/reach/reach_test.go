package reach

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestUFW(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	const tuples = "### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n" +
		"### tuple ### deny tcp 8005 0.0.0.0/0 any 0.0.0.0/0 in\n" +
		"### tuple ### allow any 9000,8000:8100 0.0.0.0/0 any 0.0.0.0/0 in comment=61\n" +
		"### tuple ### allow udp 7000 0.0.0.0/0 any 0.0.0.0/0 in\n"
	const on, deny = "# x\nENABLED=yes\nLOGLEVEL=low\n", "IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\n"
	for _, c := range []struct {
		name         string
		root         fstest.MapFS
		port         int
		blocks, sure bool
	}{
		{"none", fstest.MapFS{}, 8000, false, true},
		{"off", fstest.MapFS{"etc/ufw/ufw.conf": file("ENABLED=no\n")}, 8000, false, true},
		{"on, rules for others' eyes", fstest.MapFS{"etc/ufw/ufw.conf": file(on), "etc/default/ufw": file(deny)}, 8000, true, false},
		{"port in a range", fstest.MapFS{"etc/ufw/ufw.conf": file(on), "etc/default/ufw": file(deny), "etc/ufw/user.rules": file(tuples)}, 8000, false, true},
		{"first rule counts", fstest.MapFS{"etc/ufw/ufw.conf": file(on), "etc/default/ufw": file(deny), "etc/ufw/user.rules": file(tuples)}, 8005, true, true},
		{"no rule", fstest.MapFS{"etc/ufw/ufw.conf": file(on), "etc/default/ufw": file(deny), "etc/ufw/user.rules": file(tuples)}, 8200, true, true},
		{"only UDP", fstest.MapFS{"etc/ufw/ufw.conf": file(on), "etc/default/ufw": file(deny), "etc/ufw/user.rules": file(tuples)}, 7000, true, true},
		{"lets in what has no rule", fstest.MapFS{"etc/ufw/ufw.conf": file(on), "etc/default/ufw": file("DEFAULT_INPUT_POLICY=\"ACCEPT\"\n"), "etc/ufw/user.rules": file(tuples)}, 8200, false, true},
	} {
		if blocks, sure := ufw(c.root, c.port); blocks != c.blocks || sure != c.sure {
			t.Errorf("%s: blocks %v, sure %v", c.name, blocks, sure)
		}
	}
}

func TestWindowsFirewall(t *testing.T) {
	const program = `C:\Program Files\Windowsill\windowsill.exe`
	allow := `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Private|App=c:\program files\windowsill\WINDOWSILL.exe|Name=windowsill|`
	block := `v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Public|App=` + program + `|Name=windowsill|`
	for _, c := range []struct {
		name  string
		rules []string
		want  bool
	}{
		{"no rule", nil, true},
		{"allowed", []string{allow}, false},
		{"allowed and blocked", []string{allow, block}, true},
		{"switched off", []string{`v2.31|Action=Allow|Active=FALSE|Dir=In|Protocol=6|App=` + program + `|`}, true},
		{"goes out", []string{`v2.31|Action=Allow|Active=TRUE|Dir=Out|Protocol=6|App=` + program + `|`}, true},
		{"another program", []string{`v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=C:\x.exe|`}, true},
		{"this port for all", []string{`v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8000-8010|`}, false},
		{"another port", []string{`v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|`}, true},
		{"a service", []string{`v2.31|Action=Allow|Active=TRUE|Dir=In|Svc=x|LPort=8000|`}, true},
	} {
		if got := windowsBlocks(c.rules, program, 8000); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestSilentIsAPortNobodyAnswersAt(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := Port{l.Addr().(*net.TCPAddr).Port, netip.MustParseAddr("127.0.0.1"), "lo"}
	if Look(t.Context(), p).Silent {
		t.Error("It listens.")
	}
	l.Close()
	if !Look(t.Context(), p).Silent {
		t.Error("Nobody listens.")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	Look(ctx, p)
}
