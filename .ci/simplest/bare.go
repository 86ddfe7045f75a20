package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
)

// serveBare is what no server can be faster than: a header, then the file by
// the kernel.
func serveBare(dir, at string) error {
	l, err := net.Listen("tcp", at)
	if err != nil {
		return err
	}
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer c.Close()
			in := bufio.NewReader(c)
			for sendBare(c, in, dir) == nil {
			}
		}()
	}
}

func sendBare(c net.Conn, in *bufio.Reader, dir string) error {
	q, err := http.ReadRequest(in)
	if err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(dir, filepath.Clean(q.URL.Path)))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", info.Size())
	_, err = io.Copy(c, &io.LimitedReader{R: f, N: info.Size()})
	return err
}
