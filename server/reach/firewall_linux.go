package reach

import (
	"context"
	"os"
	"strconv"
)

// firewall first asks the firewalls that people know by name. Their rules are in
// nftables as well, where nobody would recognise them.
func firewall(ctx context.Context, p Port) Obstacle {
	port := strconv.Itoa(p.Number) + "/tcp"
	if blocks, sure := ufw(os.DirFS("/"), p.Number); blocks {
		return Obstacle{Firewall: "ufw", Sure: sure, Command: "sudo ufw allow " + port}
	}
	if o := firewalld(ctx, p); o.Firewall != "" {
		return o
	}
	rules, err := parseRules(output(ctx, "nft", "-j", "list", "ruleset"))
	if err != nil {
		return Obstacle{} // the rules cannot be read
	}
	if chain, verdict := rules.decide(p); verdict == blocked {
		return Obstacle{Firewall: "nftables", Sure: true, Command: "sudo nft insert rule " + chain + " tcp dport " + strconv.Itoa(p.Number) + " accept"}
	}
	return Obstacle{}
}
