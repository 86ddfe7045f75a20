package media

import (
	"container/list"
	"sync"
)

// perEntry is what an entry takes besides its key and content, in bytes.
const perEntry = 256

// memory keeps what was asked for last: thumbnails, and that there is none,
// because to find that out again may take as long as to make one.
type memory struct {
	limit int64

	mu    sync.Mutex
	size  int64
	byKey map[string]*list.Element
	order list.List // of *entry; the front was used last
}

type entry struct {
	key    string
	result Thumbnail
	err    error
}

func (e *entry) size() int64 { return int64(len(e.key)+len(e.result.Content)) + perEntry }

func newMemory(limit int64) *memory {
	return &memory{limit: limit, byKey: make(map[string]*list.Element)}
}

// get returns what was put under key.
func (m *memory) get(key string) (result Thumbnail, err error, ok bool) {
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

// put keeps a result, and lets go of the least recently used ones beyond the
// limit.
func (m *memory) put(key string, result Thumbnail, err error) {
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

func (m *memory) remove(at *list.Element) {
	e := m.order.Remove(at).(*entry)
	delete(m.byKey, e.key)
	m.size -= e.size()
}
