package requests

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"windowsill/app/kit"
	"windowsill/app/kit/kittest"
	"windowsill/server"
)

// keptRequests is how many requests fakeLog keeps.
const keptRequests = 10_000

// fakeLog is a log of a given length; what its requests are follows from
// their numbers.
type fakeLog struct {
	share string // part of every path, to tell the logs of two shares apart
	total int
}

func (l fakeLog) Len() int      { return min(l.total, keptRequests) }
func (l fakeLog) First() uint64 { return uint64(l.total - l.Len()) }

var (
	logStart     = time.Date(2026, 11, 22, 20, 48, 0, 0, time.Local)
	fakeStatuses = []int{200, 200, 206, 304, 404}
)

func (l fakeLog) At(i int) *server.Request {
	if i < 0 || i >= l.Len() {
		panic("no such row")
	}
	n := int(l.First()) + i
	return &server.Request{
		Start:    logStart.Add(time.Duration(n) * time.Millisecond),
		Duration: time.Duration(n%4000) * time.Millisecond,
		Addr:     netip.AddrFrom4([4]byte{192, 168, 1, byte(n%3 + 20)}),
		Method:   "GET",
		Target:   fmt.Sprintf("/%s/IMG_%d.jpg", l.share, n),
		Proto:    "HTTP/1.1",
		Status:   fakeStatuses[n%len(fakeStatuses)],
		Bytes:    int64(n%3000) * 1000,
	}
}

func (l fakeLog) WriteCombined(w io.Writer) error {
	for i := range l.Len() {
		if _, err := w.Write(l.At(i).AppendCombined(nil)); err != nil {
			return err
		}
	}
	return nil
}

func (l fakeLog) WriteCSV(w io.Writer) error {
	_, err := fmt.Fprintf(w, "a table of %d\r\n", l.Len())
	return err
}

// shownLog is a log panel in a window of that size.
func newTestPanel(t testing.TB, width, height float32) (*Panel, fyne.Window) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(""))
	w := test.NewTempWindow(t, &canvas.Rectangle{})
	p := NewPanel(w, nil, func() {})
	w.SetPadded(false)
	w.SetContent(p.Content)
	w.Resize(fyne.NewSize(width, height))
	return p, w
}

// inSight returns what a cell shows on the lines in sight, from top to bottom.
func visibleCells(p *Panel, cell int) []string {
	rows := slices.Clone(p.list.rows)
	slices.SortFunc(rows, func(a, b *row) int { return int(a.Position().Y - b.Position().Y) })
	top := p.list.scroll.Offset.Y
	var texts []string
	for _, r := range rows {
		y := r.Position().Y - top
		if r.Visible() && y > -rowHeight && y < p.list.scroll.Size().Height && r.cells[cell].Visible() {
			texts = append(texts, r.cells[cell].Text)
		}
	}
	return texts
}

func wantLast(t *testing.T, p *Panel, want string) {
	t.Helper()
	paths := visibleCells(p, cellPath)
	if len(paths) == 0 || paths[len(paths)-1] != want {
		t.Errorf("lines in sight are %q, want them to end with %q", paths, want)
	}
}

func wantFirst(t *testing.T, p *Panel, want string) {
	t.Helper()
	paths := visibleCells(p, cellPath)
	if len(paths) == 0 || paths[0] != want {
		t.Errorf("lines in sight are %q, want them to begin with %q", paths, want)
	}
}

func scroll(w fyne.Window, lines float32) {
	size := w.Canvas().Size()
	test.Scroll(w.Canvas(), fyne.NewPos(size.Width/2, size.Height/2), 0, -lines*rowHeight)
}

