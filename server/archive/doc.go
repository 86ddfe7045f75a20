// Package archive makes one file of a folder: a ZIP or tar that is stored
// nowhere, and can be read from any offset like one that is.
//
// [Packer.Open] walks the folder and lays the archive out: where each header,
// each content and each record of the directory is. So the length is known
// before the first byte is sent. Everything is stored uncompressed, which makes
// no difference for photos and films. What is not known yet are the checksums of
// a ZIP. Those of large files come after the contents, and are learnt while these
// are sent; those that are needed earlier are computed from the file (blocks.go
// says which, and why).
//
// A [Reader] then generates the bytes at the offset that is read. It compares
// each file with the layout, and fails with a [FileError] rather than produce a
// wrong archive. Only of a file that is growing, such as a log, it sends what was
// there when the archive was laid out.
//
// The standard library's archive/zip and archive/tar write streams, whose length
// is not known beforehand and which cannot be resumed; only tar's headers are
// written by it.
//
// Names are those in the share. For Windows, those that it cannot unpack are
// changed (rename.go); a note in the archive lists them, as it lists what had to be
// left out.
//
// The package knows no HTTP, opens files only through the share, and keeps no
// contents in memory but that of one small file.
package archive
