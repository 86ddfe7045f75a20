package page

import (
	"testing"

	"windowsill/server/share"
)

func TestKindOfEntry(t *testing.T) {
	for name, want := range map[string]kind{
		"IMG_1.JPG": picture, "a.heic": picture, "logo.svg": picture, "shot.cr3": picture,
		"film.mp4": film, "clip.mov": film, "x.mkv": film,
		"song.mp3": music, "a.flac": music, "evening.m4a": music,
		"readme.txt": document, "notes.md": document, "a.pdf": document, "a.docx": document, "a.ods": document, "a.epub": document,
		"index.html": code, "style.css": code, "app.js": code, "data.json": code, "way.gpx": code,
		"all.zip": archive, "a.tar.gz": archive, "a.7z": archive,
		"setup.exe": program, "app.apk": program, "tool.deb": program, "disk.dmg": program,
		"Makefile": other, "a.qqq": other, "font.woff2": other, "": other,
	} {
		if got := kindOf(share.Entry{Name: name}); got != want {
			t.Errorf("%q is a %s, want %s", name, got, want)
		}
	}
	if got := kindOf(share.Entry{Name: "photos.zip", Dir: true}); got != folder {
		t.Errorf("a folder named photos.zip is a %s", got)
	}
}
