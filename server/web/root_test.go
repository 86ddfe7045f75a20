package web

import (
	"strings"
	"testing"

	"windowsill/server/access"
)

func TestUnknownMethodIsNotSaidToBeForbidden(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.txt": "a"}), setup{Policy: access.Policy{Open: true, Allow: access.Change}})
	w := clientOf(t, s, "192.168.1.23").send("PATCH", "/a.txt")
	if w.Code != 405 || strings.Contains(w.Body.String(), "not changed") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
