package reach

import (
	"encoding/json"
	"errors"
	"slices"
)

// verdict is what rules do with a packet.
type verdict int

const (
	undecided verdict = iota // no rule applies
	accepted                 // it comes in
	blocked                  // it does not
	unsure                   // a rule that is not understood may accept it
)

// rules are the rules for incoming packets that nft(8) lists as JSON
// (libnftables-json(5)).
type rules struct {
	base  []chain             // the chains that packets enter
	rules map[string][]nfRule // by family, table and chain
}

type chain struct{ Family, Table, Name, Type, Hook, Policy string }

func (c chain) String() string { return c.Family + " " + c.Table + " " + c.Name }

type nfRule struct {
	Family, Table, Chain string
	Expr                 []map[string]json.RawMessage
}

// parseRules parses the output of nft.
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

// decide returns what the rules do with a new connection to a port, and which
// chain blocks it. All base chains have to accept it.
func (r *rules) decide(p Port) (where string, v verdict) {
	for _, c := range r.base {
		if c.Family == "ip" && !p.Addr.Is4() || c.Family == "ip6" && p.Addr.Is4() || c.Family == "arp" || c.Family == "bridge" {
			continue
		}
		v := r.walk(c.String(), p, 0)
		if v == undecided && c.Policy == "drop" {
			v = blocked
		}
		if v == blocked {
			return c.String(), blocked
		}
	}
	return "", accepted
}

// maxDepth is how deep jumps may be nested, as in the kernel.
const maxDepth = 16

// walk evaluates the rules of a chain.
func (r *rules) walk(name string, p Port, depth int) verdict {
	maybe := undecided
	for _, rule := range r.rules[name] {
		v, sure := r.evaluate(rule, p, depth)
		switch {
		case v == undecided:
		case sure && maybe == undecided, sure && v == accepted:
			return v
		case v == accepted:
			maybe = unsure // it may be accepted before what follows
		case sure:
			return maybe
		}
	}
	return maybe
}

// evaluate returns what a rule does with the packet, and whether that is sure.
func (r *rules) evaluate(rule nfRule, p Port, depth int) (v verdict, sure bool) {
	sure = true
	for _, e := range rule.Expr {
		for kind, body := range e {
			switch kind {
			case "accept":
				return accepted, sure
			case "drop", "reject":
				return blocked, sure
			case "return":
				return undecided, sure
			case "jump", "goto":
				return r.call(rule, body, p, depth), sure
			case "match":
				fits, known := matches(body, p)
				if known && !fits {
					return undecided, true
				}
				sure = sure && known
			case "counter", "log", "comment", "limit", "xt":
				sure = sure && kind != "xt" && kind != "limit"
			default:
				sure = false
			}
		}
	}
	return undecided, sure
}

func (r *rules) call(rule nfRule, body json.RawMessage, p Port, depth int) verdict {
	var to struct{ Target string }
	if json.Unmarshal(body, &to) != nil || depth > maxDepth {
		return unsure
	}
	v := r.walk(chain{Family: rule.Family, Table: rule.Table, Name: to.Target}.String(), p, depth+1)
	if v == unsure {
		return accepted
	}
	return v
}

// matches evaluates a condition for a new TCP connection from the network. known
// is false if it is not understood.
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
		fits, known = containsPort(m.Right, p.Number)
	case left.Payload != nil && slices.Contains([]string{"udp", "icmp", "icmpv6"}, left.Payload.Protocol):
		return false, true
	case left.Payload != nil && left.Payload.Field == "protocol", left.Meta != nil && left.Meta.Key == "l4proto":
		fits, known = containsWord(m.Right, "tcp")
	case left.Meta != nil && (left.Meta.Key == "iifname" || left.Meta.Key == "iif"):
		fits, known = containsWord(m.Right, p.Interface)
	case left.CT != nil && left.CT.Key == "state":
		fits, known = containsWord(m.Right, "new")
	}
	switch m.Op {
	case "==", "in", "":
		return fits, known
	case "!=":
		return !fits, known
	}
	return false, false
}

// containsPort reports whether a number, a range or a set of both contains a
// number.
func containsPort(right json.RawMessage, number int) (fits, known bool) {
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
	return anyOf(r.Set, func(e json.RawMessage) (bool, bool) { return containsPort(e, number) })
}

// containsWord reports whether a word, a list or a set contains a word.
func containsWord(right json.RawMessage, word string) (fits, known bool) {
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
	return anyOf(list, func(e json.RawMessage) (bool, bool) { return containsWord(e, word) })
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
