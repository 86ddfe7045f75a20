package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Some work is not that of servers; these are the programs that do nothing else.
var (
	vips   = &peer{name: "vipsthumbnail"}
	ffmpeg = &peer{name: "ffmpegthumbnailer"}
	find   = &peer{name: "find"}
	tar    = &peer{name: "tar"}

	tools = []*peer{vips, ffmpeg, find, tar, reading}
)

// run runs commands at the same time until all have ended, and returns how long
// that took and the CPU time that they took. It returns 0 if one is not installed.
func run(commands ...[]string) (took, cpu time.Duration, err error) {
	begin := time.Now()
	var all []*exec.Cmd
	for _, args := range commands {
		c := exec.Command(args[0], args[1:]...)
		if err := c.Start(); errors.Is(err, exec.ErrNotFound) {
			return 0, 0, nil
		} else if err != nil {
			return 0, 0, err
		}
		all = append(all, c)
	}
	for _, c := range all {
		if err := c.Wait(); err != nil {
			return 0, 0, fmt.Errorf("%s: %w", c.Args[0], err)
		}
		cpu += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	return time.Since(begin), cpu, nil
}

// search looks for a name that nothing has, in all folders.
func search(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	begin := time.Now()
	if _, _, err := fetch(get(p.url("?json&q=zyzzyva")), http.StatusOK); err != nil {
		return err
	}
	const row = "search of 170,000 names, ms"
	b.note(row, p, time.Since(begin).Seconds()*1e3)
	took, _, err := run([]string{"find", b.dir, "-iname", "*zyzzyva*"})
	if err == nil && took > 0 {
		b.note(row, find, took.Seconds()*1e3)
	}
	return err
}

const tinyFiles = 50_000

// tinyZIP takes a folder of tiny files as one. For the first time, they are new.
func tinyZIP(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	dir := filepath.Join(b.dir, "tiny", "0")
	if err := os.Chtimes(dir, time.Time{}, time.Now()); err != nil {
		return err
	}
	one := *p
	if _, err := b.start(&one); err != nil { // it knows no checksums
		return err
	}
	defer one.running.end()
	before, begin := one.running.cpu(), time.Now()
	_, first, err := fetch(get(one.url("tiny/?zip")), http.StatusOK)
	if err != nil {
		return err
	}
	const row = "50,000 tiny files as one"
	b.note(row+", ms to the first byte", p, first.Seconds()*1e3)
	b.note(row+", ms to the last", p, time.Since(begin).Seconds()*1e3)
	b.note(row+", CPU ms", p, (one.running.cpu()-before).Seconds()*1e3)
	took, cpu, err := run([]string{"sh", "-c", `tar -cf - -C "$1" . | cat > /dev/null`, "sh", filepath.Join(b.dir, "tiny")})
	if err == nil && took > 0 {
		b.note(row+", ms to the last", tar, took.Seconds()*1e3)
		b.note(row+", CPU ms", tar, cpu.Seconds()*1e3)
	}
	return err
}
