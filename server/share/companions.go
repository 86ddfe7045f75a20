package share

import (
	"os"
	"strings"
	"time"
)

// companionPrefix begins the names that companions have on disk.
const companionPrefix = reserved + "-"

// IsCompanion reports whether a file of that name, without its path, is one of
// those that macOS keeps beside all others: "._photo.jpg" with what does not fit
// into photo.jpg, and what Finder and Spotlight note about a folder. Finder gives
// up copying a file if its companion cannot be written.
func IsCompanion(element string) bool {
	switch element {
	case ".DS_Store", ".localized", ".apdisk", ".VolumeIcon.icns", ".com.apple.timemachine.donotpresent",
		".metadata_never_index", ".metadata_never_index_unless_rootfs", ".metadata_direct_scope_only":
		return true
	}
	return strings.HasPrefix(element, "._") && len(element) > 2
}

// Companions returns a Writer that reads and writes companions under their names.
// They lie beside what they belong to, under reserved names, so that nobody else
// sees them; [Writer.RemoveStale] tidies them up.
func (w *Writer) Companions() *Writer {
	v := w.view
	v.companions = true
	return &Writer{v}
}

// onDisk returns the name that an element has on disk.
func (o Options) onDisk(element string) string {
	if o.companions && IsCompanion(element) {
		return companionPrefix + element
	}
	return element
}

// isCompanionFile reports whether a name on disk is that of a companion.
func isCompanionFile(name string) bool {
	element, ok := strings.CutPrefix(name, companionPrefix)
	return ok && IsCompanion(element)
}

// removeStaleCompanion removes a companion that nobody has written since a time,
// unless what it belongs to is there.
func removeStaleCompanion(root *os.Root, folder, name string, since time.Time) {
	of, ok := strings.CutPrefix(name, companionPrefix+"._")
	if ok {
		if _, err := root.Lstat(join(folder, of)); err == nil {
			return
		}
	}
	at := join(folder, name)
	if info, err := root.Lstat(at); err == nil && info.ModTime().Before(since) {
		root.Remove(at)
	}
}
