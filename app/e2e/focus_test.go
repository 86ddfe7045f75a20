//go:build unix

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// focused is the name of what has the focus.
const focused = `(e => e === document.body ? "nothing" : (e.getAttribute("aria-label") || e.innerText || e.id || e.tagName).trim().split("\n")[0])(document.activeElement)`

// tabTo presses Tab until something with a name has the focus.
func tabTo(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	var passed []string
	for range 60 {
		pressKey(t, ctx, kb.Tab)
		at := evaluate[string](t, ctx, focused)
		if strings.HasPrefix(at, name) {
			return
		}
		passed = append(passed, at)
	}
	t.Fatalf("Tab does not lead to %s, but to %q.", name, passed)
}

// keyOn presses one thing after the other by Enter, and waits for a dialog or menu
// to open where there is one.
func keyOn(t *testing.T, ctx context.Context, names ...string) {
	t.Helper()
	for i, name := range names {
		tabTo(t, ctx, name)
		pressKey(t, ctx, kb.Enter)
		if i < len(names)-1 {
			waitForScript(t, ctx, name+" opens", `document.querySelector("dialog[open], details[open]")`+" !== null")
		}
	}
}

func hasFocus(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("The focus is on %s.", evaluate[string](t, ctx, focused))
		}
	}()
	waitForScript(t, ctx, "the focus is on "+name, focused+`.startsWith(`+quote(t, name)+`)`)
}

// The page is used by the keyboard alone: after whatever is done there, the focus is
// where one goes on. Firefox is not driven so: in its version 153, keys that come by
// WebDriver BiDi move the focus but press nothing, not even the only button of a page.
func TestFocusStaysWhereOneGoesOn(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := 1; i < 7; i++ {
		files[fmt.Sprintf("p%d.txt", i)] = "x"
	}
	port, dir := freePort(t), folderWith(t, files)
	serve(t, "-open", "-visitors", "change", "-port", port, dir)
	ctx := browser(t)
	home := "http://127.0.0.1:" + port + "/"
	openPage(t, ctx, home+"?view=list")
	enter := func(name string) {
		t.Helper()
		waitForScript(t, ctx, "a name is asked for", `document.activeElement.id === "new-name"`)
		evaluate[string](t, ctx, `document.activeElement.value = ""`)
		fill(t, ctx, "#new-name", name+kb.Enter)
	}
	exists := func(name string, want bool) {
		t.Helper()
		eventually(t, fmt.Sprintf("%s is there: %v", name, want), func() bool {
			_, err := os.Stat(filepath.Join(dir, name))
			return (err == nil) == want
		})
	}

	t.Run("renamed", func(t *testing.T) {
		keyOn(t, ctx, "Change p3.txt", "Rename")
		enter("p3b.txt")
		hasFocus(t, ctx, "Change p3b.txt")
	})
	t.Run("moved", func(t *testing.T) {
		keyOn(t, ctx, "Add", "New folder")
		enter("Box")
		hasFocus(t, ctx, "Change Box")
		keyOn(t, ctx, "Change p4.txt")
		keyOn(t, ctx, "Move…")
		waitForText(t, ctx, ".moving h2", "p4.txt")
		keyOn(t, ctx, "Box")
		waitForText(t, ctx, ".moving .here", "/ Box")
		keyOn(t, ctx, "Move here")
		exists("Box/p4.txt", true)
		hasFocus(t, ctx, "Change p5.txt")
	})
	t.Run("deleted", func(t *testing.T) {
		pressKey(t, ctx, kb.Enter) // on p5.txt
		waitForScript(t, ctx, "the menu opens", `document.querySelector("dialog[open]") !== null`)
		keyOn(t, ctx, "Delete")
		waitForText(t, ctx, ".toast[role=status]", "p5.txt was deleted")
		hasFocus(t, ctx, "Change p6.txt")
		pressKey(t, ctx, kb.Tab)
		hasFocus(t, ctx, "Undo")
		pressKey(t, ctx, kb.Enter)
		hasFocus(t, ctx, "Change p5.txt")
		exists("p5.txt", true)
	})
	t.Run("selected", func(t *testing.T) {
		keyOn(t, ctx, "View and order", "Select")
		hasFocus(t, ctx, "Select all")
		keyOn(t, ctx, "Cancel")
		hasFocus(t, ctx, "View and order")
		openPage(t, ctx, home+"?view=list")
		keyOn(t, ctx, "View and order", "Select")
		hasFocus(t, ctx, "Select all")
		tabTo(t, ctx, "Select p1.txt")
		pressKey(t, ctx, " ")
		tabTo(t, ctx, "Select p2.txt")
		pressKey(t, ctx, " ")
		keyOn(t, ctx, "More", "Delete")
		waitForText(t, ctx, ".toast[role=status]", "What you selected was deleted")
		hasFocus(t, ctx, "p3b.txt")
		waitForScript(t, ctx, "nothing is selected any more", `!document.querySelector(".selection")`)
		hasFocus(t, ctx, "p3b.txt")
		pressKey(t, ctx, kb.Tab)
		hasFocus(t, ctx, "Undo")
		pressKey(t, ctx, kb.Tab)
		hasFocus(t, ctx, "Change p3b.txt")
		exists("p1.txt", false)
	})
	t.Run("all deleted", func(t *testing.T) {
		openPage(t, ctx, home+"?view=list")
		keyOn(t, ctx, "View and order", "Select")
		hasFocus(t, ctx, "Select all")
		pressKey(t, ctx, kb.Enter)
		keyOn(t, ctx, "More", "Delete")
		waitForText(t, ctx, ".message", "This folder is empty")
		hasFocus(t, ctx, "Undo")
		pressKey(t, ctx, kb.Enter)
		hasFocus(t, ctx, "Change Box")
	})
	t.Run("left", func(t *testing.T) {
		keyOn(t, ctx, "p5.txt")
		waitForScript(t, ctx, "the file is open", `location.pathname === "/p5.txt" && document.readyState === "complete"`)
		keyOn(t, ctx, "Back to")
		hasFocus(t, ctx, "p5.txt")
	})
	t.Run("added", func(t *testing.T) {
		openPage(t, ctx, home+"?view=list")
		keyOn(t, ctx, "Add")
		evaluate[bool](t, ctx, `document.querySelector(".pick input").focus(), true`)
		chooseFiles(t, ctx, photos(t, 2, 1000))
		hasFocus(t, ctx, "2 files added")
	})
	t.Run("sent", func(t *testing.T) {
		openPage(t, ctx, home+".windowsill/text")
		tabTo(t, ctx, "text")
		fill(t, ctx, "#text", "hello")
		keyOn(t, ctx, "Send")
		waitForText(t, ctx, "[role=status]", "Sent.")
		hasFocus(t, ctx, "text")
	})
}
