package archive

// Format is a kind of archive.
type Format int

// The formats.
const (
	ZIP Format = iota
	Tar
)

// Ext returns the extension that names of such archives have, with its dot.
func (f Format) Ext() string {
	if f == Tar {
		return ".tar"
	}
	return ".zip"
}

// Type returns the media type.
func (f Format) Type() string {
	if f == Tar {
		return "application/x-tar"
	}
	return "application/zip"
}

// format writes what stands in an archive besides the contents. Each method
// appends to b; how much it appends never depends on a checksum. A path is
// one in the archive, with a slash at the end if it is a folder's.
type format interface {
	head(b, path []byte, e *entry) []byte               // what precedes the content
	tail(b []byte, e *entry, sum uint32) []byte         // what follows it
	record(b, path []byte, e *entry, sum uint32) []byte // of the directory at the end
	end(b []byte, l *layout) []byte                     // what follows the directory
	path(b, name []byte) []byte                         // name, as a path may hold it
	sums() bool                                         // whether checksums are needed
}

func (f Format) format() format {
	if f == Tar {
		return tarFormat{}
	}
	return zipFormat{}
}
