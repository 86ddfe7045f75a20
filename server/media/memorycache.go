package media

import (
	"container/list"
	"sync"
)

// perEntry is how many bytes an entry takes besides its key and content.
const perEntry = 256

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
	m.order.MoveToFront(at)
	e := at.Value.(*entry)
	return e.result, e.err, true
}

// put keeps a result, and drops the least recently used ones beyond the limit.
func (m *memoryCache) put(key string, result Thumbnail, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at, ok := m.byKey[key]; ok {
		m.remove(at)
	}
	e := &entry{key, result, err}
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
