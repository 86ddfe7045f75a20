package share

import "strings"

// reserved is the beginning of names that are the product's own, in URLs and on
// disk. They are never served.
const reserved = ".windowsill"

// wellFormed reports whether name is one for [Folder.Open]: elements separated
// by single slashes, none of them empty, "." or "..". A path in any other form
// would be a second name for the same file.
func wellFormed(name string) bool {
	if strings.IndexByte(name, 0) >= 0 {
		return false
	}
	for element := range strings.SplitSeq(name, "/") {
		if element == "" || element == "." || element == ".." {
			return false
		}
	}
	return true
}

// allows reports whether a file or folder of that name, without its path, may be
// served.
func (o Options) allows(element string) bool {
	if IsReserved(element) {
		return false
	}
	if o.companions && IsCompanion(element) {
		return legal(element)
	}
	if element[0] == '.' && !o.Hidden {
		return false
	}
	return legal(element)
}

// IsReserved reports whether a name, without its path, is one of the product's own.
// Some file systems ignore case, so it is ignored on all; to APFS and ext4 the long
// s of old print is an s, too.
func IsReserved(element string) bool {
	if !strings.HasPrefix(element, ".") {
		return false
	}
	element = strings.ReplaceAll(element, "ſ", "s")
	return len(element) >= len(reserved) && strings.EqualFold(element[:len(reserved)], reserved)
}

// allowsAll reports whether all elements of a path may be served.
func (o Options) allowsAll(path string) bool {
	for element := range strings.SplitSeq(path, "/") {
		if !o.allows(element) {
			return false
		}
	}
	return true
}

// join returns the name of element in folder.
func join(folder, element string) string {
	if folder == "." {
		return element
	}
	return folder + "/" + element
}

// parent returns the name of the folder that name is in.
func parent(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i]
	}
	return "."
}
