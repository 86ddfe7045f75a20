package share

import (
	"fmt"
	"os"
	"runtime"
)

// Made identifies a file or folder that was made through a [Writer], whatever name
// it has by now. The zero value is none.
type Made struct {
	inode uint64
	born  int64 // an inode is given away again soon after its file is gone
}

// line is what tells the file from others in the note of visitors. Where files have no
// time of birth, as on most that FUSE mounts, they also change their inodes; on Windows
// an inode has a counter in it.
func (m Made) line() string {
	if m.inode == 0 || m.born == 0 && runtime.GOOS != "windows" {
		return anyFile
	}
	return fmt.Sprintf("#%x.%x\n", m.inode, m.born)
}

// madeAt returns which file or folder is at a name without links.
func madeAt(root *os.Root, name string) Made {
	info, err := root.Lstat(name)
	if err != nil {
		return Made{}
	}
	inode, born := origin(root, name, info)
	return Made{inode, born}
}

// Made returns which file it is, once that is finished.
func (p *Partial) Made() Made { return p.made }

// madeFolder is [Writer.MadeFolder] in one tree.
func (w writer) madeFolder(name string) Made {
	found, err := w.tree.findFolder(name)
	if err != nil {
		return Made{}
	}
	return madeAt(w.tree.root, found)
}

// remove is [Writer.Remove] in one tree.
func (w writer) remove(name string, made Made) bool {
	old, err := w.tree.findEntry(name)
	if err != nil || made.inode == 0 || madeAt(w.tree.root, old) != made {
		return false
	}
	if pages(w).renaming(old, func() error { return w.tree.root.Remove(old) }) != nil {
		return false
	}
	w.tree.root.Remove(propsOf(old)) // most have none
	return true
}
