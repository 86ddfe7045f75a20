package page

import (
	"strings"
	"testing"

	"windowsill/server/share"
)

func TestEachTrackOfSubtitlesHasALabelOfItsOwn(t *testing.T) {
	for _, c := range []struct {
		names    []string
		embedded []Embedded
		want     string
	}{
		{[]string{"f.srt"}, nil, "Subtitles"},
		{[]string{"f.ass", "f.srt"}, nil, "ASS · Subtitles|SRT · Subtitles"},
		{[]string{"f.en.srt", "f.en.vtt", "f.en.forced.srt"}, nil, "EN · forced|EN · SRT|EN · VTT"},
		{[]string{"f.en.srt", "f.eng.srt", "f.de.srt"}, nil, "Deutsch|EN · 1 · SRT|EN · 2 · SRT"},
		{[]string{"f.srt", "f.sdh.srt", "f.SDH.vtt", "f.subtitles.srt"}, nil, "SRT · sdh|VTT · SDH|1 · SRT · Subtitles|2 · SRT · subtitles"},
		{[]string{"f.en.srt"}, []Embedded{{"", "eng", "srt"}, {"", "eng", "ass"}, {"Signs", "eng", "ass"}}, "EN · SRT|EN · 1 · MKV|EN · 2 · MKV|EN · Signs"},
		{[]string{"f.de.forced.srt", "f.pt.srt", "f.pt-BR.srt", "f.2.srt"}, nil, "2|Deutsch · forced|PT · BR|português"},
	} {
		doc := look(t, Opened{
			Share: "S", List: folderOf(t, append(c.names, "f.mkv")...), File: share.Entry{Name: "f.mkv"}, Type: "video/x-matroska",
			Film: Film{Subtitles: c.embedded},
		})
		var labels []string
		for _, e := range elements(doc, "track") {
			labels = append(labels, attr(e, "label"))
		}
		if got := strings.Join(labels, "|"); got != c.want {
			t.Errorf("%q: %s, want %s", c.names, got, c.want)
		}
	}
}
