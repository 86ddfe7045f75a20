//go:build unix

package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// webKit is Safari's engine in a small window of its own, driven by WebDriver
// (www.w3.org/TR/webdriver).
type webKit struct{ session string } // its URL

func newWebKit(t *testing.T, downloads string) engine {
	t.Helper()
	driver, window := need(t, "WebKitWebDriver"), miniBrowser(t)
	s, home := newScreen(t), t.TempDir()
	writeFile(t, filepath.Join(home, ".config", "user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\""+downloads+"\"\n", 0o600)
	port := freePort(t)
	start(t, []string{
		"DISPLAY=" + s.display, "LIBGL_ALWAYS_SOFTWARE=1", "HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, ".config"),
		"NO_AT_BRIDGE=1", "no_proxy=*", "GST_REGISTRY_FORK=no",
	}, driver, "--port="+port)
	address := "http://127.0.0.1:" + port
	eventually(t, "WebKit's driver answers", func() bool {
		status, err := statusOf(address + "/status")
		return status == http.StatusOK && err == nil
	})
	w := webKit{address}
	value, err := w.post("/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": window, "args": []string{"--automation"}},
	}}})
	if err != nil {
		t.Fatalf("start %s: %v", window, err)
	}
	w.session += "/session/" + value.(map[string]any)["sessionId"].(string)
	t.Cleanup(func() { w.do(http.MethodDelete, "", nil) })
	return w
}

// miniBrowser returns the path of the browser that comes with the driver.
func miniBrowser(t *testing.T) string {
	t.Helper()
	for _, pattern := range []string{"/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/lib*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit2gtk-4.1/MiniBrowser"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return found[0]
		}
	}
	missing(t, "WebKit's MiniBrowser")
	return ""
}

func (w webKit) post(path string, body any) (any, error) { return w.do(http.MethodPost, path, body) }

func (w webKit) do(method, path string, body any) (value any, err error) {
	b, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	q, err := http.NewRequest(method, w.session+path, bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	q.Header.Set("Content-Type", "application/json")
	r, err := direct.Do(q)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	var answer struct{ Value any }
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if failure, ok := answer.Value.(map[string]any); ok {
		return answer.Value, protocolError(failure)
	}
	return answer.Value, nil
}

func (w webKit) open(address string) error {
	_, err := w.post("/url", map[string]any{"url": address})
	return err
}

func (w webKit) evaluate(expression string) (any, error) {
	return w.post("/execute/sync", map[string]any{"script": "return " + expression, "args": []any{}})
}

// path returns the path of an element in the session.
func (w webKit) path(element string) (string, error) {
	value, err := w.evaluate(element)
	if reference, ok := value.(map[string]any); ok && err == nil {
		for _, id := range reference {
			return "/element/" + id.(string), nil
		}
	}
	return "", err
}

func (w webKit) click(element string) error {
	path, err := w.path(element)
	if err == nil {
		_, err = w.post(path+"/click", struct{}{})
	}
	return err
}

func (w webKit) keys(text string) error {
	_, err := w.post("/actions", map[string]any{"actions": keyActions(text)})
	return err
}

func (w webKit) setFiles(element string, paths []string) error {
	path, err := w.path(element)
	if err == nil {
		_, err = w.post(path+"/value", map[string]any{"text": strings.Join(paths, "\n")})
	}
	return err
}
