package media

import (
	"container/list"
	"errors"
	"sync"
	"time"
)

// perEntry is how many bytes an entry takes besides its key and content.
const perEntry = 256

// tryAgain is how long it is remembered that a picture took too much time or memory.
// On a machine that was busy with other things, it may go better another time.
const tryAgain = 10 * time.Minute

// memoryCache is an LRU cache of thumbnails. It also remembers files that have none,
// because finding that out again may take as long as making one.
type memoryCache struct {
	limit int64

	mu    sync.Mutex
	size  int64
	byKey map[string]*list.Element
	order list.List // of *entry, most recently used in front
}

type entry struct {
	key    string
	result Thumbnail
	err    error
	until  time.Time // zero means for ever
}

func (e *entry) size() int64 { return int64(len(e.key)+len(e.result.Content)) + perEntry }

func newMemoryCache(limit int64) *memoryCache {
	return &memoryCache{limit: limit, byKey: make(map[string]*list.Element)}
}

// get returns what was put under key.
func (m *memoryCache) get(key string) (result Thumbnail, err error, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.byKey[key]
	if !ok {
		return Thumbnail{}, nil, false
	}
	e := at.Value.(*entry)
	if !e.until.IsZero() && time.Now().After(e.until) {
		m.remove(at)
		return Thumbnail{}, nil, false
	}
	m.order.MoveToFront(at)
	return e.result, e.err, true
}

// put keeps a result, and drops the least recently used ones beyond the limit.
func (m *memoryCache) put(key string, result Thumbnail, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at, ok := m.byKey[key]; ok {
		m.remove(at)
	}
	e := &entry{key: key, result: result, err: err}
	if errors.Is(err, errTooSlow) {
		e.until = time.Now().Add(tryAgain)
	}
	m.byKey[key] = m.order.PushFront(e)
	m.size += e.size()
	for m.size > m.limit {
		m.remove(m.order.Back())
	}
}

func (m *memoryCache) remove(at *list.Element) {
	e := m.order.Remove(at).(*entry)
	delete(m.byKey, e.key)
	m.size -= e.size()
}