func TestEmptyLog(t *testing.T) {
	p, _ := newTestPanel(t, 700, 400)
	p.Show(server.Snapshot{})
	if p.empty.Text != "Requests appear here as they happen." {
		t.Errorf("an empty log says %q", p.empty.Text)
	}
	if got, want := enabledItems(p), []string{"Filter…", "Pause the list", "Fold or unfold", "Copy what is shown"}; !slices.Equal(got, want) {
		t.Errorf("with an empty log one can %q, want %q", got, want)
	}
	p.update(fakeLog{"a", 1})
	if items := enabledItems(p); p.empty.Text != "" || !slices.Contains(items, "Clear") || !slices.Contains(items, "Save as a log file…") {
		t.Errorf("a log with a line still looks empty: one can %q", items)
	}
}

// enabledItems returns what the menu offers.
func enabledItems(p *Panel) (items []string) {
	for _, i := range p.menuItems() {
		if !i.Disabled && !i.IsSeparator {
			items = append(items, i.Label)
		}
	}
	return items
}

// openMenu opens the menu of the panel.
func openMenu(t *testing.T, w fyne.Window) {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Content()) {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == "Options for the requests" {
			test.Tap(b)
			return
		}
	}
	t.Fatal("There is no menu.")
}

func TestAllColumns(t *testing.T) {
	p, _ := newTestPanel(t, 1000, 400)
	p.update(fakeLog{"a", 5})
	want := []string{"20:48:00", "192.168.1.21", "GET", "/a/IMG_4.jpg", "404 Not Found", "4 kB", "4 ms"}
	for cell, s := range want {
		if got := visibleCells(p, cell); len(got) != 5 || got[4] != s {
			t.Errorf("column %d shows %q, want it to end with %q", cell, got, s)
		}
	}
}

// A layout within a layout leaves less than nothing where the place is too small.
func TestNegativeHeight(t *testing.T) {
	for _, height := range []float32{0, -24, -100, -1000} {
		if rows := (rowPool{}).fit(fyne.NewSize(300, height)); len(rows) > 2 {
			t.Errorf("%g high: %d rows", height, len(rows))
		}
	}
}

func TestListFollowsTheNewestLine(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	for _, n := range []int{3, 30, 3000, 30_000} {
		p.update(fakeLog{"a", n})
		wantLast(t, p, fmt.Sprintf("/a/IMG_%d.jpg", n-1))
	}
	w.Resize(fyne.NewSize(700, 200))
	wantLast(t, p, "/a/IMG_29999.jpg")
	w.Resize(fyne.NewSize(700, 600))
	wantLast(t, p, "/a/IMG_29999.jpg")
	if p.newest.Visible() {
		t.Error("the way back to the newest line is shown while the log follows")
	}
}

func TestListKeepsStillWhenScrolledUp(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 100})
	scroll(w, -20)
	before := visibleCells(p, cellPath)
	p.update(fakeLog{"a", 200})
	if got := visibleCells(p, cellPath); !slices.Equal(got, before) {
		t.Errorf("lines moved from %q to %q", before, got)
	}
	if !p.newest.Visible() {
		t.Error("there is no way back to the newest line")
	}
	p.goToNewest()
	wantLast(t, p, "/a/IMG_199.jpg")
	if p.newest.Visible() {
		t.Error("the way back stays")
	}
}

func TestListFollowsAgainAtTheBottom(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 100})
	scroll(w, -20)
	scroll(w, 40)
	p.update(fakeLog{"a", 200})
	wantLast(t, p, "/a/IMG_199.jpg")
}

func TestListKeepsStillWhileOldLinesGo(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 10_000})
	scroll(w, -5000)
	before := visibleCells(p, cellPath)
	for n := 10_500; n <= 12_000; n += 500 {
		p.update(fakeLog{"a", n})
		if got := visibleCells(p, cellPath); !slices.Equal(got, before) {
			t.Fatalf("after %d requests lines moved from %q to %q", n, before, got)
		}
	}
	p.update(fakeLog{"a", 50_000})
	wantFirst(t, p, "/a/IMG_40000.jpg")
}

