package share

// Free returns how many bytes can still be written into a folder of the share,
// according to the file system that the folder is on.
func (w *Writer) Free(folder string) (int64, error) {
	found, err := w.tree.findFolder(folder)
	if err != nil {
		return 0, err
	}
	dir, err := w.tree.openFolder(found)
	if err != nil {
		return 0, writeError(err)
	}
	defer dir.Close()
	return freeAt(dir)
}
