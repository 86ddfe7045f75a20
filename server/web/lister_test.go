package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/dav"
)

// Whoever reads slowly holds its list until the end.
func TestSlowReadersOfLargeFoldersLeaveRoomForOthers(t *testing.T) {
	files := map[string]string{"small/one.txt": "x"}
	for i := range 6000 {
		files[fmt.Sprintf("large/%d.txt", i)] = ""
	}
	folder := opened(t, tree(t, files))
	synctest.Test(t, func(t *testing.T) {
		l := newLister(folder, ungrouped, t.Context())
		from := func(addr string) *http.Request {
			q := httptest.NewRequest("GET", "/", nil)
			q.RemoteAddr = addr + ":1"
			return q
		}
		var ends []func()
		for range maxLargeListsOfOne {
			_, done, err := l.list(from("192.0.2.1"), "large")
			must(t, err)
			ends = append(ends, done)
		}
		begun := time.Now()
		if _, _, err := l.list(from("192.0.2.1"), "large"); err != errLists || time.Since(begun) != maxListWait {
			t.Errorf("one more of the same address: %v after %v", err, time.Since(begun))
		}
		begun = time.Now()
		for addr, name := range map[string]string{"192.0.2.1": "small", "192.0.2.2": "large"} {
			list, done, err := l.list(from(addr), name)
			if err != nil || time.Since(begun) > 0 {
				t.Fatalf("%s, %s: %v after %v", addr, name, err, time.Since(begun))
			}
			if name == "large" && list.Len() != 6000 {
				t.Errorf("%d names", list.Len())
			}
			done()
		}
		ends[0]()
		_, done, err := l.list(from("192.0.2.1"), "large")
		must(t, err)
		done()
		for _, end := range ends[1:] {
			end()
		}
	})
}

func TestLargeFolderIsNotWaitedForByWhoLeaves(t *testing.T) {
	files := map[string]string{}
	for i := range 6000 {
		files[fmt.Sprint(i)] = ""
	}
	folder := opened(t, tree(t, files))
	synctest.Test(t, func(t *testing.T) {
		l := newLister(folder, ungrouped, t.Context())
		q := httptest.NewRequest("GET", "/", nil)
		for range maxLargeListsOfOne {
			_, done, err := l.list(q, "")
			must(t, err)
			defer done()
		}
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, leave)
		begun := time.Now()
		if _, _, err := l.list(q.WithContext(ctx), ""); err == nil || time.Since(begun) != time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

func TestDrivesTakeTurnsWithLargeFolders(t *testing.T) {
	files := map[string]string{"small/one.txt": "x"}
	for i := range 6000 {
		files[fmt.Sprintf("large/%d.txt", i)] = ""
	}
	d := dav.New(opened(t, tree(t, files)).Writer())
	ask := func(name string, wait func() error) (*httptest.ResponseRecorder, error) {
		w, q := httptest.NewRecorder(), httptest.NewRequest("PROPFIND", "/"+name+"/", nil)
		q.Header.Set("Depth", "1")
		return w, d.PropFind(w, q, wait)
	}
	busy := func() error { return errLists }
	if w, err := ask("large", busy); err != errLists || w.Body.Len() > 0 {
		t.Errorf("large, not in turn: %v after %d bytes, want %v and nothing", err, w.Body.Len(), errLists)
	}
	if w, err := ask("small", busy); err != nil || w.Code != 207 {
		t.Errorf("small: %v, %d", err, w.Code)
	}
	if w, err := ask("large", func() error { return nil }); err != nil || w.Code != 207 || strings.Count(w.Body.String(), "<D:response>") != 6001 {
		t.Errorf("large, in turn: %v, %d", err, w.Code)
	}
}
