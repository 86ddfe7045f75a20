//go:build unix

package e2e

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// listen listens on a free port of all addresses until the test ends.
func listen(t *testing.T) (l net.Listener, port string) {
	t.Helper()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return l, port
}

// freePort returns a port that is free at the moment.
func freePort(t *testing.T) string {
	t.Helper()
	l, port := listen(t)
	l.Close()
	return port
}

// direct is an HTTP client that connects to the very address in a link, without
// a proxy.
var direct = http.Client{Transport: &http.Transport{
	DisableKeepAlives:     true,
	DialContext:           (&net.Dialer{Timeout: timeout}).DialContext,
	ResponseHeaderTimeout: timeout,
}}

// statusOf fetches a link over the network and returns the status code.
func statusOf(link string) (int, error) {
	r, err := direct.Get(link)
	if err != nil {
		return 0, err
	}
	return r.StatusCode, r.Body.Close()
}

// get fetches a link as a device would, but over the loopback interface,
// whatever address the link has. The error is nil only if the whole body came.
func get(t *testing.T, link string) (status int, body string, err error) {
	t.Helper()
	client := http.Client{Timeout: timeout, Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, _ := net.SplitHostPort(address)
			return new(net.Dialer).DialContext(ctx, network, "127.0.0.1:"+port)
		},
	}}
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, link, nil)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("User-Agent", "windowsill-test")
	r, err := client.Do(q)
	if err != nil {
		return 0, "", err
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	return r.StatusCode, string(b), err
}

// put uploads a file and returns the status code.
func put(t *testing.T, address, content string) int {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	r, err := direct.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode
}

// refused says whether connections to a port of this computer are refused.
func refused(port string) bool {
	c, err := net.DialTimeout("tcp", "127.0.0.1:"+port, timeout)
	if err == nil {
		c.Close()
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

// withoutQuery returns a URL without its query.
func withoutQuery(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	u.RawQuery = ""
	return u.String()
}

func portOf(t *testing.T, link string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Port()
}

// fileAt returns the URL of a file in the share that a link opens, with the key
// that is in the link.
func fileAt(t *testing.T, link, name string) string {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.JoinPath(name).String()
}

// runClient runs a command in a folder and returns its output. The test fails if
// the command does.
func runClient(t *testing.T, dir string, command ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), need(t, command[0]), command[1:]...)
	c.Dir = dir
	c.Env = append(os.Environ(), "no_proxy=127.0.0.1", "NO_PROXY=127.0.0.1", "LC_ALL=C.UTF-8")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
	return string(out)
}
