// Package share is the shared folder, and the only code that touches the disk.
//
// [Open] opens a folder, [OpenRoots] a share that consists of several folders and
// files. A [Folder] reads: [Folder.Open] and [Folder.List] get
// at what is in it by name, a [Watcher] tells when a folder changes. A [Writer]
// writes: what comes in is a [Partial] until it is whole, and [Writer.Move],
// [Writer.Trash] and the like change what is there. Nothing is overwritten
// except by [Partial.Replace], and nothing is deleted except by
// [Writer.RemoveStale], [Writer.EmptyTrash], [Writer.Forget], [Writer.Remove] and
// [Writer.DeleteCopied]. An index.html that was written
// through a Writer does not become the page of its folder, see [Folder.Page]; a
// note beside it says so (page.go). [LookInto] says what sharing a
// folder would mean before it is shared.
//
// A share that consists of roots (set.go) has a tree for each of them, and the first
// element of a name says in which it is. So all that follows holds within each,
// and no name, link or rename leads from one to another. Of a file its tree holds
// just that (single.go), whatever else is in its folder. Roots on drives that do not
// answer hold up no others (patience.go).
//
// All access goes through one [os.Root] for each tree, which keeps every name inside the
// folder; on Linux the kernel does so itself for names without links on their
// way, which is quicker (direct_linux.go). What os.Root does not do is done
// here: links are followed one by one so that each name on the way is judged
// (names.go), special files are never opened (walk.go), and what was looked at
// is compared with what was opened.
//
// Names are in natural order. Modules such as github.com/maruel/natural (v1.3.0)
// and github.com/fvbommel/sortorder (v1.2.1) only compare two names, but make no
// sort keys, with which long lists sort much faster. Media types come from a table
// (types.go) instead of the standard library's mime, which asks the system and so
// differs between computers.
//
// The content of a small file stays in memory for up to a second, for others who ask
// for it too (kept.go). Each time the name is judged and looked at as if the file were
// to be opened, and anything that is not as before ends it.
//
// A [Watcher] has goroutines until it is closed, and [List.Entries] has one while
// somebody goes through a long list.
//
// The package knows no HTTP, and does not ask who may read or write: its
// caller does.
package share
