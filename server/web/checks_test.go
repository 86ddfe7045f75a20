package web

import (
	"net/http"
	"strings"
	"testing"
)

// check is one expectation of an answer.
type check func(t *testing.T, a *http.Response, body string)

func checks(cs ...check) []check { return cs }

func status(want int) check {
	return func(t *testing.T, a *http.Response, _ string) {
		t.Helper()
		if a.StatusCode != want {
			t.Errorf("status %s, want %d", a.Status, want)
		}
	}
}

func body(want string) check {
	return func(t *testing.T, _ *http.Response, body string) {
		t.Helper()
		if body != want {
			t.Errorf("body %.100q, want %.100q", body, want)
		}
	}
}

func holds(part string) check {
	return func(t *testing.T, _ *http.Response, body string) {
		t.Helper()
		if !strings.Contains(body, part) {
			t.Errorf("body %.300q does not hold %q", body, part)
		}
	}
}

func lacks(part string) check {
	return func(t *testing.T, _ *http.Response, body string) {
		t.Helper()
		if strings.Contains(body, part) {
			t.Errorf("body %.300q holds %q", body, part)
		}
	}
}

// header wants one value of a header; "" wants the header to be absent.
func header(name, want string) check {
	return func(t *testing.T, a *http.Response, _ string) {
		t.Helper()
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
