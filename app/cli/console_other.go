//go:build !windows

package cli

import (
	"fmt"
	"os"
)

// Attach lets the program speak in the console that it was started from, which
// here it does anyway.
func Attach() {}

// complain tells a person what went wrong.
func complain(err error) { fmt.Fprintln(os.Stderr, err) }
