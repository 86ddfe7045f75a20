package web

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// formOf returns a request with a form.
func formOf(body io.Reader, boundary string) *http.Request {
	return &http.Request{Header: http.Header{"Content-Type": {"multipart/form-data; boundary=" + boundary}}, Body: io.NopCloser(body)}
}

// partsIn returns names and contents of the parts of a form, and the error that
// it ended with.
func partsIn(body io.Reader, boundary string, buffer int) (all []string, err error) {
	p, err := readParts(formOf(body, boundary))
	if err != nil {
		return nil, err
	}
	buf := make([]byte, buffer) // others have it between two files
	for {
		header, err := p.next()
		if err == io.EOF {
			return all, nil
		} else if err != nil {
			return all, err
		}
		content, err := readBy(p, buf)
		clear(buf)
		all = append(all, sentName(header)+"="+string(content))
		if err != nil {
			return all, err
		}
	}
}

func readBy(r io.Reader, buf []byte) (all []byte, err error) {
	for err == nil {
		var n int
		n, err = r.Read(buf)
		all = append(all, buf[:n]...)
	}
	return all, noEOF(err)
}

func noEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// partsByLibrary returns what mime/multipart makes of a form.
func partsByLibrary(body, boundary string) (all []string, err error) {
	r := multipart.NewReader(strings.NewReader(body), boundary)
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			if !strings.Contains(body, "--"+boundary+"--") {
				err = io.ErrUnexpectedEOF // the library takes some that are cut off for whole
			}
			return all, noEOF(err)
		} else if err != nil {
			return all, err
		}
		content, err := io.ReadAll(part)
		all = append(all, sentName(part.Header)+"="+string(content))
		if err != nil {
			return all, err
		}
	}
}

// formBuffer is as much as files are read by.
const formBuffer = 256 << 10

// disposition names a part.
const disposition = "Content-Disposition: form-data; name=f; filename="

var someForms = []string{
	"--B\r\n" + disposition + "a\r\n\r\none\r\n--B\r\n" + disposition + "b\r\n\r\n\r\n--B--\r\n",
	"before\r\n--B\r\n" + disposition + "a\r\n\r\n\r\n--Bc\r\n--B\t \r\n" + disposition + "b\r\n\r\ntwo\r\n--B-- \r\nbehind",
	"--B\r\n" + disposition + "a\r\n\r\n\r\r\n\r\n--\r\n--B--",
	"--B\n" + disposition + "a\n\none\r\n--B\n" + disposition + "b\n\ntwo\n--B--\n",
	"--B--\r\n",
	"--B\r\n" + disposition + "a\r\n\r\none\r\n--B",
	"--B\r\n" + disposition + "a\r\n\r\none\r\n--B\r\n",
	"--B\r\n" + disposition + "a\r\n\r\none\r\n-",
	"--B\r\n" + disposition + "a\r\n",
	"",
}

func TestPartsAreThoseOfTheLibrary(t *testing.T) {
	for _, text := range someForms {
		sameParts(t, text, "B")
	}
}

// sameParts compares parts with those of mime/multipart. Where that fails, so must
// this; what there was before may differ.
func sameParts(t *testing.T, text, boundary string) {
	t.Helper()
	want, wantErr := partsByLibrary(text, boundary)
	for _, reader := range []func(io.Reader) io.Reader{
		func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
	} {
		for _, buffer := range []int{7, 2 * lineBuffer, formBuffer} {
			got, err := partsIn(reader(strings.NewReader(text)), boundary, buffer)
			if (err == nil) != (wantErr == nil) || err == nil && !slices.Equal(got, want) {
				t.Fatalf("…%q by %d: %.200q, %v; want %.200q, %v", text[max(0, len(text)-400):], buffer, got, err, want, wantErr)
			}
		}
	}
}

// Contents that are made of pieces of the delimiter, around the sizes of buffers.
func TestPartsWithContentsLikeTheDelimiter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const boundary = "--B--"
	pieces := []string{"\r", "\n", "\r\n", "-", "--", "--B", "\r\n----B-", "\r\n----B--x", "\r\n----B", "B", "x"}
	for range 100 {
		var body bytes.Buffer
		for i := range 1 + random.IntN(3) {
			fmt.Fprintf(&body, "--%s\r\n%s%d\r\n\r\n", boundary, disposition, i)
			body.WriteString(strings.Repeat("y", max(0, random.IntN(4)*lineBuffer-random.IntN(80))))
			for range random.IntN(30) {
				body.WriteString(pieces[random.IntN(len(pieces))])
			}
			body.WriteString("\r\n")
		}
		fmt.Fprintf(&body, "--%s--\r\n", boundary)
		if strings.Contains(body.String(), "B--\n") || strings.Contains(body.String(), "B----\n") {
			continue // only the library insists on the carriage return before it
		}
		sameParts(t, body.String(), boundary)
	}
}

func TestLinesBeforeAFileAreLimited(t *testing.T) {
	for _, lines := range []string{strings.Repeat("x", 1<<20), strings.Repeat("X: y\r\n", 1<<16)} {
		body := iotest.HalfReader(strings.NewReader("--B\r\n" + lines + "\r\n\r\nx\r\n--B--\r\n"))
		if all, err := partsIn(body, "B", formBuffer); err == nil {
			t.Errorf("%d parts, no error", len(all))
		}
	}
	if _, err := readParts(formOf(strings.NewReader(""), strings.Repeat("b", maxBoundary+1))); err == nil {
		t.Error("A boundary of any length was taken.")
	}
}

func FuzzParts(f *testing.F) {
	for _, text := range someForms {
		f.Add(text, "B")
	}
	f.Fuzz(func(t *testing.T, text, boundary string) {
		if boundary == "" || strings.Trim(boundary, "abcdefghijklmnopqrstuvwxyzB-") != "" || len(boundary) > 70 {
			t.Skip()
		}
		for _, buffer := range []int{7, formBuffer} {
			_, _ = partsIn(strings.NewReader(text), boundary, buffer)
		}
	})
}

func BenchmarkParts(b *testing.B) {
	noise := make([]byte, 64<<20)
	rand.NewChaCha8([32]byte{}).Read(noise)
	const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
	buf := make([]byte, formBuffer)
	b.SetBytes(int64(len(noise)))
	for b.Loop() {
		body := io.MultiReader(strings.NewReader("--"+boundary+"\r\n"+disposition+"a\r\n\r\n"), bytes.NewReader(noise), strings.NewReader("\r\n--"+boundary+"--\r\n"))
		p, err := readParts(formOf(body, boundary))
		must(b, err)
		_, err = p.next()
		must(b, err)
		for err = nil; err == nil; {
			_, err = p.Read(buf)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
}
