package worker

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestFrames(t *testing.T) {
	var b bytes.Buffer
	for _, content := range []string{"one", "", "three"} {
		if err := writeFrame(&b, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"one", "", "three"} {
		if got, err := readFrame(&b, 5); string(got) != want || err != nil {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	if _, err := readFrame(&b, 5); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

func TestFramesThatAreNone(t *testing.T) {
	for sent, want := range map[string]error{
		"":                       io.EOF,
		"\x00\x00":               io.ErrUnexpectedEOF,
		"\x00\x00\x00\x03":       io.ErrUnexpectedEOF,
		"\x00\x00\x00\x03ab":     io.ErrUnexpectedEOF,
		"\x00\x00\x00\x06abcdef": errLongFrame,
		"\xff\xff\xff\xffabcdef": errLongFrame,
	} {
		if _, err := readFrame(bytes.NewReader([]byte(sent)), 5); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", sent, err, want)
		}
	}
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x03abc\x00\x00\x00\x00"))
	f.Add([]byte("\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		const most = 100
		from := bytes.NewReader(sent)
		var again bytes.Buffer
		for {
			content, err := readFrame(from, most)
			if err != nil {
				break
			}
			if len(content) > most {
				t.Fatalf("%d bytes, more than %d", len(content), most)
			}
			_ = writeFrame(&again, content)
		}
		if !bytes.HasPrefix(sent, again.Bytes()) {
			t.Errorf("what was read from %x is written as %x", sent, again.Bytes())
		}
	})
}
