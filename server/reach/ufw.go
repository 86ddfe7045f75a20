package reach

import (
	"bufio"
	"bytes"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

var (
	ufwOn     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*ENABLED\s*=\s*"?yes"?`) })
	ufwAccept = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*DEFAULT_INPUT_POLICY\s*=\s*"?ACCEPT"?`) })
	ufwRule   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^### tuple ### (allow|limit|deny|reject)\S* (any|tcp) (\S+) \S+ \S+ \S+ in`)
	})
)

// ufw reads the files of Ubuntu's firewall. On most computers only administrators
// can read its rules; then sure is false.
func ufw(root fs.FS, port int) (blocks, sure bool) {
	conf, err := fs.ReadFile(root, "etc/ufw/ufw.conf")
	if err != nil || !ufwOn().Match(conf) {
		return false, true
	}
	policy, _ := fs.ReadFile(root, "etc/default/ufw")
	rules, err := fs.ReadFile(root, "etc/ufw/user.rules")
	open := ufwAccept().Match(policy)
	if err != nil {
		return !open, false
	}
	for lines := bufio.NewScanner(bytes.NewReader(rules)); lines.Scan(); {
		m := ufwRule().FindStringSubmatch(lines.Text())
		if m != nil && rangesContain(m[3], port) {
			return m[1] == "deny" || m[1] == "reject", true
		}
	}
	return !open, true
}

// rangesContain reports whether a port is in ranges like "any" or "80,8000:8100".
func rangesContain(ranges string, port int) bool {
	for r := range strings.SplitSeq(ranges, ",") {
		if r == "any" || inRange(r, ":", port) {
			return true
		}
	}
	return false
}

// inRange reports whether a port is in a range like "80" or "8000:8100".
func inRange(r, between string, port int) bool {
	from, to, two := strings.Cut(r, between)
	if !two {
		to = from
	}
	low, err1 := strconv.Atoi(from)
	high, err2 := strconv.Atoi(to)
	return err1 == nil && err2 == nil && low <= port && port <= high
}
