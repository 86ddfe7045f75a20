package share

// free is [Writer.Free] in one tree.
func (w writer) free(folder string) (int64, error) {
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
