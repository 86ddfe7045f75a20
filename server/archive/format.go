package archive

// Format is a kind of archive.
type Format int

// The formats.
const (
	ZIP Format = iota
	Tar
)

// Ext returns the extension of such archives with its dot.
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

// format writes what is in an archive besides the contents. Each method appends
// to b, and how much never depends on a checksum. path is that of the entry in
// the archive, with a slash at the end if it is a folder.
type format interface {
	header(b, path []byte, e *entry, sum uint32) []byte // before the content
	trailer(b []byte, e *entry, sum uint32) []byte      // after the content
	record(b, path []byte, e *entry, sum uint32) []byte // in the directory at the end
	end(b []byte, l *layout) []byte                     // after the directory
	path(b, name []byte) []byte                         // name, encoded for a path
	hasSums() bool                                      // whether checksums are needed
	summed(e *entry) bool                               // whether the header needs the checksum
	inBlocks(size int64) bool                           // whether a file of that size is in blocks
}

func (f Format) format() format {
	if f == Tar {
		return tarFormat{}
	}
	return zipFormat{}
}
