package share

// Version tells two contents of one file apart, as far as the system records
// changes. It does not say which file it is: some systems number the files of a
// memory card differently each time.
type Version struct {
	Size     int64  // bytes
	Modified int64  // nanoseconds since 1970
	Changed  uint64 // when content or attributes changed, in the system's unit; 0 if unknown
}

// Version returns the version that was opened.
func (f *File) Version() Version {
	return Version{Size: f.Size(), Modified: f.ModTime().UnixNano(), Changed: stampOf(f.file, f.info).changed}
}

// Inode identifies a file that is open, until it is deleted; 0 if the system does
// not tell.
func (f *File) Inode() uint64 {
	if f.file == nil {
		return 0
	}
	return stampOf(f.file, f.info).inode
}

// HasGrown reports whether the file is longer than when it was opened.
func (f *File) HasGrown() bool {
	info, err := f.file.Stat()
	return err == nil && info.Size() > f.info.Size()
}

// Unchanged reports whether the content is still the version that was opened.
func (f *File) Unchanged() bool {
	info, err := f.file.Stat()
	if err != nil {
		return false
	}
	now := File{file: f.file, info: info}
	return now.Version() == f.Version()
}
