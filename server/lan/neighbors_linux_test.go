package lan

import "testing"

// See also the tests of blocking in package server, in a network of their own.
func TestMessageThatIsCutHasNoNeighbor(t *testing.T) {
	whole := []byte{
		2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 1, // AF_INET, interface 3, NUD_REACHABLE
		8, 0, 1, 0, 10, 0, 0, 2, // NDA_DST
		10, 0, 2, 0, 2, 0, 0, 0, 0, 7, 0, 0, // NDA_LLADDR, and what fills it up
	}
	if n, ok := parseNeighbor(whole); !ok || n.addr.String() != "10.0.0.2" || n.hardware != "\x02\x00\x00\x00\x00\x07" {
		t.Errorf("%v, %v", n, ok)
	}
	for length := range len(whole) - 2 {
		if n, ok := parseNeighbor(whole[:length]); ok {
			t.Errorf("of %d bytes: %v", length, n)
		}
	}
	whole[8] = 32 // NUD_FAILED
	if n, ok := parseNeighbor(whole); ok {
		t.Errorf("of one that does not answer: %v", n)
	}
}
