package receive

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/iotest"
)

// quotaOf returns a quota that leaves no bytes free, unless l says so.
func quotaOf(l Limits) *quota {
	if l.Reserve == 0 {
		l.Reserve = -1
	}
	return &quota{limits: l}
}

// drive returns what tells of a drive that it has so many bytes free.
func drive(free int64) func() (int64, error) {
	return func() (int64, error) { return free, nil }
}

func TestSpaceIsReservedOnce(t *testing.T) {
	q := quotaOf(Limits{})
	a, err := q.reserve(drive(100), 0, 60)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.reserve(drive(100), 0, 41); !errors.Is(err, ErrNoSpace) {
		t.Errorf("more than is left: %v", err)
	}
	b, err := q.reserve(drive(100), 0, 40)
	if err != nil {
		t.Errorf("just what is left: %v", err)
	}
	b.end(true)
	a.end(true)
	if q.used != 0 || q.reserved != 0 {
		t.Errorf("%d used, %d reserved after all ended", q.used, q.reserved)
	}
}

func TestLimitsHold(t *testing.T) {
	for _, c := range []struct {
		name   string
		limits Limits
		free   int64
		size   int64
		want   error
	}{
		{"no limit", Limits{}, 1 << 40, 1 << 30, nil},
		{"of one file", Limits{File: 10}, 1 << 40, 11, ErrFileLimit},
		{"of one file, reached", Limits{File: 10}, 1 << 40, 10, nil},
		{"in all", Limits{Total: 10}, 1 << 40, 11, ErrTotalLimit},
		{"reserve", Limits{Reserve: 90}, 100, 11, ErrNoSpace},
		{"reserve, reached", Limits{Reserve: 90}, 100, 10, nil},
		{"largest number", Limits{File: 10}, 1 << 40, 1<<63 - 1, ErrFileLimit},
		{"largest number on the drive", Limits{}, 1 << 40, 1<<63 - 1, ErrNoSpace},
	} {
		b, err := quotaOf(c.limits).reserve(drive(c.free), 0, c.size)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		b.end(true)
	}
	if got := (Limits{}).reserve(); got != 512<<20 {
		t.Errorf("%d bytes stay free by default", got)
	}
}

func TestFileOfUnknownSizeIsReservedAsItGrows(t *testing.T) {
	q := quotaOf(Limits{File: step + 10})
	b, err := q.reserve(drive(1<<40), 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int64{1, step - 1, 10} {
		if err := b.use(n); err != nil {
			t.Fatalf("%d more bytes: %v", n, err)
		}
	}
	if err := b.use(1); !errors.Is(err, ErrFileLimit) {
		t.Errorf("one byte more than the limit: %v", err)
	}
	b.end(false)
	if q.used != step+10 || q.reserved != 0 {
		t.Errorf("%d used, %d reserved", q.used, q.reserved)
	}
	q.refund(step)
	if q.used != 10 {
		t.Errorf("%d used after some was removed", q.used)
	}
}

func TestFilesAreCounted(t *testing.T) {
	ctx := context.Background()
	phone := from(1)
	r, dir := receiver(t, Limits{Files: 3})
	put := func(name string, body io.Reader) error {
		_, err := r.Put(ctx, File{Name: name, Size: -1, From: phone}, body)
		return err
	}
	want := func(what string, got, want error) {
		t.Helper()
		if !errors.Is(got, want) || want == nil && got != nil {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	want("the first", put("a", strings.NewReader("x")), nil)
	want("one that breaks off", put("b", iotest.ErrReader(io.ErrUnexpectedEOF)), ErrBroken)
	_, err := r.MakeFolder("a")
	want("a folder that is there", err, fs.ErrExist)
	_, err = r.MakeFolder("in")
	want("a folder", err, nil)
	h, err := r.Begin(File{Name: "c", Size: 2, From: phone})
	want("one in parts", err, nil)
	want("a fourth", put("d", strings.NewReader("x")), ErrFilesLimit)
	_, err = r.MakeFolder("in2")
	want("a folder too many", err, ErrFilesLimit)
	_, err = r.Begin(File{Name: "e", Size: 2, From: phone})
	want("a fourth in parts", err, ErrFilesLimit)
	_, err = r.Append(ctx, h, phone, Part{Size: -1, Body: strings.NewReader("1")})
	want("a part of the third", err, nil)
	want("cancel the third", r.Cancel(ctx, h, phone), nil)
	want("another third", put("f", strings.NewReader("x")), nil)
	r.SetLimits(Limits{Files: 4, Reserve: -1})
	h, err = r.Begin(File{Name: "g", Size: 2, From: phone})
	want("one more in parts", err, nil)

	again := at(t, dir, Limits{Files: 1})
	_, err = again.Put(ctx, File{Name: "h", Size: 1, From: phone}, strings.NewReader("x"))
	want("the first of another share", err, nil)
	_, err = again.Append(ctx, h, phone, Part{Size: -1, Body: strings.NewReader("12")})
	want("what had begun before", err, nil)
	if again.quota.files != 2 {
		t.Errorf("%d files, want 2", again.quota.files)
	}
}
