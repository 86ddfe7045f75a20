// Package subtitles finds the subtitles that lie beside a film, and converts them
// to WebVTT, the only format that browsers show.
//
// It reads SubRip, SubStation Alpha and WebVTT as people have them: in any
// encoding, and with the flaws that players put up with. Of styles it keeps the
// position and SubRip's italics, not fonts, colours or drawings.
//
// github.com/asticode/go-astisub, which reads more formats, gives up all of a file
// for one line that it does not understand, drops what follows an empty line in a
// subtitle, shows drawings as numbers, and holds the whole file in memory. This
// package reads line by line, so it needs no limit but on what one subtitle holds.
package subtitles
