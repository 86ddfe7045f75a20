package access

import "fmt"

// Stay returns a text that stands for the present stay of a device. It is another
// once the device was sent away or blocked, there is a new code, or another policy
// applies to those who are in; nothing brings an old one back. It is not ok if the
// device is not in. The text is secret.
func (g *Guard) Stay(id uint64) (stay string, ok bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	d := g.register.byID(id)
	if d == nil || d.Status != In {
		return "", false
	}
	p := g.Policy()
	return fmt.Sprintf("%s %d %d %t %v", g.key, d.ID, d.Since.UnixNano(), p.Open, p.Allow), true
}
