package app

// sleepInhibitor keeps the computer from sleeping while something is on its way.
type sleepInhibitor struct {
	order     func(func()) // runs functions one after the other, off Fyne's goroutine
	stayAwake func(reason string) (release func(), err error)
	busy      bool
	release   func() // nil while the computer may sleep; belongs to what order runs
}

// set says whether something is on its way.
func (i *sleepInhibitor) set(busy bool) {
	if busy == i.busy {
		return
	}
	i.busy = busy
	i.order(func() {
		if i.release != nil {
			i.release()
			i.release = nil
		}
		if busy {
			// A desktop that cannot be asked sleeps when it likes.
			i.release, _ = i.stayAwake("Windowsill is sending or receiving files")
		}
	})
}
