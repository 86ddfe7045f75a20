// Package charset finds out in which encoding a text is.
//
// What a text shows by itself comes first: a byte order mark, the structure of
// UTF-16, UTF-32 and ISO-2022-JP, and that of UTF-8, in which some bytes may be
// wrong. All other encodings can only be guessed, by what github.com/gogs/chardet
// (a port of ICU's detector) finds likely, by the languages of whoever reads, and
// by what speaks against the words that would come of it. Nobody guesses short
// texts well: who reads needs a choice.
package charset
