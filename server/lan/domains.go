package lan

import (
	"bufio"
	"io/fs"
	"slices"
	"strings"
)

// appendDomain adds a search domain in lower case, unless it is there already or
// no domain at all.
func appendDomain(all []string, domain string) []string {
	domain = strings.ToLower(strings.TrimSuffix(domain, "."))
	if domain == "" || strings.HasPrefix(domain, ".") || strings.Contains(domain, "..") || slices.Contains(all, domain) {
		return all
	}
	return append(all, domain)
}

// resolverDomains returns the search domains in resolv.conf(5), and those that
// systemd-resolved knows where that file leads to it without naming them. The
// configuration daemon of macOS writes the file too.
func resolverDomains(root fs.FS) []string {
	var all []string
	for _, name := range []string{"etc/resolv.conf", "run/systemd/resolve/resolv.conf"} {
		file, err := root.Open(name)
		if err != nil {
			continue
		}
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			f := strings.Fields(lines.Text())
			if len(f) == 0 || f[0] != "search" && f[0] != "domain" {
				continue
			}
			for _, domain := range f[1:] {
				all = appendDomain(all, domain)
			}
		}
	}
	return all
}
