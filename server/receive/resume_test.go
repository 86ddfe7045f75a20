package receive

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// begin begins a file of ten bytes.
func begin(t testing.TB, r *Receiver, f File) Handle {
	t.Helper()
	if f.Name == "" {
		f.Name = "a"
	}
	if f.Size == 0 {
		f.Size = 10
	}
	if f.From.May == nil {
		f.From = from(1)
	}
	h, err := r.Begin(f)
	must(t, err)
	return h
}

func send(t testing.TB, r *Receiver, h Handle, offset int64, text string) (Progress, error) {
	t.Helper()
	return r.Append(t.Context(), h, from(1), Part{Offset: offset, Body: strings.NewReader(text)})
}

func wantOffset(t testing.TB, r *Receiver, h Handle, s Device, want int64) {
	t.Helper()
	p, err := r.Find(t.Context(), h, s)
	if err != nil || p.Offset != want {
		t.Errorf("%d bytes are here, %v; want %d", p.Offset, err, want)
	}
}

func sumOf(text string) *Checksum {
	sum := sha1.Sum([]byte(text))
	c, _ := ParseChecksum("sha1 " + base64.StdEncoding.EncodeToString(sum[:]))
	return c
}

func TestFileInParts(t *testing.T) {
	r, dir := receiver(t, Limits{}, "a")
	h := begin(t, r, File{Name: "sub/a", Modified: time.Unix(1_500_000_000, 0)})
	wantOffset(t, r, h, from(1), 0)
	p, err := send(t, r, h, 0, "0123")
	if p.Offset != 4 || p.Placed.Name != "" || time.Until(p.Expires) < 23*time.Hour || err != nil {
		t.Errorf("after the first part: %+v, %v", p, err)
	}
	if p, err := send(t, r, h, 0, "0123"); !errors.Is(err, ErrOffset) || p.Offset != 4 {
		t.Errorf("the first part again: %+v, %v", p, err)
	}
	if got := r.Uploads(); got[0].State != Paused || got[0].Bytes != 4 {
		t.Errorf("between two parts: %+v", got)
	}
	p, err = send(t, r, h, 4, "456789")
	if p.Placed.Name != "sub/a" || p.Offset != 10 || err != nil {
		t.Errorf("after the last part: %+v, %v", p, err)
	}
	wantTree(t, dir, map[string]string{"a": "old", "sub/a": "0123456789"})
	wantOffset(t, r, h, from(1), 10)
	if err := r.Cancel(t.Context(), h, from(1)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("cancelling what is whole: %v", err)
	}
	if got := r.Uploads(); len(got) != 1 || got[0].State != Arrived || got[0].Name != "sub/a" {
		t.Errorf("at the end: %+v", got)
	}
}

