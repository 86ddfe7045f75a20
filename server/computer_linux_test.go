package server

import (
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
	"windowsill/server/servertest"
)

// A router tells the computer its domain, and phones the computer's name in it.
func TestNameInTheRoutersDomainLeadsHere(t *testing.T) {
	if _, err := os.Stat("/etc/resolv.conf"); err != nil {
		servertest.Missing(t, "The system has no resolv.conf.")
	}
	if !inNetwork(t) {
		return
	}
	resolver := filepath.Join(t.TempDir(), "resolv.conf")
	write := func(content string) { must(t, os.WriteFile(resolver, []byte(content), 0o644)) }
	write("nameserver 192.0.2.1\n")
	must(t, syscall.Mount(resolver, "/etc/resolv.conf", "", syscall.MS_BIND, ""))

	_, url := start(t, Options{LookAfter: 5 * time.Millisecond}, Share{Folder: t.TempDir()})
	status := func(domain string) int {
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		must(t, err)
		q.Host = newComputer().short() + domain
		a, err := http.DefaultClient.Do(q)
		must(t, err)
		a.Body.Close()
		return a.StatusCode
	}
	if got := status(".fritz.box"); got != http.StatusMisdirectedRequest {
		t.Errorf("a domain that nobody knows here: %d", got)
	}
	if got := status(".home.arpa"); got != http.StatusOK {
		t.Errorf("a domain of homes: %d", got)
	}
	write("nameserver 192.0.2.1\nsearch fritz.box\n")
	until(t, "the domain of the network", func() bool { return status(".fritz.box") == http.StatusOK })
	if got := status(".evil.example"); got != http.StatusMisdirectedRequest {
		t.Errorf("another's domain: %d", got)
	}
}
