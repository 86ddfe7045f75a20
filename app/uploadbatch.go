package app

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"windowsill/app/words"
	"windowsill/server"
)

// batchPause is the longest between two files of a batch.
const batchPause = 10 * time.Second

// uploadBatch is what one device has sent without a long pause.
type uploadBatch struct {
	key     deviceKey
	first   uint64 // the ID of its first upload
	last    uint64 // of its last
	name    string // of the last file, in the share
	files   int    // that have come or are to come
	arrived int    // of files
	photos  int    // of files
	open    bool   // something is still to come
	ended   time.Time
}

// uploadBatches returns the latest batch of each device, the latest to begin first.
// Files that failed or were cancelled do not count.
func uploadBatches(uploads []server.Upload) []uploadBatch {
	byDevice := map[deviceKey]*uploadBatch{}
	for _, u := range uploads {
		k := keyOf(u.Device, u.Addr)
		b := byDevice[k]
		if b == nil || !b.open && u.Began.Sub(b.ended) > batchPause {
			b = &uploadBatch{key: k, first: u.ID}
			byDevice[k] = b
		}
		b.add(u)
	}
	var all []uploadBatch
	for _, b := range byDevice {
		if b.files > 0 {
			all = append(all, *b)
		}
	}
	slices.SortFunc(all, func(a, b uploadBatch) int { return cmp.Compare(b.first, a.first) })
	return all
}

func (b *uploadBatch) add(u server.Upload) {
	if u.Ended.After(b.ended) {
		b.ended = u.Ended
	}
	if u.State == server.UploadFailed {
		return
	}
	b.files++
	b.last, b.name = u.ID, u.Name
	if isPhoto(u.Name) {
		b.photos++
	}
	if u.State == server.Arrived {
		b.arrived++
	}
	b.open = b.open || u.State != server.Arrived
}

func isPhoto(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".avif", ".dng":
		return true
	}
	return false
}

// folder returns where the last file of the batch is, on the disk.
func (b uploadBatch) folder(s server.Snapshot) string { return onDisk(s, path.Dir(b.name)) }

// title says what the batch is: "3 photos from iPhone".
func (b uploadBatch) title(from string) string {
	data := map[string]any{"Count": words.Number(int64(b.files)), "Name": from}
	if b.photos == b.files {
		return lang.N("{{.Count}} photos from {{.Name}}", b.files, data)
	}
	return lang.N("{{.Count}} files from {{.Name}}", b.files, data)
}

// receivedText says what has come: "3 photos received".
func (b uploadBatch) receivedText() string {
	text := words.Phrase("{{.Count}} files received")
	if b.photos == b.files {
		text = words.Phrase("{{.Count}} photos received")
	}
	return words.Count(int64(b.arrived), text)
}
