//go:build unix

package e2e

import (
	"fmt"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// firefox is driven by WebDriver BiDi (w3c.github.io/webdriver-bidi), which it
// speaks itself. The few commands that are needed are less than a library, and
// Debian has no driver program.
type firefox struct {
	conn *websocket.Conn
	last int    // number of the last command
	tab  string // its browsing context
}

// firefoxPreferences keep it from asking, updating and using a proxy.
const firefoxPreferences = `user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", %q);
user_pref("browser.download.useDownloadDir", true);
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("network.proxy.type", 0);
user_pref("network.captive-portal-service.enabled", false);
user_pref("media.autoplay.default", 0);
`

func newFirefox(t *testing.T, downloads string) engine {
	t.Helper()
	path, profile := need(t, "firefox-esr", "firefox"), t.TempDir()
	writeFile(t, filepath.Join(profile, "user.js"), fmt.Sprintf(firefoxPreferences, downloads), 0o600)
	const origin = "http://localhost"
	p := start(t, nil, path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0", "--remote-allow-origins="+origin)
	ready := regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)
	var address string
	eventually(t, "Firefox listens", func() bool {
		if m := ready.FindStringSubmatch(p.stderr.String()); m != nil {
			address = m[1]
		}
		return address != ""
	})
	conn, err := websocket.Dial(address+"/session", "", origin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &firefox{conn: conn}
	if _, err := f.do("session.new", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"acceptInsecureCerts": true}}}); err != nil {
		t.Fatal(err)
	}
	tabs, err := f.do("browsingContext.getTree", struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	f.tab = tabs["contexts"].([]any)[0].(map[string]any)["context"].(string)
	return f
}

// do sends a command and waits for its result.
func (f *firefox) do(method string, params any) (result map[string]any, err error) {
	f.last++
	if err := f.conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return nil, err
	}
	if err := websocket.JSON.Send(f.conn, map[string]any{"id": f.last, "method": method, "params": params}); err != nil {
		return nil, err
	}
	for {
		var answer map[string]any
		if err := websocket.JSON.Receive(f.conn, &answer); err != nil {
			return nil, err
		}
		if answer["id"] != float64(f.last) {
			continue // an event
		}
		if err := protocolError(answer); err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		return answer["result"].(map[string]any), nil
	}
}

func (f *firefox) open(address string) error {
	_, err := f.do("browsingContext.navigate", map[string]any{"context": f.tab, "url": address, "wait": "complete"})
	return err
}

// script returns the value of an expression in the form of the protocol.
func (f *firefox) script(expression string) (map[string]any, error) {
	result, err := f.do("script.evaluate", map[string]any{
		"expression": expression, "target": map[string]any{"context": f.tab}, "awaitPromise": true, "userActivation": true,
		"serializationOptions": map[string]any{"maxDomDepth": 0},
	})
	if err != nil {
		return nil, err
	}
	if result["type"] != "success" {
		return nil, fmt.Errorf("%v", result["exceptionDetails"].(map[string]any)["text"])
	}
	return result["result"].(map[string]any), nil
}

func (f *firefox) evaluate(expression string) (any, error) {
	value, err := f.script("JSON.stringify(" + expression + ")")
	if err != nil {
		return nil, err
	}
	return decode(value["value"])
}

// reference returns what the protocol takes for an element.
func (f *firefox) reference(element string) (map[string]any, error) {
	node, err := f.script(element)
	if err != nil {
		return nil, err
	}
	return map[string]any{"sharedId": node["sharedId"]}, nil
}

func (f *firefox) click(element string) error {
	node, err := f.reference(element)
	if err != nil {
		return err
	}
	if _, err := f.script(element + `.scrollIntoView({block: "center", behavior: "instant"})`); err != nil {
		return err
	}
	return f.act([]any{map[string]any{"type": "pointer", "id": "mouse", "actions": []any{
		map[string]any{"type": "pointerMove", "x": 0, "y": 0, "origin": map[string]any{"type": "element", "element": node}},
		map[string]any{"type": "pointerDown", "button": 0},
		map[string]any{"type": "pointerUp", "button": 0},
	}}})
}

func (f *firefox) keys(text string) error { return f.act(keyActions(text)) }

func (f *firefox) act(actions []any) error {
	_, err := f.do("input.performActions", map[string]any{"context": f.tab, "actions": actions})
	return err
}

func (f *firefox) setFiles(element string, paths []string) error {
	node, err := f.reference(element)
	if err == nil {
		_, err = f.do("input.setFiles", map[string]any{"context": f.tab, "element": node, "files": paths})
	}
	return err
}
