package traffic

import (
	"net"
	"time"
)

// askAgain is how long it stays good what the system has told of a queue. A
// snapshot and the beat look at each transfer several times, and a watched share with
// 2,000 of them would ask the system 40,000 times a second.
const askAgain = 200 * time.Millisecond

// queue tells how much of what an exchange has written is acknowledged by the other
// side. It is guarded by the Recorder's lock.
type queue struct {
	left  func() (int, error) // bytes that are not acknowledged
	asked time.Time           // when that was last called
	gone  int64               // bytes that were acknowledged then
}

// newQueue returns nil if nobody knows what the system holds.
func newQueue(c net.Conn) *queue {
	left := sendQueue(c)
	if left == nil {
		return nil
	}
	return &queue{left: left}
}

// acknowledged returns how many of so many bytes that were sent have gone: at most
// askAgain ago.
func (q *queue) acknowledged(sent int64) int64 {
	now := time.Now()
	if now.Sub(q.asked) < askAgain {
		return q.gone
	}
	left, err := q.left()
	if err != nil {
		left = 0 // The connection is closed.
	}
	q.asked, q.gone = now, max(q.gone, sent-int64(left))
	return q.gone
}

// expire has the system asked the next time.
func (q *queue) expire() { q.asked = time.Time{} }
