//go:build !linux

package share

import (
	"io"
	"iter"
	"os"
	"runtime"
)

// entries yields what is in a folder, in the system's order. An error comes
// last. An entry is valid until the next one comes.
func entries(dir *os.File) iter.Seq2[*entry, error] {
	return func(yield func(*entry, error) bool) {
		for {
			some, err := dir.ReadDir(batch)
			for _, e := range some {
				found := &entry{name: e.Name(), mode: e.Type()}
				if runtime.GOOS == "windows" { // where attributes come together with the name
					info, err := e.Info()
					found.concealed = err != nil || concealed(info)
				}
				if !yield(found, nil) {
					return
				}
			}
			if err != nil {
				if err != io.EOF {
					yield(nil, err)
				}
				return
			}
		}
	}
}
