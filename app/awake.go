package app

// awake keeps the computer from falling asleep while something is on its way.
type awake struct {
	order   func(func()) // runs functions one after the other, off Fyne's goroutine
	hold    func(reason string) (release func(), err error)
	holding bool
	release func() // nil while nothing is held; belongs to what order runs
}

// set says whether something is on its way.
func (a *awake) set(busy bool) {
	if busy == a.holding {
		return
	}
	a.holding = busy
	a.order(func() {
		if a.release != nil {
			a.release()
			a.release = nil
		}
		if busy {
			// Where the system has no way to ask, it sleeps when it likes.
			a.release, _ = a.hold("Windowsill is sending or receiving files")
		}
	})
}
