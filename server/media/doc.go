// Package media makes thumbnails: of pictures, of the covers in audio files
// and, where the computer has ffmpeg, of films. It makes JPEG pictures of those
// that not all browsers show: HEIC, AVIF, the pages of TIFF, and the previews in raw
// files of cameras. It tells when pictures and films were taken (dates.go).
//
// A file may come from anybody. Its pictures are measured before they are
// decoded, what is too large is refused, and a decoder that panics spoils one
// thumbnail and nothing else. A thumbnail that several ask for is made once,
// and not at all when all of them have left. Callers are served in turn
// (slots.go). Few films are looked into at once, by an ffmpeg whose memory and
// processor time the system bounds.
//
// Exif data and previews are found by our own code: github.com/bep/imagemeta
// (v1.0.1) reads tags, but gives none of the smaller pictures that HEIC, CR3
// and audio files carry, and its v1.1 needs a later Go than ours.
//
// Pictures are converted in processes of package worker, as it takes seconds and much
// memory, one picture at a time, and only while somebody waits for it (convert.go).
// What comes of it is kept on the disk, not in memory. Thumbnails of TIFF, BMP and icons
// are made there as well (apart.go).
//
// A thumbnail has the colours of its picture: it carries a small ICC profile, so
// that a wide gamut stays wide, and is converted to sRGB from a large one or from
// ink, by github.com/kovidgoyal/imaging, the one kept library for Go that knows
// tables. Package icc trusts what a profile says of itself; we look first
// (colour.go).
//
// The package knows nothing of HTTP, and never writes to the share.
package media
