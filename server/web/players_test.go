package web

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"windowsill/server/access"
)

// A player has no cookie, and comes back for a part of the film hours later.
func TestPlayersFetchWithoutACookie(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShared(t, tree(t, map[string]string{"Films/a ü.avi": "film", "Films/b.mp3": "music", "Films/c.txt": "x"}), setup{})
		phone, player := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.23")
		enterByKey(s, phone)

		to := phone.want(phone.send("GET", "/Films/a%20%C3%BC.avi?vlc", browser), 307).Header().Get("Location")
		address, ok := strings.CutPrefix(to, "vlc://http://")
		if !ok || !strings.HasSuffix(address, "/a%20%C3%BC.avi") {
			t.Fatalf("VLC is led to %s", to)
		}
		w := phone.want(phone.send("GET", "/Films/?m3u"), 200)
		if got := w.Header().Get("Content-Disposition"); got != "attachment; filename=Films.m3u8" {
			t.Error(got)
		}
		lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
		if len(lines) != 5 || lines[0] != "#EXTM3U" || lines[1] != "#EXTINF:-1,a ü" || lines[3] != "#EXTINF:-1,b" {
			t.Fatalf("%q", lines)
		}
		time.Sleep(3 * time.Hour)
		for url, want := range map[string]string{"http://" + address: "film", lines[2]: "film", lines[4]: "music"} {
			_, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
			if w := player.want(player.send("GET", "/"+path, "User-Agent: VLC/3.0 LibVLC/3.0"), 200); w.Body.String() != want {
				t.Errorf("%s: %q", url, w.Body)
			}
			other := strings.Replace(path, "b.mp3", "c.txt", 1)
			if other != path && player.send("GET", "/"+other).Code == http.StatusOK {
				t.Error("a ticket opens another file")
			}
		}
	})
}

func TestPlayersNeedNoTicketWhereAllMayCome(t *testing.T) {
	s := newShared(t, tree(t, map[string]string{"a.avi": "film"}), setup{Policy: access.Policy{Open: true}})
	c := clientOf(t, s, "192.168.1.23")
	if to := c.want(c.send("GET", "/a.avi?vlc", browser), 307).Header().Get("Location"); strings.Contains(to, ticketPath) || !strings.HasSuffix(to, "/a.avi") {
		t.Error(to)
	}
	if body := c.want(c.send("GET", "/?m3u"), 200).Body.String(); strings.Contains(body, ticketPath) || !strings.Contains(body, "/a.avi\n") {
		t.Error(body)
	}
}
