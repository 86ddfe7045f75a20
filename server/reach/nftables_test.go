package reach

import (
	"net/netip"
	"os"
	"testing"
)

var ipv4, ipv6 = netip.MustParseAddr("192.168.1.5"), netip.MustParseAddr("fd00::5")

// The listings in testdata were made by nft 1.0.6.
func TestDecide(t *testing.T) {
	for _, c := range []struct {
		listing string
		port    Port
		where   string // "" lets it in
		why     string
	}{
		{"drop-port", Port{8000, ipv4, "eth0"}, "inet t input", "the port is in a range that is dropped"},
		{"drop-port", Port{80, ipv6, "eth0"}, "inet t input", "the port is one of a set"},
		{"drop-port", Port{8101, ipv4, "eth0"}, "", "all else is let in"},
		{"policy", Port{8000, ipv4, "eth0"}, "inet filter input", "nothing lets it in"},
		{"policy", Port{22, ipv4, "eth0"}, "", "a rule lets it in"},
		{"policy-open", Port{8000, ipv4, "eth0"}, "", "a rule lets it in on this interface"},
		{"policy-open", Port{8000, ipv4, "wlan0"}, "inet filter input", "the rule is for another interface"},
		{"chains", Port{8000, ipv4, "eth0"}, "", "another chain lets it in"},
		{"chains", Port{8001, ipv4, "eth0"}, "ip f input", "another chain rejects it"},
		{"chains", Port{8000, ipv6, "eth0"}, "ip6 f input", "IPv6 has rules of its own"},
		{"clever", Port{8000, ipv4, "eth0"}, "", "it depends on who comes: nothing is sure"},
		{"meter", Port{8000, ipv4, "eth0"}, "", "it depends on how many come"},
		{"meter", Port{9000, ipv4, "eth0"}, "inet f input", "it is dropped, and that logged"},
	} {
		b, err := os.ReadFile("testdata/nft-" + c.listing + ".json")
		if err != nil {
			t.Fatal(err)
		}
		r, err := parseRules(b)
		if err != nil {
			t.Fatal(err)
		}
		where, v := r.decide(c.port)
		if where != c.where || (v == blocked) != (c.where != "") {
			t.Errorf("%s, %v: %q, want %q, because %s", c.listing, c.port, where, c.where, c.why)
		}
	}
}

func FuzzDecide(f *testing.F) {
	for _, name := range []string{"drop-port", "policy", "policy-open", "chains", "clever", "meter"} {
		b, err := os.ReadFile("testdata/nft-" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	// A chain that calls itself.
	f.Add([]byte(`{"nftables":[{"chain":{"family":"ip","table":"t","name":"c","type":"filter","hook":"input"}},{"rule":{"family":"ip","table":"t","chain":"c","expr":[{"jump":{"target":"c"}}]}},{"rule":{"family":"ip","table":"t","chain":"c","expr":[{"jump":{"target":"c"}}]}}]}`))
	f.Fuzz(func(t *testing.T, listing []byte) {
		if r, err := parseRules(listing); err == nil {
			r.decide(Port{8000, ipv4, "eth0"})
		}
	})
}
