package reach

import (
	"encoding/json"
	"errors"
	"slices"
)

// verdict is what becomes of a packet.
type verdict int

const (
	goesOn  verdict = iota // no rule said anything
	let                    // it comes in
	blocked                // it does not
	unsure                 // a rule may let it in that is too clever for us
)

// rules are what nft(8) lists as JSON (libnftables-json(5)), as far as it is
// about what comes in.
type rules struct {
	base  []chain             // those that see packets first
	rules map[string][]nfRule // by family, table and chain
}

type chain struct{ Family, Table, Name, Type, Hook, Policy string }

func (c chain) String() string { return c.Family + " " + c.Table + " " + c.Name }

type nfRule struct {
	Family, Table, Chain string
	Expr                 []map[string]json.RawMessage
}

// parseRules reads a listing.
func parseRules(listing []byte) (*rules, error) {
	var all struct {
		Nftables []struct {
			Chain *chain
			Rule  *nfRule
		}
	}
	if len(listing) == 0 {
		return nil, errors.New("no listing")
	}
	if err := json.Unmarshal(listing, &all); err != nil {
		return nil, err
	}
	r := &rules{rules: map[string][]nfRule{}}
	for _, e := range all.Nftables {
		switch {
		case e.Chain != nil && e.Chain.Hook == "input" && e.Chain.Type == "filter":
			r.base = append(r.base, *e.Chain)
		case e.Rule != nil:
			in := chain{Family: e.Rule.Family, Table: e.Rule.Table, Name: e.Rule.Chain}.String()
			r.rules[in] = append(r.rules[in], *e.Rule)
		}
	}
	return r, nil
}

// judge says what becomes of a new connection to a port, and in which chain it
// is blocked: all of them have to let it in.
func (r *rules) judge(p Port) (where string, v verdict) {
	for _, c := range r.base {
		if c.Family == "ip" && !p.Addr.Is4() || c.Family == "ip6" && p.Addr.Is4() || c.Family == "arp" || c.Family == "bridge" {
			continue
		}
		v := r.walk(c.String(), p, 0)
		if v == goesOn && c.Policy == "drop" {
			v = blocked
		}
		if v == blocked {
			return c.String(), blocked
		}
	}
	return "", let
}

// deepest is how far chains may call each other, as the kernel has it.
const deepest = 16

// walk goes through the rules of a chain.
func (r *rules) walk(name string, p Port, depth int) verdict {
	maybe := goesOn
	for _, rule := range r.rules[name] {
		v, sure := r.apply(rule, p, depth)
		switch {
		case v == goesOn:
		case sure && maybe == goesOn, sure && v == let:
			return v
		case v == let:
			maybe = unsure // it may have been let in before what follows
		case sure:
			return maybe
		}
	}
	return maybe
}

// apply says what a rule does with the packet, and whether that is sure.
func (r *rules) apply(rule nfRule, p Port, depth int) (v verdict, sure bool) {
	sure = true
	for _, e := range rule.Expr {
		for kind, body := range e {
			switch kind {
			case "accept":
				return let, sure
			case "drop", "reject":
				return blocked, sure
			case "return":
				return goesOn, sure
			case "jump", "goto":
				return r.call(rule, body, p, depth), sure
			case "match":
				fits, known := matches(body, p)
				if known && !fits {
					return goesOn, true
				}
				sure = sure && known
			case "counter", "log", "comment", "limit", "xt":
				sure = sure && kind != "xt" && kind != "limit"
			default:
				sure = false
			}
		}
	}
	return goesOn, sure
}

func (r *rules) call(rule nfRule, body json.RawMessage, p Port, depth int) verdict {
	var to struct{ Target string }
	if json.Unmarshal(body, &to) != nil || depth > deepest {
		return unsure
	}
	v := r.walk(chain{Family: rule.Family, Table: rule.Table, Name: to.Target}.String(), p, depth+1)
	if v == unsure {
		return let
	}
	return v
}

// matches compares one condition with a new TCP connection from the network.
// What it does not understand it does not know.
func matches(body json.RawMessage, p Port) (fits, known bool) {
	var m struct {
		Op          string
		Left, Right json.RawMessage
	}
	if json.Unmarshal(body, &m) != nil {
		return false, false
	}
	var left struct {
		Payload *struct{ Protocol, Field string }
		Meta    *struct{ Key string }
		CT      *struct{ Key string }
	}
	if json.Unmarshal(m.Left, &left) != nil {
		return false, false
	}
	switch {
	case left.Payload != nil && left.Payload.Protocol == "tcp" && left.Payload.Field == "dport":
		fits, known = holds(m.Right, p.Number)
	case left.Payload != nil && slices.Contains([]string{"udp", "icmp", "icmpv6"}, left.Payload.Protocol):
		return false, true
	case left.Payload != nil && left.Payload.Field == "protocol", left.Meta != nil && left.Meta.Key == "l4proto":
		fits, known = names(m.Right, "tcp")
	case left.Meta != nil && (left.Meta.Key == "iifname" || left.Meta.Key == "iif"):
		fits, known = names(m.Right, p.Interface)
	case left.CT != nil && left.CT.Key == "state":
		fits, known = names(m.Right, "new")
	}
	switch m.Op {
	case "==", "in", "":
		return fits, known
	case "!=":
		return !fits, known
	}
	return false, false
}

// holds looks for a number in one, in a range or in a set of both.
func holds(right json.RawMessage, number int) (fits, known bool) {
	var one int
	if json.Unmarshal(right, &one) == nil {
		return one == number, true
	}
	var r struct {
		Range []int
		Set   []json.RawMessage
	}
	if json.Unmarshal(right, &r) != nil {
		return false, false
	}
	if len(r.Range) == 2 {
		return r.Range[0] <= number && number <= r.Range[1], true
	}
	return anyOf(r.Set, func(e json.RawMessage) (bool, bool) { return holds(e, number) })
}

// names looks for a word in one, in a list or in a set.
func names(right json.RawMessage, word string) (fits, known bool) {
	var one string
	if json.Unmarshal(right, &one) == nil {
		return one == word, one == "" || one[0] != '@'
	}
	var list []json.RawMessage
	if json.Unmarshal(right, &list) != nil {
		var r struct{ Set []json.RawMessage }
		if json.Unmarshal(right, &r) != nil {
			return false, false
		}
		list = r.Set
	}
	return anyOf(list, func(e json.RawMessage) (bool, bool) { return names(e, word) })
}

func anyOf(list []json.RawMessage, test func(json.RawMessage) (bool, bool)) (fits, known bool) {
	known = len(list) > 0
	for _, e := range list {
		f, k := test(e)
		if f && k {
			return true, true
		}
		known = known && k
	}
	return false, known
}
