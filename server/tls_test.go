package server

import (
	"crypto/tls"
	"strings"
	"testing"
)

func TestSnapshotSaysThatSomebodyTriedHTTPS(t *testing.T) {
	s, url := start(t, Options{}, Share{Folder: tree(t, nil)})
	get(t, "GET", url+"/")
	if s.Snapshot().Network.TriedTLS {
		t.Error("said of http://")
	}
	told := make(chan struct{}, 1)
	defer s.Watch(func(n Snapshot) {
		if n.Network.TriedTLS {
			select {
			case told <- struct{}{}:
			default:
			}
		}
	})()
	if c, err := tls.Dial("tcp", strings.TrimPrefix(url, "http://"), nil); err == nil {
		c.Close()
		t.Fatal("TLS is spoken")
	}
	<-told
}
