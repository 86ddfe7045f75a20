package share

import "iter"

const (
	// chunk is how many entries are put in order and asked about at a time.
	chunk = 512
	// fewNames are not worth another goroutine.
	fewNames = 64
)

// together calls look for each name and returns, in their order, what there is. It has
// a second goroutine look at half of them, as the system takes most of the time that
// goes through long folders.
func together[T any](names []string, look func(name string) (T, bool)) []T {
	if len(names) < fewNames {
		return lookAtAll(make([]T, 0, len(names)), names, look)
	}
	middle, second := len(names)/2, make(chan []T, 1)
	go func() { second <- lookAtAll(make([]T, 0, len(names)-middle), names[middle:], look) }()
	first := lookAtAll(make([]T, 0, len(names)), names[:middle], look)
	return append(first, <-second...)
}

func lookAtAll[T any](to []T, names []string, look func(string) (T, bool)) []T {
	for _, name := range names {
		if t, ok := look(name); ok {
			to = append(to, t)
		}
	}
	return to
}

// ahead yields what some returns for the numbers below n, chunk by chunk. Of more than
// one chunk it gets the next while one is yielded. Nobody calls some any more once the
// iteration has ended.
func ahead[T any](n int, some func(i, end int) []T) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= chunk {
			yieldAll(some(0, n), yield)
			return
		}
		chunks, left := make(chan []T, 1), make(chan struct{})
		go func() {
			defer close(chunks)
			for i := 0; i < n; i += chunk {
				select {
				case chunks <- some(i, min(i+chunk, n)):
				case <-left:
					return
				}
			}
		}()
		defer func() {
			close(left)
			for range chunks { // until it is through
			}
		}()
		for c := range chunks {
			if !yieldAll(c, yield) {
				return
			}
		}
	}
}

func yieldAll[T any](all []T, yield func(T) bool) bool {
	for _, t := range all {
		if !yield(t) {
			return false
		}
	}
	return true
}
