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
	if !p.ours {
		return nil
	}
	begin := time.Now()
	if _, _, err := fetch(get(p.url("?json&q=zyzzyva")), http.StatusOK); err != nil {
		return err
	}
	const row = "search of 170,000 names, ms"
	b.note(row, p, time.Since(begin).Seconds()*1e3)
	if p.name == before {
		return nil
	}
	took, _, err := run([]string{"find", b.dir, "-iname", "*zyzzyva*"})
	if err == nil && took > 0 {
		b.note(row, find, took.Seconds()*1e3)
	}
	return err
}

const tinyFiles = 50_000

// tinyZIP takes a folder of tiny files as one.
func tinyZIP(b *bench, p *peer) error {
	if !p.ours {
		return nil
	}
	one := *p
	return b.zipTiny("50,000 tiny files as one", filepath.Join(b.dir, "tiny"), p, &one)
}

// zipTiny takes the folder "tiny" as a ZIP from one that runs in place of a peer.
// Its files are new, and one that has just started knows no checksums.
func (b *bench) zipTiny(row, dir string, p, one *peer) error {
	if err := os.Chtimes(filepath.Join(dir, "0"), time.Time{}, time.Now()); err != nil {
		return err
	}
	err := b.instead(p, one, func() error { return b.noteAnswer(row, one, "tiny/?zip") })
	if err != nil || p.name == before {
		return err
	}
	took, cpu, err := run([]string{"sh", "-c", `tar -cf - -C "$1" . | cat > /dev/null`, "sh", dir})
	b.noteTool(row, tar, took, cpu)
	return err
}

// noteAnswer asks for something, and notes all that it takes.
func (b *bench) noteAnswer(row string, p *peer, path string) error {
	var first, last time.Duration
	before, begin := p.running.cpu(), time.Now()
	most, err := p.running.peak(func() (err error) {
		_, first, err = fetch(get(p.url(path)), http.StatusOK)
		last = time.Since(begin)
		return err
	})
	if err != nil {
		return err
	}
	b.note(row+", ms to the first byte", p, first.Seconds()*1e3)
	b.note(row+", ms to the last", p, last.Seconds()*1e3)
	b.note(row+", CPU ms", p, (p.running.cpu()-before).Seconds()*1e3)
	b.note(row+", memory at most, MB", p, most/1e6)
	return nil
}

// noteTool notes the same of a program beside it, if it is installed.
func (b *bench) noteTool(row string, tool *peer, took, cpu time.Duration) {
	if took > 0 {
		b.note(row+", ms to the last", tool, took.Seconds()*1e3)
		b.note(row+", CPU ms", tool, cpu.Seconds()*1e3)
	}
}
