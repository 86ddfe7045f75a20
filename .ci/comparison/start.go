package main

import "time"

func startUp(b *bench, p *peer) error {
	one := *p
	took, err := b.start(&one)
	if err != nil {
		return err
	}
	one.running.end()
	b.note("start to the first answer, ms", p, took.Seconds()*1e3)
	return nil
}

// reading is a Windowsill whose visitors only read, so that it has nothing to tidy.
var reading = &peer{name: "with -visitors read"}

// tidying looks at what a start costs where visitors may add: Windowsill goes
// through all folders then, for what uploads have left.
func tidying(b *bench, p *peer) error {
	if p.name != "Windowsill" {
		return nil
	}
	adding, err := b.firstSecond(p.with("-visitors", "add"))
	if err != nil {
		return err
	}
	only, err := b.firstSecond(p.with("-visitors", "read"))
	if err != nil {
		return err
	}
	const row = "first second after the start, CPU ms"
	b.note(row, p, adding)
	b.note(row, reading, only)
	b.note("tidying in the "+row, p, adding-only)
	return nil
}

// firstSecond returns how many milliseconds of CPU time a start and what follows
// it take.
func (b *bench) firstSecond(p *peer) (cpu float64, err error) {
	took, err := b.start(p)
	if err != nil {
		return 0, err
	}
	defer p.running.end()
	time.Sleep(time.Second - took)
	return p.running.cpu().Seconds() * 1e3, nil
}
