package p

// Two is used by the other file.
type Two struct{ field int }

func (t Two) method() int { return 2 }
