// Describe writes what packages say of Windowsill, from what is said elsewhere:
//
//	windowsill -help | go run ./.ci/describe manual VERSION DATE
//	go run ./.ci/describe debian DATE <.ci/CHANGELOG.md
//	go run ./.ci/describe metainfo DATE <.ci/CHANGELOG.md
//
// They make a manual page, a Debian changelog and the releases in AppStream's
// metainfo. DATE, such as 2026-11-30, stands for that of an unreleased version.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "describe:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if len(args) == 3 && args[0] == "manual" {
		return writeManual(out, string(text), args[1], args[2])
	}
	if len(args) != 2 {
		return errors.New("usage: describe manual VERSION DATE | debian DATE | metainfo DATE")
	}
	today, err := time.Parse(time.DateOnly, args[1])
	if err != nil {
		return err
	}
	releases, err := parseChangelog(string(text), today)
	if err != nil {
		return err
	}
	switch args[0] {
	case "debian":
		return writeDebian(out, releases)
	case "metainfo":
		return writeMetainfo(out, releases)
	}
	return fmt.Errorf("%q is unknown", args[0])
}
