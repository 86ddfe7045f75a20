package page

import (
	"bufio"
	"io"

	"windowsill/server/share"
)

// maxPlayable is how many files a playlist has.
const maxPlayable = 5000

// Playlist writes the films and the music of a folder, in the order of the list,
// as a playlist in UTF-8 (.m3u8) for players. address returns the absolute URL of a
// file by its name.
func Playlist(w io.Writer, list *share.List, address func(name string) string) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("#EXTM3U\n"); err != nil {
		return err
	}
	count := 0
	for name, dir := range list.Names(0, list.Len()) {
		if dir || !plays(name) {
			continue
		}
		if count++; count > maxPlayable {
			break
		}
		title, _ := cutExtension(visible(name))
		if _, err := b.WriteString("#EXTINF:-1," + title + "\n" + address(name) + "\n"); err != nil {
			return err
		}
	}
	return b.Flush()
}

// plays reports whether a file is a film or music, by its name.
func plays(name string) bool {
	as := viewerOf(mediaType(share.Entry{Name: name}))
	return as == watched || as == heard
}
