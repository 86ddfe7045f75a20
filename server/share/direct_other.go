//go:build !linux

package share

import (
	"io/fs"
	"os"
)

// direct does nothing: only Linux can open names in one step.
type direct struct{}

func newDirect(*os.Root) direct { return direct{} }

func (direct) close() {}

func (direct) open(string) (*os.File, fs.FileInfo, bool) { return nil, nil, false }
