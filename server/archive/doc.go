// Package archive makes one file of a folder: a ZIP or tar that is never
// stored anywhere, and that can be read from any place like one that is.
//
// [Packer.Open] walks the folder and lays the archive out: where each header,
// each content and each record of the directory stands. So the length is known
// before the first byte. Everything is stored as it is, which photos and films
// lose nothing by. The one thing that is not known by then are the checksums of
// a ZIP; they stand behind the contents, are learnt while these go out, and
// what is not known when it is needed is read again.
//
// A [Reader] then makes the bytes up, wherever somebody reads. It compares each
// file with what the layout says, and breaks off with a [ChangedError] rather
// than give an archive that is wrong.
//
// The package knows no HTTP, opens files through the share only, and keeps no
// content in memory.
package archive