func TestLostConnectionKeepsWhatHasCome(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	lost := io.MultiReader(strings.NewReader("01234"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := r.Append(t.Context(), h, from(1), Part{Body: lost}); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
	again := at(t, dir, Limits{}) // the program was started again, and the device has another number
	wantOffset(t, again, h, from(9), 5)
	if _, err := again.Append(t.Context(), h, from(9), Part{Offset: 5, Body: strings.NewReader("56789")}); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}

func TestOtherDevicesCannotContinueAFile(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	other := from(2)
	_, findErr := r.Find(t.Context(), h, other)
	_, appendErr := r.Append(t.Context(), h, other, Part{Body: strings.NewReader("x")})
	for what, err := range map[string]error{"find": findErr, "append": appendErr, "cancel": r.Cancel(t.Context(), h, other)} {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v, want fs.ErrNotExist", what, err)
		}
	}
	again := at(t, dir, Limits{})
	wantOffset(t, again, h, from(5), 0) // after a restart it is the first who knows the ID
	if _, err := again.Find(t.Context(), h, other); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("and then nobody else: %v", err)
	}
	for _, wrong := range []Handle{{ID: NewID()}, {Folder: "..", ID: h.ID}, {ID: "../x"}, {Folder: "missing", ID: h.ID}} {
		if _, err := r.Find(t.Context(), wrong, from(1)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

func TestPartWithWrongChecksumIsDropped(t *testing.T) {
	r, dir := receiver(t, Limits{Total: 10})
	h := begin(t, r, File{})
	_, err := r.Append(t.Context(), h, from(1), Part{Body: strings.NewReader("0123"), Checksum: sumOf("0123")})
	must(t, err)
	if _, err := r.Append(t.Context(), h, from(1), Part{Offset: 4, Body: strings.NewReader("456x89"), Checksum: sumOf("456789")}); !errors.Is(err, ErrChecksum) {
		t.Error(err)
	}
	wantOffset(t, r, h, from(1), 4)
	cut := io.MultiReader(strings.NewReader("45"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := r.Append(t.Context(), h, from(1), Part{Offset: 4, Body: cut, Checksum: sumOf("456789")}); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
	wantOffset(t, r, h, from(1), 4)
	if _, err = r.Append(t.Context(), h, from(1), Part{Offset: 4, Body: strings.NewReader("456789"), Checksum: sumOf("456789")}); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}

// A program that is killed cannot take back what it has written and not yet
// compared.
func TestUncheckedPartIsDroppedAfterARestart(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	_, err := send(t, r, h, 0, "0123")
	must(t, err)
	body, in := io.Pipe()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.Append(context.Background(), h, from(1), Part{Offset: 4, Body: body, Checksum: sumOf("456789")})
	}()
	in.Write([]byte("45"))
	in.Write(nil) // returns when that was taken
	wantOffset(t, at(t, dir, Limits{}), h, from(1), 4)
	in.CloseWithError(io.ErrUnexpectedEOF)
	<-ended
}

func TestTooManyBytesAreRefused(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	if _, err := send(t, r, h, 0, "0123456789x"); !errors.Is(err, ErrTooLong) {
		t.Error(err)
	}
	wantOffset(t, r, h, from(1), 0)
	if _, err := send(t, r, h, 0, "0123456789"); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}

func TestCancelLeavesNothing(t *testing.T) {
	r, dir := receiver(t, Limits{Total: 10})
	h := begin(t, r, File{})
	_, err := send(t, r, h, 0, "0123456")
	must(t, err)
	must(t, r.Cancel(t.Context(), h, from(1)))
	wantTree(t, dir, map[string]string{})
	if _, err := r.Find(t.Context(), h, from(1)); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if u := r.Uploads()[0]; u.State != Failed || u.Ended.IsZero() {
		t.Errorf("%+v", u)
	}
	if _, err := r.Put(t.Context(), File{Name: "b", Size: 10, From: from(1)}, strings.NewReader("0123456789")); err != nil {
		t.Errorf("its room is not free again: %v", err)
	}
}

func TestExpiredFileIsGone(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	old := time.Now().Add(-StaleAfter - time.Minute)
	partial := filepath.Join(dir, ".windowsill-"+h.ID+".part")
	must(t, os.Chtimes(partial, old, old))
	if _, err := send(t, r, h, 0, "0"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{})
}

func TestTidyKeepsWhatCanBeContinued(t *testing.T) {
	r, dir := receiver(t, Limits{}, "in/.windowsill-aaaaaaaaaaaaaaaaaaaaaa.part")
	old := time.Now().Add(-StaleAfter - time.Minute)
	must(t, os.Chtimes(filepath.Join(dir, "in", ".windowsill-aaaaaaaaaaaaaaaaaaaaaa.part"), old, old))
	h := begin(t, r, File{Folder: "in"})
	r.Tidy(t.Context())
	wantOffset(t, r, h, from(1), 0)
	if left := tree(t, dir); len(left) != 2 {
		t.Errorf("left: %q", left)
	}
}

// Between the last byte and the name the program may end as well.
func TestFindPlacesAWholeFile(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	must(t, os.WriteFile(filepath.Join(dir, ".windowsill-"+h.ID+".part"), []byte("0123456789"), 0o666))
	p, err := r.Find(t.Context(), h, from(1))
	if err != nil || p.Placed.Name != "a" {
		t.Errorf("%+v, %v", p, err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}

// The program may also end after the file got its name and before anybody was
// told.
func TestNoteWithoutFileMeansPlaced(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	must(t, os.Rename(filepath.Join(dir, ".windowsill-"+h.ID+".part"), filepath.Join(dir, "a")))
	wantOffset(t, at(t, dir, Limits{}), h, from(1), 10)
}

func TestPermissionToReplaceIsCheckedAtTheEnd(t *testing.T) {
	r, dir := receiver(t, Limits{}, "a")
	h := begin(t, r, File{Clash: Replace})
	adds := from(1)
	adds.May = func(_ string, replace bool) error {
		if replace {
			return errAway
		}
		return nil
	}
	if _, err := r.Append(t.Context(), h, adds, Part{Body: strings.NewReader("0123456789")}); !errors.Is(err, errAway) {
		t.Error(err)
	}
	wantTreeWithout(t, dir, "old")
	if _, err := send(t, r, h, 0, "0123456789"); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}

func wantTreeWithout(t testing.TB, dir, want string) {
	t.Helper()
	if got := tree(t, dir)["a"]; got != want {
		t.Errorf("a holds %q, want %q", got, want)
	}
}

// After a lost connection the old request may hang; the new one takes over.
func TestLatestRequestTakesOver(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	body, in := io.Pipe()
	ended := make(chan error)
	go func() {
		interrupted := from(1)
		interrupted.Interrupt = func() { in.CloseWithError(os.ErrDeadlineExceeded) }
		_, err := r.Append(context.Background(), h, interrupted, Part{Body: body})
		ended <- err
	}()
	in.Write([]byte("012"))
	wantOffset(t, r, h, from(1), 3)
	if err := <-ended; !errors.Is(err, ErrBroken) {
		t.Errorf("the old one: %v", err)
	}
	if _, err := send(t, r, h, 3, "3456789"); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}

func TestFullDriveKeepsWhatHasCome(t *testing.T) {
	r, dir := receiver(t, Limits{})
	h := begin(t, r, File{})
	_, err := send(t, r, h, 0, "0123")
	must(t, err)
	r.quota.limits.Reserve = 1 << 62
	if _, err := send(t, r, h, 4, "456789"); !errors.Is(err, ErrNoSpace) {
		t.Error(err)
	}
	r.quota.limits.Reserve = -1
	if _, err := send(t, r, h, 4, "456789"); err != nil {
		t.Error(err)
	}
	wantTree(t, dir, map[string]string{"a": "0123456789"})
}
