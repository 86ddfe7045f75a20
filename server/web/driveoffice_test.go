package web

import (
	"testing"

	"windowsill/server/access"
)

// Word saves on a drive of Explorer by a new file that takes the place of the old one.
func TestWordSavesOnADriveOfExplorer(t *testing.T) {
	s, dir := openDrive(t, access.Change, map[string]string{"in/doc.docx": "old"})
	c := clientOf(t, s, "192.168.1.23")
	const agent, translate = "User-Agent: Microsoft-WebDAV-MiniRedir/10.0.22631", "Translate: f"
	write := func(target, content string) (unlock func()) {
		t.Helper()
		c.want(c.send("PROPFIND", target, "Depth: 0", agent, translate), 404)
		c.want(c.sendBody("PUT", target, "", agent, translate), 201)
		token := lockAs(c, target, "Timeout: Second-3600", agent, translate)
		if w := c.sendBody("PUT", target, content, "If: (<"+token+">)", agent, translate); w.Code/100 != 2 {
			t.Fatalf("%s: %d %s", target, w.Code, w.Body)
		}
		return func() {
			t.Helper()
			c.want(c.send("UNLOCK", target, "Lock-Token: <"+token+">", agent, translate), 204)
		}
	}
	ended := write("/in/~$doc.docx", "anna") // tells others who writes
	write("/in/~WRD0001.tmp", "new")()
	c.want(c.send("MOVE", "/in/doc.docx", "Destination: /in/~WRL0002.tmp", "Overwrite: F", agent, translate), 201)
	c.want(c.send("MOVE", "/in/~WRD0001.tmp", "Destination: /in/doc.docx", "Overwrite: F", agent, translate), 201)
	c.want(c.send("DELETE", "/in/~WRL0002.tmp", agent, translate), 200)
	ended()
	c.want(c.send("DELETE", "/in/~$doc.docx", agent, translate), 200)
	wantOnDisk(t, dir, map[string]string{"in/doc.docx": "new"})
	if got := trashed(s); got != "in/~WRL0002.tmp in/~$doc.docx" {
		t.Errorf("the trash holds %q", got)
	}
}

// Word without a drive, and LibreOffice, keep one lock while a document is open, and
// write into it. Whoever opens it meanwhile learns that it is locked, and reads.
func TestOfficeEditsInPlace(t *testing.T) {
	for _, agent := range []string{"User-Agent: Microsoft Office Word 2014", "User-Agent: LibreOffice 7.4.7.2 denylistedbackend/7.88.1"} {
		s, dir := openDrive(t, access.Change, map[string]string{"in/doc.odt": "old"})
		c, other := clientOf(t, s, "192.168.1.23"), clientOf(t, s, "192.168.1.24")
		c.want(c.send("OPTIONS", "/in/", agent), 200)
		c.want(c.send("HEAD", "/in/doc.odt", agent), 200)
		c.want(c.send("PROPFIND", "/in/doc.odt", "Depth: 0", agent), 207)
		token := lockAs(c, "/in/doc.odt", "Timeout: Second-180", "Depth: 0", agent)
		c.want(c.send("GET", "/in/doc.odt", agent), 200)
		other.want(other.sendBody("LOCK", "/in/doc.odt", lockBody, agent), 423)
		for _, content := range []string{"one", "two"} {
			c.want(c.send("LOCK", "/in/doc.odt", "If: (<"+token+">)", "Timeout: Second-180", agent), 200)
			c.want(c.sendBody("PUT", "/in/doc.odt", content, "If: (<"+token+">)", agent), 204)
			other.want(other.sendBody("PUT", "/in/doc.odt", "other's", agent), 423)
			if body := other.want(other.send("GET", "/in/doc.odt", agent), 200).Body.String(); body != content {
				t.Errorf("%s: others read %q, want %q", agent, body, content)
			}
		}
		c.want(c.send("UNLOCK", "/in/doc.odt", "Lock-Token: <"+token+">", agent), 204)
		lockAs(other, "/in/doc.odt", agent)
		wantOnDisk(t, dir, map[string]string{"in/doc.odt": "two"})
		if got := trashed(s); got != "in/doc.odt in/doc.odt" {
			t.Errorf("%s: the trash holds %q", agent, got)
		}
	}
}
