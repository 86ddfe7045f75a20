package server

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// A small file and its header are one write, so that they are one packet, and
// nothing is left behind for the answer after it.
func TestSmallAnswerGoesOutAtOnce(t *testing.T) {
	const small = 16 << 10 // bytes of content that go out with their header
	sizes := []int{0, 1, 1024, 4096, small, small + 1, 100_000}
	files := map[string]string{}
	for _, n := range sizes {
		files[fmt.Sprintf("%d.bin", n)] = strings.Repeat("x", n)
	}
	_, base := start(t, Options{}, Share{Folder: tree(t, files)})
	c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	must(t, err)
	defer c.Close()
	answers := bufio.NewReaderSize(c, 1<<17)
	for _, n := range sizes {
		for _, method := range []string{"GET", "HEAD", "GET"} {
			q, err := http.NewRequest(method, fmt.Sprintf("%s/%d.bin", base, n), nil)
			must(t, err)
			must(t, q.Write(c))
			_, err = answers.Peek(1)
			must(t, err)
			if method == "GET" && n <= small && answers.Buffered() <= n {
				t.Errorf("%d bytes of content did not come with their header", n)
			}
			a, err := http.ReadResponse(answers, q)
			must(t, err)
			got, err := io.ReadAll(a.Body)
			must(t, err)
			if want := files[fmt.Sprintf("%d.bin", n)]; method == "GET" && string(got) != want || answers.Buffered() != 0 {
				t.Errorf("%s of %d bytes: %d, and %d too many", method, n, len(got), answers.Buffered())
			}
		}
	}
}
