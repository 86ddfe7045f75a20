package lan

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestSearchDomainsAreThoseOfTheResolver(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"router":        {map[string]string{"etc/resolv.conf": "# from DHCP\nnameserver 192.168.178.1\nsearch fritz.box\n"}, []string{"fritz.box"}},
		"several":       {map[string]string{"etc/resolv.conf": "search tail1234.ts.net. Fritz.Box\toffice.example.com\n"}, []string{"tail1234.ts.net", "fritz.box", "office.example.com"}},
		"domain":        {map[string]string{"etc/resolv.conf": "domain kloster\nnameserver 10.0.0.1"}, []string{"kloster"}},
		"resolved":      {map[string]string{"etc/resolv.conf": "nameserver 127.0.0.53\n", "run/systemd/resolve/resolv.conf": "search fritz.box\n"}, []string{"fritz.box"}},
		"named twice":   {map[string]string{"etc/resolv.conf": "search fritz.box\n", "run/systemd/resolve/resolv.conf": "search fritz.box\n"}, []string{"fritz.box"}},
		"root":          {map[string]string{"etc/resolv.conf": "search .\n"}, nil},
		"comment":       {map[string]string{"etc/resolv.conf": ";search evil.example\n #search evil.example\nsearching evil.example\n"}, nil},
		"not even text": {map[string]string{"etc/resolv.conf": "search \xff..\x00 a..b .c\n"}, nil},
		"none":          {nil, nil},
	} {
		root := fstest.MapFS{}
		for at, content := range c.files {
			root[at] = &fstest.MapFile{Data: []byte(content)}
		}
		if got := resolverDomains(root); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
