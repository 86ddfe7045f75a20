package dav

import (
	"encoding/json"
	"encoding/xml"
	"slices"
)

// maxProperties is how many bytes all properties of one file or folder may take
// that clients have set.
const maxProperties = 64 << 10

// property is one that a client has set (a dead one, RFC 4918 4).
type property struct {
	Space string `json:",omitempty"`
	Local string
	XML   string // the whole element, which declares its namespaces itself
}

func (p property) name() xml.Name { return xml.Name{Space: p.Space, Local: p.Local} }

// dead returns the properties of a file or folder that clients have set.
func (h *Handler) dead(name string) ([]property, error) {
	b, err := h.folder.Properties(name)
	if err != nil || b == nil {
		return nil, err
	}
	var all []property
	if json.Unmarshal(b, &all) != nil {
		return nil, nil // somebody has spoilt the file: better without than not at all
	}
	return all, nil
}

// setDead sets and removes properties, in order: those without XML are removed.
func (h *Handler) setDead(name string, changes []property) error {
	all, err := h.dead(name)
	if err != nil {
		return err
	}
	for _, c := range changes {
		all = slices.DeleteFunc(all, func(p property) bool { return p.name() == c.name() })
		if c.XML != "" {
			all = append(all, c)
		}
	}
	return h.keepDead(name, all)
}

func (h *Handler) keepDead(name string, all []property) error {
	if len(all) == 0 {
		return h.writer.SetProperties(name, nil)
	}
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if len(b) > maxProperties {
		return ErrTooMuch
	}
	return h.writer.SetProperties(name, b)
}

// CopyProperties gives a copy the properties of its original (RFC 4918 9.8.2).
func (h *Handler) CopyProperties(from, to string) error {
	h.patching.Lock()
	defer h.patching.Unlock()
	all, err := h.dead(from)
	if err != nil || len(all) == 0 {
		return err
	}
	return h.keepDead(to, all)
}
