// Package words turns values into text for a person, in the person's language:
// sentences, numbers, sizes, durations, and names that other people chose.
//
// The texts themselves stand in the code, in English, where they are shown;
// Fyne's package lang looks up their translations. [SetLanguage] tells it in
// which language. Nothing here knows a window or a server.
package words
