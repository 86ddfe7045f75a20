// Package lan knows the addresses of this computer on the local network, which
// of them a phone nearby can most likely reach, and in which domains routers
// know it. It also tells which addresses of others count as one ([Groups]), and
// which belong to one device ([Neighbors]).
//
// It only asks the system: it sends no packets and opens no ports. The standard
// library lists interfaces and addresses; what Linux adds to that is read from
// /sys and /proc, the neighbour table by one message of netlink, and the news of
// a netlink socket only as a signal to look again. For that
// github.com/vishvananda/netlink (v1.3.1) would be a large dependency.
package lan
