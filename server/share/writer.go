package share

// Writer changes what is in a shared folder, see [Folder.Writer]. It is safe for
// concurrent use. It has many methods because all ways to change a share are in
// this one type.
type Writer struct {
	tree *tree
}

// Writer returns what the folder is written through. Code that is given the
// Folder alone cannot write, so whoever wires the program together is the only
// one to call this.
func (f *Folder) Writer() *Writer { return &Writer{f.tree} }

// Folder returns the same folder for reading.
func (w *Writer) Folder() *Folder { return &Folder{w.tree} }
