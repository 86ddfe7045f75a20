// Package share is the shared folder, and the only code that touches the disk.
//
// [Open] takes hold of a folder; [Folder.Open] and [Folder.List] reach what is
// in it by name; a [Watcher] tells when a folder changes; [LookInto] tells
// beforehand what sharing it would mean.
//
// All access goes through one [os.Root], which keeps every name inside the
// folder; on Linux the kernel keeps names inside that have no links on their
// way, which is quicker (straight_linux.go). What os.Root does not do is done
// here: links are followed one by one so that each name on the way is judged
// (names.go), special files are never opened (walk.go), and what was looked at
// is compared with what was opened.
//
// What comes in is a [Partial] until it is whole; [Folder.Move],
// [Folder.Trash] and their like change what is there. Nothing is overwritten
// but by [Partial.Replace], and nothing deleted but what RemoveStale may.
//
// The package knows no HTTP, and does not ask who may read or write: its
// caller does.
package share
