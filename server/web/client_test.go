package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// client is a browser or a program at another computer of the network, which
// sends requests through the whole chain without a network.
type client struct {
	t       *testing.T
	shared  *shared
	handler http.Handler
	addr    string
	cookies map[string]string
}

func clientOf(t *testing.T, s *shared, addr string) *client {
	return &client{t, s, s, addr, map[string]string{}}
}

const browser = "Accept: text/html,application/xhtml+xml"

// send sends one request; headers are given as "Name: value".
func (c *client) send(method, target string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	return c.sendBody(method, target, "", headers...)
}

func (c *client) sendBody(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	q := httptest.NewRequest(method, "http://192.168.1.20:8000"+target, strings.NewReader(body))
	q.RequestURI = target
	q.RemoteAddr = c.addr + ":50000"
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		q.Header.Set(name, value)
		if name == "Host" {
			q.Host = value
		}
	}
	for name, value := range c.cookies {
		q.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, q)
	for _, cookie := range w.Result().Cookies() {
		c.cookies[cookie.Name] = cookie.Value
	}
	return w
}

func (c *client) post(form url.Values) *httptest.ResponseRecorder {
	c.t.Helper()
	return c.sendBody("POST", "/.windowsill/enter", form.Encode(), browser, "Content-Type: application/x-www-form-urlencoded")
}

// want checks the status of an answer.
func (c *client) want(w *httptest.ResponseRecorder, status int) *httptest.ResponseRecorder {
	c.t.Helper()
	if w.Code != status {
		c.t.Fatalf("status %d, want %d: %.200s", w.Code, status, w.Body)
	}
	return w
}

func basic(password string) string {
	q := httptest.NewRequest("GET", "/", nil)
	q.SetBasicAuth("anybody", password)
	return "Authorization: " + q.Header.Get("Authorization")
}

func wrongPINOf(s *shared) string {
	if s.guard.PIN().Digits == "000000" {
		return "000001"
	}
	return "000000"
}

func enterByKey(s *shared, c *client) {
	c.want(c.send("GET", "/?key="+s.guard.Key(), browser), 303)
}
