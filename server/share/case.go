package share

import (
	"os"
	"strings"
	"unicode"
)

// IgnoresCase reports whether the drive that a name of the share is on takes names
// for the same that differ in case only, as those of Windows, Macs and memory cards
// do. The name need not exist. If nothing there tells, it says yes.
func (f *Folder) IgnoresCase(name string) bool {
	t, local, err := f.view.at(name)
	if err != nil || t == nil {
		return true
	}
	for local != "" && local != "." {
		if known, same := sameInOtherCase(t.root, local); known {
			return same
		}
		local = parent(local)
	}
	_, same := sameInOtherCase(t.root, visitorsNote) // is there as soon as visitors have put something anywhere
	return same
}

// sameInOtherCase reports whether what has a name has the one in the other case as
// well; known is false if that cannot be told, since there is nothing, or no letter.
func sameInOtherCase(root *os.Root, name string) (known, same bool) {
	folder, element := parent(name), name
	if folder != "." {
		element = name[len(folder)+1:]
	}
	other := otherCase(element)
	is, err := root.Lstat(name)
	if other == element || err != nil {
		return false, true
	}
	as, err := root.Lstat(join(folder, other))
	return true, err == nil && (os.SameFile(is, as) || areAlike(is, as))
}

// areAlike tells of what two names lead to that it is probably one thing. FUSE numbers
// files by their names, so that one has two numbers there.
func areAlike(a, b os.FileInfo) bool {
	return a.Mode() == b.Mode() && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// otherCase returns a name with capital letters for small ones, and the other way
// round.
func otherCase(name string) string {
	return strings.Map(func(r rune) rune {
		if upper := unicode.ToUpper(r); upper != r {
			return upper
		}
		return unicode.ToLower(r)
	}, name)
}
