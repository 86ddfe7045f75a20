package dav

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"
)

var now = time.Unix(1_700_000_000, 0)

func TestLocksInEachOthersWay(t *testing.T) {
	for _, c := range []struct {
		first, second lock
		clash         bool
	}{
		{lock{name: "a"}, lock{name: "a"}, true},
		{lock{name: "a", shared: true}, lock{name: "a", shared: true}, false},
		{lock{name: "a", shared: true}, lock{name: "a"}, true},
		{lock{name: "a"}, lock{name: "a", shared: true}, true},
		{lock{name: "a"}, lock{name: "b"}, false},
		{lock{name: "a", deep: true}, lock{name: "a/b/c"}, true},
		{lock{name: "a"}, lock{name: "a/b"}, false},
		{lock{name: "a/b/c"}, lock{name: "a", deep: true}, true},
		{lock{name: "a/b"}, lock{name: "a"}, false},
		{lock{name: "a", deep: true}, lock{name: "ab"}, false},
		{lock{name: "", deep: true}, lock{name: "a"}, true},
		{lock{name: "A"}, lock{name: "a"}, false},
		{lock{name: "A", caseless: true}, lock{name: "a", caseless: true}, true},
		{lock{name: "A", caseless: true, deep: true}, lock{name: "a/B", caseless: true}, true},
		{lock{name: "a/B", caseless: true}, lock{name: "A", caseless: true, deep: true}, true},
	} {
		var s locks
		c.first.timeout, c.second.timeout = time.Minute, time.Minute
		if err := s.add(&c.first, now); err != nil {
			t.Fatal(err)
		}
		if err := s.add(&c.second, now); errors.Is(err, ErrLocked) != c.clash {
			t.Errorf("%q deep %t shared %t, then %q deep %t shared %t: %v", c.first.name, c.first.deep, c.first.shared, c.second.name, c.second.deep, c.second.shared, err)
		}
	}
}

func TestALockHoldsWhatItsDriveTakesForTheSame(t *testing.T) {
	for _, c := range []struct {
		change   Change
		caseless bool
		met      int
	}{
		{Change{Name: "in/photo.jpg"}, true, 1},
		{Change{Name: "in/photo.jpg"}, false, 0},
		{Change{Name: "In/Photo.jpg"}, false, 1},
		{Change{Name: "IN", Tree: true}, true, 1},
		{Change{Name: "IN", Tree: true}, false, 0},
		{Change{Name: "in/photo.jpg/x", Member: true}, true, 1},
		{Change{Name: "in/photo.jpg/x", Member: true}, false, 0},
		{Change{Name: "in/photo.jpeg"}, true, 0},
	} {
		var s locks
		l := &lock{name: "In/Photo.jpg", caseless: c.caseless, timeout: time.Minute}
		if err := s.add(l, now); err != nil {
			t.Fatal(err)
		}
		if met := s.touched(c.change, now); len(met) != c.met {
			t.Errorf("%+v, ignoring case %t: meets %d", c.change, c.caseless, len(met))
		}
		if _, ok := s.find(l.token, "in/photo.jpg", now); ok != c.caseless {
			t.Errorf("found by the other name: %t", ok)
		}
		s.removeTree("IN")
		if (s.count == 0) != c.caseless {
			t.Errorf("%d left of a folder that is gone", s.count)
		}
	}
}

func TestALockEndsByItself(t *testing.T) {
	var s locks
	one := &lock{name: "a", timeout: time.Minute}
	if err := s.add(one, now); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.find(one.token, "a", now.Add(59*time.Second)); !ok {
		t.Error("it ended early")
	}
	if _, ok := s.refresh(one.token, "a", time.Minute, now.Add(59*time.Second)); !ok {
		t.Error("it could not be refreshed")
	}
	if _, ok := s.find(one.token, "a", now.Add(100*time.Second)); !ok {
		t.Error("it ended although it was refreshed")
	}
	if _, ok := s.find(one.token, "a", now.Add(119*time.Second)); ok {
		t.Error("it did not end")
	}
	if err := s.add(&lock{name: "a", timeout: time.Minute}, now.Add(2*time.Minute)); err != nil {
		t.Error(err)
	}
}

func TestLocksAreBounded(t *testing.T) {
	var s locks
	for i := range maxPerHolder {
		if err := s.add(&lock{name: fmt.Sprint(i), holder: "a", timeout: time.Hour}, now); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.add(&lock{name: "x", holder: "a", timeout: time.Hour}, now); !errors.Is(err, ErrTooManyLocks) {
		t.Errorf("one more: %v", err)
	}
	if err := s.add(&lock{name: "x", holder: "b", timeout: time.Hour}, now); err != nil {
		t.Errorf("another device: %v", err)
	}
	s.removeHolders(func(holder string) bool { return holder == "a" })
	if s.count != 1 {
		t.Errorf("%d locks are left", s.count)
	}
}

func TestTimeout(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": defaultTimeout, "Second-180": 3 * time.Minute, "Second-600": 10 * time.Minute, "Second-1800": 30 * time.Minute, "Infinite": maxTimeout,
		"Infinite, Second-4100000000": maxTimeout, "Second-4100000000": maxTimeout, "Second-99999999999": maxTimeout, "Extend, Second-5": 5 * time.Second, "Second-x, Second-0": defaultTimeout,
	} {
		if got := readTimeout(http.Header{"Timeout": {header}}); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestOneAddressDoesNotHoldAllLocks(t *testing.T) {
	var s locks
	held := 0
	for device := range 20 {
		for n := range maxPerHolder + 1 {
			err := s.add(&lock{name: fmt.Sprint(device, "/", n), holder: fmt.Sprint(device), group: "192.168.1.66", timeout: time.Hour}, now)
			if err == nil {
				held++
			} else if n < maxPerHolder && held < maxPerGroup || !errors.Is(err, ErrTooManyLocks) {
				t.Fatal(device, n, err)
			}
		}
	}
	if held != maxPerGroup {
		t.Errorf("%d locks of one address", held)
	}
	if err := s.add(&lock{name: "mine", holder: "me", group: "192.168.1.23", timeout: time.Hour}, now); err != nil {
		t.Error(err)
	}
}
