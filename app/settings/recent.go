package settings

import (
	"encoding/json"
	"slices"

	"windowsill/server"
)

// RecentMax is how many recent shares are shown.
const RecentMax = 5

// setMax is how many items of a share are remembered. One with more is not.
const setMax = 100

// item is an item of a share in the file: its path, as versions had it that knew
// nothing else, or {"path": "/srv", "most": "read"} where devices may do less in it
// than elsewhere.
type item server.Item

// restricted is that object.
type restricted struct {
	Path string `json:"path"`
	Most string `json:"most"`
}

// MarshalJSON is called by [json.Marshal].
func (i item) MarshalJSON() ([]byte, error) {
	if i.Most == server.Change {
		return json.Marshal(i.Path)
	}
	return json.Marshal(restricted{i.Path, i.Most.String()})
}

// UnmarshalJSON is called by [json.Unmarshal]. In an item with rights that this version
// does not know, devices may only look.
func (i *item) UnmarshalJSON(b []byte) error {
	var path string
	if json.Unmarshal(b, &path) == nil {
		*i = item{Path: path, Most: server.Change}
		return nil
	}
	var r restricted
	err := json.Unmarshal(b, &r)
	most, _ := server.ParsePermission(r.Most)
	*i = item{Path: r.Path, Most: most}
	return err
}

// RecentShares returns what was shared, the latest first: more than are shown, because
// some may not exist at the moment.
func (s *Store) RecentShares() [][]server.Item {
	if remembered := shares.Get(s); len(remembered) > 0 {
		var all [][]server.Item
		for _, set := range remembered {
			items := make([]server.Item, len(set))
			for i := range set {
				items[i] = server.Item(set[i])
			}
			if len(items) > 0 {
				all = append(all, items)
			}
		}
		return all
	}
	var all [][]server.Item
	for i, folder := range append([]string{Folder.Get(s)}, recent.Get(s)...) {
		if folder != "" && (i == 0 || folder != Folder.Get(s)) {
			all = append(all, itemsOf(server.Share{Folder: folder}))
		}
	}
	return all
}

// Shared remembers what is shared now, unless files are only received. It keeps a port only if a person wanted it.
func (s *Store) Shared(share server.Share) {
	s.remember(share, itemsOf(share))
	if share.ExactPort || share.Port == DefaultPort {
		Port.Set(s, share.Port)
	}
}

// Changed remembers what is shared now in place of what it was before the person put
// something in, took it out or changed its rights.
func (s *Store) Changed(before, now server.Share) { s.remember(now, itemsOf(now), itemsOf(before)) }

// remember puts items first, in place of these sets.
func (s *Store) remember(share server.Share, items []server.Item, replaced ...[]server.Item) {
	if len(items) == 0 || len(items) > setMax || share.Receiving.On {
		return
	}
	all := [][]item{toItems(items)}
	for _, o := range s.RecentShares() {
		same := func(r []server.Item) bool { return samePaths(r, o) }
		if len(all) < 2*RecentMax && !same(items) && !slices.ContainsFunc(replaced, same) {
			all = append(all, toItems(o))
		}
	}
	shares.Set(s, all)
}

func itemsOf(share server.Share) []server.Item {
	if share.Folder != "" {
		return []server.Item{{Path: share.Folder, Most: server.Change}}
	}
	return share.Items
}

func toItems(items []server.Item) []item {
	all := make([]item, len(items))
	for i := range items {
		all[i] = item(items[i])
	}
	return all
}

func samePaths(a, b []server.Item) bool {
	return slices.EqualFunc(a, b, func(x, y server.Item) bool { return x.Path == y.Path })
}
