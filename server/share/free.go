package share

// Free returns how many bytes can still be written into a folder of the
// share, as the file system tells it that the folder lies in.
func (w *Writer) Free(folder string) (int64, error) {
	found, err := w.tree.findFolder(folder)
	if err != nil {
		return 0, err
	}
	dir, err := w.tree.root.OpenFile(found, openFlags, 0)
	if err != nil {
		return 0, trouble(err)
	}
	defer dir.Close()
	return freeAt(dir)
}
