package traffic

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// asked sends a request through a recorder, as from a device with a number.
func asked(r *Recorder, id uint64, method, target string, status int) {
	q := httptest.NewRequest(method, target, nil)
	r.Handler(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.Attribute(w, q, id)
		w.WriteHeader(status)
		w.Write([]byte("12345"))
	})).ServeHTTP(httptest.NewRecorder(), q)
}

func TestADriveThatLooksAroundIsOneRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var changes atomic.Int64
		r := New(Options{Changed: func() { changes.Add(1) }})
		for range 50 {
			asked(r, 1, "OPTIONS", "/", 200)
			asked(r, 1, "PROPFIND", "/photos/", 207)
			asked(r, 1, "LOCK", "/photos/a.jpg", 200)
			asked(r, 1, "UNLOCK", "/photos/a.jpg", 204)
			asked(r, 1, "PROPFIND", "/photos/._a.jpg", 404)
		}
		asked(r, 2, "PROPFIND", "/other/", 401)
		asked(r, 2, "PROPFIND", "/other/", 207) // with the password
		asked(r, 1, "PUT", "/photos/a.jpg", 201)
		asked(r, 1, "LOCK", "/photos/b.jpg", 423)
		if n := r.Log().Len(); n != 2 {
			t.Errorf("%d rows at once, want the upload and the refusal", n)
		}
		before := changes.Load()
		time.Sleep(foldTime + time.Millisecond)
		synctest.Wait()
		log := r.Log()
		if log.Len() != 4 || changes.Load() != before+2 {
			t.Fatalf("%d rows and %d changes, want 4 and 2", log.Len(), changes.Load()-before)
		}
		rows := map[uint64]*Request{log.At(2).Device: log.At(2), log.At(3).Device: log.At(3)}
		if q := rows[1]; q.More != 249 || q.Method != "PROPFIND" || q.Target != "/photos/._a.jpg" || q.Status != 404 || q.Bytes < 200*5 {
			t.Errorf("of the first: %+v", q)
		}
		if q := rows[2]; q.More != 1 || q.Target != "/other/" || q.Status != 207 || q.Bytes != 10 {
			t.Errorf("of the second: %+v", q)
		}
		asked(r, 1, "PROPFIND", "/later/", 207)
		r.Wait() // when the share stops
		if log := r.Log(); log.Len() != 5 || log.At(4).Target != "/later/" {
			t.Errorf("%d rows in the end", log.Len())
		}
		asked(r, 1, "PROPFIND", "/", 207)
		r.Wait()
		if d := r.Snapshot().Devices; len(d) != 2 || d[0].Requests+d[1].Requests != 256 {
			t.Errorf("%+v", d)
		}
	})
}

func TestFoldsAreBounded(t *testing.T) {
	r := New(Options{})
	for id := range uint64(maxDevices + 10) {
		asked(r, id+1, "PROPFIND", "/", 207)
	}
	if n := r.Log().Len(); n != 10 {
		t.Errorf("%d rows at once, want those that could not wait", n)
	}
	r.Wait()
	if n := r.Log().Len(); n != maxDevices+10 {
		t.Errorf("%d rows", n)
	}
}

func TestAFolderOfADriveCounts(t *testing.T) {
	r := New(Options{})
	q := httptest.NewRequest("PROPFIND", "/photos/", nil)
	r.Handler(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.Attribute(w, q, 1)
		r.Mark(w, Thing{Kind: Folder, Key: "photos", Name: "photos"})
		w.WriteHeader(http.StatusMultiStatus)
	})).ServeHTTP(httptest.NewRecorder(), q)
	r.Wait()
	if d := r.Snapshot().Devices; len(d) != 1 || d[0].Folders != 1 {
		t.Errorf("%+v", d)
	}
}
