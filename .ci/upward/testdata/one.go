package p

func one(t Two) int { return t.field + t.method() }
