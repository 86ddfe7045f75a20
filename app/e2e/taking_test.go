//go:build unix

package e2e

import (
	"archive/zip"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// A person takes the folder, or what they tick in it, with scripts and without.
func TestTakingByPage(t *testing.T) {
	t.Parallel()
	files := map[string]string{"a.txt": "first", "b.txt": "second", "Größe 日本.txt": "third", "sub/c.txt": "fourth"}
	dir := folderWith(t, files)
	port := freePort(t)
	serve(t, "-port", port, dir)
	share := filepath.Base(dir)
	for name, scripts := range map[string]bool{"scripts": true, "plain": false} {
		t.Run(name, func(t *testing.T) {
			ctx, into := downloading(t)
			if !scripts {
				withoutScript(t, ctx)
			}
			home := "http://127.0.0.1:" + port + "/"
			goTo(t, ctx, home)
			if scripts {
				shows(t, ctx, home, "4 files · 22\u00a0B")
			}
			click(t, ctx, chromedp.CSS(".take"))
			if got, want := downloaded(t, into), below(share, files); !maps.Equal(got, want) {
				t.Errorf("Everything is %q, want %q", got, want)
			}

			goTo(t, ctx, home)
			if _, err := chromedp.RunResponse(ctx, chromedp.Click(linkTo(t, "Select"))); err != nil {
				t.Fatal(err)
			}
			click(t, ctx, chromedp.CSS(`input[value="b.txt"]`), chromedp.CSS(`input[value="sub"]`), chromedp.CSS(".bar button"))
			want := below(share, map[string]string{"b.txt": "second", "sub/c.txt": "fourth"})
			if got := downloaded(t, into); !maps.Equal(got, want) {
				t.Errorf("What was ticked is %q, want %q", got, want)
			}
		})
	}
}

// downloading starts a browser that puts what it downloads into a folder.
func downloading(t *testing.T) (ctx context.Context, into string) {
	t.Helper()
	ctx, into = browser(t), t.TempDir()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: into,
		})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return ctx, into
}

// click clicks on one thing after the other.
func click(t *testing.T, ctx context.Context, what ...chromedp.CSS) {
	t.Helper()
	for _, w := range what {
		if err := chromedp.Do(ctx, chromedp.Click(w)); err != nil {
			t.Fatalf("click on %v: %v", w, err)
		}
	}
}

// downloaded waits for the one archive in a folder, removes it and returns
// the files that were in it.
func downloaded(t *testing.T, folder string) map[string]string {
	t.Helper()
	var path string
	var r *zip.ReadCloser
	eventually(t, "an archive was downloaded", func() bool {
		found, _ := filepath.Glob(filepath.Join(folder, "*.zip"))
		if len(found) != 1 {
			return false
		}
		path = found[0]
		var err error // for a moment, the browser has an empty file under that name
		r, err = zip.OpenReader(path)
		return err == nil
	})
	defer os.Remove(path)
	defer r.Close()
	files := map[string]string{}
	for _, f := range r.File {
		if f.FileInfo().IsDir() {
			continue
		}
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(content) // which checks the checksum
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		files[f.Name] = string(b)
	}
	return files
}

// below returns the files as they lie in a folder of that name.
func below(folder string, files map[string]string) map[string]string {
	in := map[string]string{}
	for name, content := range files {
		in[folder+"/"+name] = content
	}
	return in
}
