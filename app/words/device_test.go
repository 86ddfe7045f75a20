package words

import (
	"testing"

	"windowsill/server/traffic"
)

func TestNamesThatAreNotOfProductsAreInTheChosenLanguage(t *testing.T) {
	setLanguage("de")
	t.Cleanup(func() { setLanguage("en") })
	for agent, want := range map[string]string{
		"WebDAVFS/3.0.0 (03008000) Darwin/21.6.0 (x86_64)": "Finder auf einem Mac",
		"":                              "Unbekanntes Gerät",
		"Microsoft-WebDAV-MiniRedir/10": "Windows · Explorer",
	} {
		if name, _ := traffic.NameOf(agent); Device(name) != want {
			t.Errorf("%q: %q, want %q", agent, Device(name), want)
		}
	}
}
