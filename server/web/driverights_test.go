package web

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"windowsill/server/access"
)

// rightsTable is where people read who may do what with a drive.
const rightsTable = "../../.ci/docs/drives.md"

// right is a row of the table.
type right struct {
	method, target, destination string
	notIn, blocked              int
	in                          map[access.Permission]int
	trash                       string
}

func readRights(t *testing.T) (all []right) {
	t.Helper()
	text, err := os.ReadFile(rightsTable)
	must(t, err)
	_, rows, ok := strings.Cut(string(text), "| request | not in |")
	if !ok {
		t.Fatal("there is no table in " + rightsTable)
	}
	rows, _, _ = strings.Cut(rows, "\n\n")
	for _, line := range strings.Split(rows, "\n")[2:] {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 7 {
			t.Fatalf("%q has %d cells", line, len(cells))
		}
		var codes [5]int
		for i := range codes {
			codes[i], err = strconv.Atoi(strings.TrimSpace(cells[i+1]))
			must(t, err)
		}
		r := right{notIn: codes[0], blocked: codes[1], trash: strings.TrimSpace(cells[6])}
		r.in = map[access.Permission]int{access.Read: codes[2], access.Add: codes[3], access.Change: codes[4]}
		request, destination, _ := strings.Cut(strings.ReplaceAll(cells[0], "`", ""), " to ")
		r.method, r.target, _ = strings.Cut(strings.TrimSpace(request), " ")
		r.destination = strings.TrimSpace(destination)
		all = append(all, r)
	}
	return all
}

func (r right) String() string { return r.method + " " + r.target + " " + r.destination }

// send sends the request of a row.
func (r right) send(c *client, headers ...string) int {
	c.t.Helper()
	body := map[string]string{
		"PUT": "new", "LOCK": lockBody,
		"PROPPATCH": `<propertyupdate xmlns="DAV:"><set><prop><p xmlns="x">1</p></prop></set></propertyupdate>`,
	}[r.method]
	headers = append(headers, map[string]string{"PROPFIND": "Depth: 1", "COPY": "Destination: " + r.destination, "MOVE": "Destination: " + r.destination, "UNLOCK": "Lock-Token: <urn:uuid:1>"}[r.method])
	if headers[len(headers)-1] == "" {
		headers = headers[:len(headers)-1]
	}
	return c.sendBody(r.method, r.target, body, headers...).Code
}

func driveForRights(t *testing.T, may access.Permission, open bool) *shared {
	t.Helper()
	return newShared(t, tree(t, map[string]string{"a": "a", "b": "b", "in/c": "c"}), setup{Policy: access.Policy{Open: open, Allow: may}})
}

// Each cell of the table: whoever is in by the PIN may do as much as whoever comes
// through an open door.
func TestWhoMayDoWhatWithADrive(t *testing.T) {
	rights := readRights(t)
	if len(rights) < 18 {
		t.Fatalf("%d rows", len(rights))
	}
	for _, r := range rights {
		for may, want := range r.in {
			for _, open := range []bool{true, false} {
				s := driveForRights(t, may, open)
				c := clientOf(t, s, "192.168.1.23")
				var headers []string
				if !open {
					headers = append(headers, basic(s.guard.PIN().Digits))
				}
				if got := r.send(c, headers...); got != want {
					t.Errorf("%v, with %v, open %v: %d, want %d", r, may, open, got, want)
				}
				trash := ""
				for _, gone := range s.Deleted() {
					trash += gone.Name
				}
				if want := map[bool]string{true: r.trash}[may == access.Change]; trash != want {
					t.Errorf("%v, with %v: the trash holds %q, want %q", r, may, trash, want)
				}
			}
		}
	}
}

func TestWhoIsNotInMayDoNothingWithADrive(t *testing.T) {
	for _, r := range readRights(t) {
		s := driveForRights(t, access.Change, false)
		c := clientOf(t, s, "192.168.1.23")
		if got := r.send(c); got != r.notIn {
			t.Errorf("%v, not in: %d, want %d", r, got, r.notIn)
		}
		missing := r
		missing.target = "/missing" + r.target
		if got := missing.send(c); got != r.notIn {
			t.Errorf("%v, not in: %d, want %d as for what exists", missing, got, r.notIn)
		}
		pin := basic(s.guard.PIN().Digits)
		c.want(c.send("PROPFIND", "/", "Depth: 0", pin), 207)
		for _, d := range s.guard.Devices() {
			s.guard.Decide(d.ID, access.Block)
		}
		for _, header := range []string{pin, "X: y"} {
			if got := r.send(c, header); got != r.blocked {
				t.Errorf("%v, blocked, %.5s: %d, want %d", r, header, got, r.blocked)
			}
		}
		if gone := s.Deleted(); len(gone) != 0 {
			t.Errorf("%v: %+v is in the trash", r, gone)
		}
	}
}
