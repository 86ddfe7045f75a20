package reach

import (
	"context"
	"os"
	"strconv"
)

// firewall asks those that people know by name first: what they set up shows in
// nftables as well, where nobody would recognise it.
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
		return Obstacle{} // It may not be read.
	}
	if chain, verdict := rules.judge(p); verdict == blocked {
		return Obstacle{Firewall: "nftables", Sure: true, Command: "sudo nft insert rule " + chain + " tcp dport " + strconv.Itoa(p.Number) + " accept"}
	}
	return Obstacle{}
}