func TestFilteredListKeepsStillWhileOldLinesGo(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 10_000})
	p.bar.filter.SetText("404")
	scroll(w, -1000)
	before := visibleCells(p, cellPath)
	p.update(fakeLog{"a", 12_000})
	if got := visibleCells(p, cellPath); !slices.Equal(got, before) {
		t.Errorf("lines moved from %q to %q", before, got)
	}
}

func TestSaveAsLog(t *testing.T) {
	p, w := newTestPanel(t, 700, 400)
	p.update(fakeLog{"a", 2})
	path := filepath.Join(t.TempDir(), "requests.log")
	var suggested string
	p.saver.saveAs = func(name string, save func(string) error) {
		suggested = name
		if err := save(path); err != nil {
			t.Error(err)
		}
	}
	openMenu(t, w)
	kittest.TapMenu(t, w, "Save as a log file…")
	if !strings.HasPrefix(suggested, "windowsill-20") || !strings.HasSuffix(suggested, ".log") {
		t.Errorf("the suggested name is %q", suggested)
	}
	zone := logStart.Format("-0700")
	want := `192.168.1.20 - - [22/Nov/2026:20:48:00 ` + zone + `] "GET /a/IMG_0.jpg HTTP/1.1" 200 - "-" "-"
192.168.1.21 - - [22/Nov/2026:20:48:00 ` + zone + `] "GET /a/IMG_1.jpg HTTP/1.1" 200 1000 "-" "-"
`
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("the file holds %q (%v), want %q", got, err, want)
	}
}

func TestSaveAsCSV(t *testing.T) {
	p, w := newTestPanel(t, 256, 400)
	p.update(fakeLog{"a", 2})
	folder := t.TempDir()
	var suggested string
	p.saver.saveAs = func(name string, save func(string) error) {
		suggested = name
		for _, path := range []string{"requests.csv", "REQUESTS.CSV", "requests.csv.log"} {
			if err := save(filepath.Join(folder, path)); err != nil {
				t.Error(err)
			}
		}
	}
	openMenu(t, w)
	kittest.TapMenu(t, w, "Save as a table (CSV)…")
	if !strings.HasSuffix(suggested, ".csv") {
		t.Errorf("the suggested name is %q", suggested)
	}
	for path, want := range map[string]bool{"requests.csv": true, "REQUESTS.CSV": true, "requests.csv.log": false} {
		got, err := os.ReadFile(filepath.Join(folder, path))
		if table := string(got) == "a table of 2\r\n"; err != nil || table != want {
			t.Errorf("%s holds %q (%v)", path, got, err)
		}
	}
}

// brokenLog fails to be written when half of it is.
type brokenLog struct{ fakeLog }

func (brokenLog) WriteCombined(w io.Writer) error {
	io.WriteString(w, "half a line")
	return errors.New("disk full")
}

func TestSaveFails(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "requests.log")
	if err := os.WriteFile(path, []byte("yesterday"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := save(path, brokenLog{})
	if err == nil || err.Error() != "The log could not be saved as requests.log. Choose another place." {
		t.Errorf("the error is %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "yesterday" {
		t.Errorf("the old file now holds %q", got)
	}
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("%d files are left behind, want 1", len(files))
	}
	if err := save(filepath.Join(folder, "none", "x.log"), fakeLog{}); err == nil {
		t.Error("saving into a folder that is not there worked")
	}
}

func BenchmarkUpdate(b *testing.B) {
	for _, filter := range []string{"", "404"} {
		b.Run("filter="+filter, func(b *testing.B) {
			p, _ := newTestPanel(b, 700, 400)
			p.bar.filter.SetText(filter)
			n := 10_000
			p.update(fakeLog{"a", n})
			b.ReportAllocs()
			for b.Loop() {
				n += 1000
				p.update(fakeLog{"a", n})
			}
		})
	}
}

func TestFit(t *testing.T) {
	for height, want := range map[float32]float32{-5: 0, 0: 0, 47: 0, 48: 48, 71: 48, 72: 72, 100: 96} {
		if got := Fit(height); got != want {
			t.Errorf("%v: %v, want %v", height, got, want)
		}
	}
}
